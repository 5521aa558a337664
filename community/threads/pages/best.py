"""The best solution, and for how many others it works on which version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.threads.models import Confirmation, Post, Thread, Voice


@dataclass(frozen=True)
class WorksOn:
    """What others affected say about one version; `version` is empty where they did not say."""

    version: str
    works: int = 0
    failed: int = 0
    last_at: datetime | None = None
    is_as_asked: bool = False


@dataclass(frozen=True)
class Best:
    thread: Thread
    post: Post | None
    works: tuple[WorksOn, ...] = ()

    @property
    def as_asked(self) -> str:
        return self.thread.version.name if self.thread.version else ""

    @property
    def took(self) -> timedelta | None:
        return self.post.created_at - self.thread.created_at if self.post else None


def best_of(thread: Thread) -> Best:
    """One query when there is a best solution that others spoke about, none otherwise."""
    post = thread.best
    if post is None:
        return Best(thread, None)
    post.thread = thread
    spoken = post.others_confirmed_count or post.others_failed_count
    return Best(thread, post, tuple(works_on(post, thread)) if spoken else ())


def works_on(post: Post, thread: Thread) -> Iterable[WorksOn]:
    """By version, the oldest first; the version that was asked about is there even if nobody spoke about it."""
    said = (
        Confirmation.objects.filter(post=post, voice=Voice.OTHER)
        .values("version", "version__name", "version__position")
        .annotate(
            yes=Count("pk", filter=Q(works=True)),
            no=Count("pk", filter=Q(works=False)),
            last_at=Max("at", filter=Q(works=True)),
        )
    )
    columns: dict[int | None, tuple[int, WorksOn]] = {
        row["version"]: (
            -(row["version__position"] or 0),
            WorksOn(
                row["version__name"] or "",
                row["yes"],
                row["no"],
                row["last_at"],
                row["version"] is not None and row["version"] == thread.version_id,
            ),
        )
        for row in said
    }
    if thread.version and thread.version_id not in columns:
        columns[thread.version_id] = (-thread.version.position, WorksOn(thread.version.name, is_as_asked=True))
    # Those who did not say on which version stand last.
    return [column for _place, column in sorted(columns.values(), key=lambda c: (not c[1].version, c[0]))]


def others_say(best: Best) -> list[str]:
    """What others affected say about the best solution, in sentences."""
    said = []
    confirmed = sum(column.works for column in best.works)
    failed = sum(column.failed for column in best.works)
    if confirmed:
        where = versions(column.version for column in best.works if column.works)
        if where:
            words = ngettext(
                "%(n)s other says it works on %(versions)s.", "%(n)s others say it works on %(versions)s.", confirmed
            )
        else:
            words = ngettext("%(n)s other says it works.", "%(n)s others say it works.", confirmed)
        said.append(words % {"n": confirmed, "versions": where})
    if failed:
        where = versions(column.version for column in best.works if column.failed)
        words = _("It failed for %(n)s on %(versions)s.") if where else _("It failed for %(n)s.")
        said.append(words % {"n": failed, "versions": where})
    return said


def versions(names: Iterable[str]) -> str:
    return get_text_list([name for name in names if name], _("and"))
