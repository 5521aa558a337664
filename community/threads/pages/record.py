"""The record of a thread: what people said and what happened in between, by time, one page at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.query import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community import prepared
from community.people.queries import NOT_SHOWN
from community.threads.models import EntryKind, Lane, LogEntry, MovedPost, Post, Thread
from community.threads.models.post import PAGE_SIZE

from .post import PostView

# What happened: icon, the words, the colour that means it. What posts say themselves has no line of its own.
HAPPENED: dict[str, tuple[str, Any, str]] = {
    EntryKind.ACCEPTED: ("solve", gettext_lazy("{who} accepted {answer} for support"), ""),
    EntryKind.UNACCEPTED: ("turn", gettext_lazy("Support no longer stands behind {answer}"), ""),
    EntryKind.CONFIRMED: ("check", gettext_lazy("{who} confirms that {answer} works"), "ok"),
    EntryKind.FAILED: ("cross", gettext_lazy("{who} says of {answer}: still broken"), "late"),
    EntryKind.WITHDRAWN: ("turn", gettext_lazy("{who} took back the word on {answer}"), ""),
    EntryKind.RETITLED: ("edit", gettext_lazy("{who} changed the title or tags"), ""),
    EntryKind.LOCKED: ("lock", gettext_lazy("{who} locked this"), ""),
    EntryKind.UNLOCKED: ("unlock", gettext_lazy("{who} unlocked this"), ""),
    EntryKind.PINNED: ("pin", gettext_lazy("{who} pinned this"), ""),
    EntryKind.UNPINNED: ("pin", gettext_lazy("{who} unpinned this"), ""),
    EntryKind.MOVED: ("move", gettext_lazy("{who} moved this to another space"), ""),
    EntryKind.CLOSED: ("check", gettext_lazy("{who} closed this"), ""),
    EntryKind.REOPENED: ("turn", gettext_lazy("{who} opened this again"), ""),
    EntryKind.MERGED: ("merge", gettext_lazy("{who} merged this into another question"), ""),
    EntryKind.UNMERGED: ("restore", gettext_lazy("{who} took this apart again: it stands alone"), ""),
    EntryKind.TOOK_IN: ("merge", gettext_lazy("{who} merged another question into this"), ""),
    EntryKind.GAVE_BACK: ("restore", gettext_lazy("{who} took a merged question apart again"), ""),
    EntryKind.SLOWED: ("clock", gettext_lazy("{who} changed how often one may reply here"), ""),
    EntryKind.PLANNED: ("clock", gettext_lazy("{who} set a time for this"), ""),
    EntryKind.PLAN_DROPPED: ("clock", gettext_lazy("{who} took back the time that was set"), ""),
    EntryKind.PLAN_SKIPPED: ("clock", gettext_lazy("The time that was set has come, and nothing was changed"), ""),
    EntryKind.SPLIT_OFF: ("move", gettext_lazy("{who} moved posts to a thread of their own"), ""),
    EntryKind.SPLIT_FROM: ("move", gettext_lazy("{who} made this of posts of another thread"), ""),
    EntryKind.MOVED_AWAY: ("move", gettext_lazy("{who} moved posts to another thread"), ""),
    # Not from which: whoever reads this thread need not know of that one.
    EntryKind.MOVED_HERE: ("move", gettext_lazy("{who} moved posts of another thread here"), ""),
    EntryKind.HELPED_ELSEWHERE: ("check", gettext_lazy("{who} says that the solution there helps"), "ok"),
    EntryKind.HELPED_MERGED: ("check", gettext_lazy("{who} says that it helps with the merged question too"), ""),
    EntryKind.THREAD_HIDDEN: ("eye-off", gettext_lazy("{who} hid this"), ""),
    EntryKind.THREAD_UNHIDDEN: ("restore", gettext_lazy("{who} showed this again"), ""),
    EntryKind.THREAD_RESTORED: ("restore", gettext_lazy("{who} restored this"), ""),
    EntryKind.SEVERITY_CHANGED: ("flag", gettext_lazy("{who} changed how severe this is"), ""),
    EntryKind.COPIED_IN: ("people", gettext_lazy("{who} copied a colleague in"), ""),
    EntryKind.TAKEN_OUT: ("people", gettext_lazy("A colleague is copied in no more, by {who}"), ""),
    # Of nobody's words: that there is such a talk is all that a reader of this thread learns.
    EntryKind.ASIDE_OPENED: ("lock", gettext_lazy("Support and the asker talk about this in private."), ""),
    EntryKind.WITH_SUPPORT: ("ticket", gettext_lazy("{who} took this to support"), ""),
    EntryKind.TICKET_LINKED: ("ticket", gettext_lazy("{who} linked a ticket"), "inner"),
    EntryKind.TICKET_UNLINKED: ("ticket", gettext_lazy("{who} took a ticket off"), "inner"),
    EntryKind.TICKET_SOLVED: (
        "ticket",
        gettext_lazy("Support calls this solved. Only the asker can say whether it is"),
        "",
    ),
    EntryKind.TICKET_LOST: ("ticket", gettext_lazy("The ticket was deleted in the ticket system"), "inner"),
    EntryKind.PROMISED: ("clock", gettext_lazy("{who} promised it in {answer}"), ""),
    EntryKind.DELIVERED: ("check", gettext_lazy("{who} says that what was promised is done"), ""),
    EntryKind.PROMISE_KEPT: ("check", gettext_lazy("{who} confirms that the promise was kept"), "ok"),
    EntryKind.PROMISE_LATE: ("clock", gettext_lazy("{who}: what was promised came late"), "late"),
    EntryKind.PROMISE_BROKEN: ("cross", gettext_lazy("{who}: what was promised did not come"), "late"),
    EntryKind.PROMISE_OVERDUE: ("clock", gettext_lazy("The promised time has passed"), "late"),
    EntryKind.DEADLINE_STATED: ("flag", gettext_lazy("{who} needs it by a certain time"), ""),
    EntryKind.DEADLINE_DECIDED: ("check", gettext_lazy("{who} decided about the deadline in {answer}"), ""),
    EntryKind.OFFERED: ("flag", gettext_lazy("{who} offered more than was promised"), ""),
    EntryKind.OFFER_ACCEPTED: ("check", gettext_lazy("{who} accepted the offer"), ""),
    EntryKind.OFFER_DECLINED: ("check", gettext_lazy("{who} thanks for the offer: what was promised is enough"), ""),
    EntryKind.ESCALATED: ("flag", gettext_lazy("{who} called the account manager"), ""),
    EntryKind.ESCALATION_TAKEN: ("check", gettext_lazy("{who} looks after it now"), ""),
    EntryKind.WRITTEN_DOWN: ("edit", gettext_lazy("{who} wrote this down for the asker"), ""),
}
# What a member has to himself is not fetched for each of his posts.
NOT_SHOWN_OF_AUTHORS = tuple(f"author__{name}" for name in NOT_SHOWN)
# Others' words are counted beside the solution; only the asker's have a line.
ASKERS_WORD = (EntryKind.CONFIRMED, EntryKind.FAILED, EntryKind.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """Something that happened, between the posts: components/event.html. The same for every reader of its lane."""

    entry: LogEntry
    template: str = "components/event.html"

    @property
    def icon(self) -> str:
        return HAPPENED[self.entry.kind][0]

    @property
    def tone(self) -> str:
        return HAPPENED[self.entry.kind][2]

    @property
    def words(self) -> SafeString:
        entry = self.entry
        who = format_html("<bdi>{}</bdi>", entry.actor.called) if entry.actor else _("The house")
        answer = _("an answer")
        if entry.post_id:
            address = reverse("threads:post", args=[entry.post_id])
            answer = format_html('<a href="{}">{}</a>', address, _("this answer"))
        return format_html(str(HAPPENED[entry.kind][1]), who=who, answer=answer)


@dataclass(frozen=True)
class MovedLine:
    """The place of a post that stands in another thread: components/moved_post.html."""

    moved: MovedPost
    template: str = "components/moved_post.html"


@dataclass(frozen=True)
class NewSince:
    """Everything below came after the reader's last visit: components/since_line.html."""

    count: int
    at: datetime
    template: str = "components/since_line.html"


@dataclass(frozen=True)
class Pages:
    """The pages of a thread, in the shape that components/pagination.html knows."""

    number: int
    count: int
    size: int = PAGE_SIZE

    @property
    def num_pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def paginator(self) -> "Pages":
        return self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def is_last(self) -> bool:
        return not self.has_next

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def start_index(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def end_index(self) -> int:
        return min(self.count, self.number * self.size)


@dataclass
class Record:
    pages: Pages
    posts: list[Post]
    items: list[Any] = field(default_factory=list)

    @property
    def last_number(self) -> int:
        """The highest number shown, removed posts included."""
        return max((post.number for post in self.posts if post.number), default=0)

    @property
    def moved_numbers(self) -> set[int]:
        return {item.moved.number for item in self.items if isinstance(item, MovedLine)}


def record_of(thread: Thread, reader: Any, number: int) -> Record:
    """One page of the record as this reader may read it: two queries, however long the thread."""
    pages = Pages(number, thread.post_count)
    behind = (number - 1) * PAGE_SIZE
    posts = prepared.rows(posts_between, thread.pk, thread.is_inside(reader), behind, behind + PAGE_SIZE)
    for post in posts:
        post.thread = thread
    views = [PostView(post, thread) for post in posts]
    lines = [Line(entry) for entry in happenings(thread, reader, pages, posts)]
    items: list[Any] = list(by_time(views, lines))
    for line in moved_lines(thread, pages):
        items.insert(place_of(line.moved, items), line)
    return Record(pages, posts, items)


def posts_between(thread_id: int, with_notes: bool, behind: int, last: int) -> QuerySet[Post]:
    # A note before any reply stands at position 1, right behind the question.
    record = Post.objects.in_record(thread_id, with_notes=with_notes)
    on_page = record.filter(position__gt=behind, position__lte=last)
    return on_page.select_related("author").defer("body", "client_token", *NOT_SHOWN_OF_AUTHORS)


def moved_lines(thread: Thread, pages: Pages) -> list[MovedLine]:
    """No query where no post was moved away."""
    if not thread.moved_count:
        return []
    first = pages.start_index
    moved = MovedPost.objects.filter(thread=thread, number__gte=first, number__lt=first + pages.size)
    return [MovedLine(one) for one in moved.select_related("post").order_by("number")]


def place_of(moved: MovedPost, items: list[Any]) -> int:
    """Where the post stood, so that a page that was open when it left reads like a fresh one."""
    return max((place for place, item in enumerate(items, 1) if stood_before(item, moved)), default=0)


def stood_before(item: Any, moved: MovedPost) -> bool:
    if isinstance(item, PostView) and item.post.number:
        return item.post.number < moved.number
    if isinstance(item, MovedLine):
        return item.moved.number < moved.number
    since = item.entry.at if isinstance(item, Line) else item.post.stands_since
    return since < moved.post.created_at


def happenings(thread: Thread, reader: Any, pages: Pages, posts: list[Post]) -> list[LogEntry]:
    """The log's rows that have a line, from the first post of the page to the first of the next."""
    if pages.has_previous and not posts:
        return []
    since = posts[0].stands_since if pages.has_previous else None
    last = pages.end_index if pages.has_next else None
    return prepared.rows(entries_between, thread.pk, thread.author_id, thread.is_inside(reader), since, last)


def entries_between(
    thread_id: int, asker_id: int, is_inside: bool, since: datetime | None, last: int | None
) -> QuerySet[LogEntry]:
    entries = with_line(LogEntry.objects.filter(thread=thread_id), asker_id)
    if not is_inside:
        entries = entries.filter(lane=Lane.ALL)
    if since is not None:
        entries = entries.filter(at__gte=since)
    if last is not None:
        next_page = Post.objects.filter(thread=thread_id, number__gt=last).order_by("number")
        begins = next_page.values_list(Coalesce("came_at", "created_at"))
        entries = entries.filter(at__lt=Subquery(begins[:1]))
    return entries.order_by("at", "lane", "seq")


def with_line(entries: QuerySet[LogEntry], asker_id: int) -> QuerySet[LogEntry]:
    """The rows that are shown as a line, with what the line says."""
    kinds = [kind for kind in HAPPENED if kind not in ASKERS_WORD and kind != EntryKind.ACCEPTED]
    # A solution that support gives says itself that support stands behind it.
    by_another = Q(kind=EntryKind.ACCEPTED) & ~Q(actor=F("post__author"))
    askers = Q(kind__in=ASKERS_WORD, actor=asker_id)
    return entries.filter(Q(kind__in=kinds) | by_another | askers).select_related("actor")


def comes_before(entry: LogEntry, post: Post) -> bool:
    return entry.at < post.stands_since or (entry.kind == EntryKind.MOVED_HERE and entry.at == post.came_at)


def by_time(posts: Iterable[PostView], lines: Iterable[Line]) -> Iterator[PostView | Line]:
    """What happened at the moment of a post stands behind it; that posts came stands before them."""
    waiting = iter(lines)
    line = next(waiting, None)
    for shown in posts:
        while line and comes_before(line.entry, shown.post):
            yield line
            line = next(waiting, None)
        yield shown
    while line:
        yield line
        line = next(waiting, None)
