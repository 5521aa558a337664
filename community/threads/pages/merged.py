"""The questions merged into a thread: who asked, what in one sentence, and whether the solution helps them too."""

from dataclasses import dataclass

from community import prose
from community.threads.models import Thread

ONE_SENTENCE = 160
A_FEW = 700


@dataclass(frozen=True)
class Merged:
    thread: Thread

    @property
    def sentence(self) -> str:
        return prose.excerpt(self.thread.first_html or "", ONE_SENTENCE)  # type: ignore[attr-defined]

    @property
    def words(self) -> str:
        return prose.excerpt(self.thread.first_html or "", A_FEW)  # type: ignore[attr-defined]


def merged_into(thread: Thread) -> list[Merged]:
    """The same for every reader. No query where nothing is merged, one where something is."""
    if not thread.merged_count:
        return []
    found = Thread.objects.read_in(thread).select_related("author").with_question().order_by("created_at", "pk")
    return [Merged(one) for one in found]
