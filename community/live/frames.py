"""Makes a frame of a row of the log: rendered once, the same for every reader of its lane.

A frame shows what is, not what was: made later, for catching up, it has the post as it is now, and never the words of
one that was removed since.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from community import prepared
from community.languages import speaking_for_all
from community.threads.models import EntryKind, Kind, Lane, LogEntry, Post, Thread
from community.threads.pages.html import line_html, moved_html, post_html, posts_spoken_about, regions_html

from . import messages

# As many as a reader who comes back from lunch lacks; who lacks more asks again.
AT_A_TIME = 50

SAID = frozenset({EntryKind.ASKED, EntryKind.REPLIED, EntryKind.NOTED})
CHANGED = frozenset(
    {EntryKind.EDITED, EntryKind.DELETED, EntryKind.RESTORED, EntryKind.HIDDEN, EntryKind.UNHIDDEN},
)
JUDGED = frozenset(
    {EntryKind.ACCEPTED, EntryKind.UNACCEPTED, EntryKind.CONFIRMED, EntryKind.FAILED, EntryKind.WITHDRAWN},
)
# What the asker may look forward to is another than before.
FORESEEN = frozenset(
    {
        EntryKind.PROMISED,
        EntryKind.DELIVERED,
        EntryKind.PROMISE_KEPT,
        EntryKind.PROMISE_LATE,
        EntryKind.PROMISE_BROKEN,
        EntryKind.PROMISE_OVERDUE,
        EntryKind.DEADLINE_STATED,
        EntryKind.DEADLINE_DECIDED,
        EntryKind.OFFERED,
        EntryKind.OFFER_ACCEPTED,
        EntryKind.OFFER_DECLINED,
    }
)
# Posts stand elsewhere from now on.
LEFT = frozenset({EntryKind.SPLIT_OFF, EntryKind.MOVED_AWAY})
# What these change shows in other posts too: the one that was best before, the ones that stand accepted.
MOVING_THE_BEST = JUDGED | CHANGED - {EntryKind.EDITED} | LEFT | {EntryKind.MOVED_HERE}

# Which parts of the page say something else after a change; a frame to thousands carries no more than that.
TURN = ("state", "turn")
SAYS: dict[str, tuple[str, ...]] = {
    EntryKind.REPLIED: TURN,
    EntryKind.EDITED: (*TURN, "best"),
    **dict.fromkeys(CHANGED - {EntryKind.EDITED}, (*TURN, "best", "people")),
    EntryKind.RETITLED: ("head", "turn"),
    EntryKind.LOCKED: ("notices",),
    EntryKind.UNLOCKED: ("notices",),
    EntryKind.PINNED: ("head",),
    EntryKind.UNPINNED: ("head", "notices"),
    EntryKind.MOVED: ("head", "notices"),
    EntryKind.CLOSED: (*TURN, "head", "best", "notices"),
    EntryKind.REOPENED: (*TURN, "head", "best", "notices"),
    EntryKind.MERGED: (*TURN, "head", "best"),
    EntryKind.UNMERGED: (*TURN, "head", "best"),
    EntryKind.TOOK_IN: ("merged", "turn"),
    EntryKind.GAVE_BACK: ("merged", "turn"),
    EntryKind.SLOWED: ("notices",),
    EntryKind.PLANNED: ("notices",),
    EntryKind.PLAN_DROPPED: ("notices",),
    EntryKind.PLAN_SKIPPED: ("notices",),
    **dict.fromkeys((*LEFT, EntryKind.MOVED_HERE), (*TURN, "best", "people")),
    EntryKind.HELPED_ELSEWHERE: TURN,
    EntryKind.HELPED_MERGED: ("merged",),
    EntryKind.THREAD_HIDDEN: ("notices",),
    EntryKind.THREAD_UNHIDDEN: ("notices",),
    EntryKind.WITH_SUPPORT: TURN,
    **dict.fromkeys(FORESEEN, TURN),
    **dict.fromkeys(JUDGED, (*TURN, "best")),
}


def stream_of(thread_id: int, lane: str) -> str:
    return f"thread:{thread_id}:team" if lane == Lane.TEAM else f"thread:{thread_id}"


def text_of(entry: LogEntry, thread: Thread) -> str:
    """The frame of one row, ready to be handed over. The thread comes from `for_page()`.

    It goes to readers of every language, so it is in the house's own and not in that of whoever made the change.
    """
    with speaking_for_all():
        return messages.frame(**Frames(thread).of(entry), regions=regions([entry], thread))


def catch_up(thread: Thread, seq: int, *, lane: str = Lane.ALL, limit: int = AT_A_TIME) -> dict[str, Any]:
    """What a reader lacks who knows the lane as far as `seq`: {"stream", "head", "frames", "more"}, frames in order.

    It is asked by one reader, so it is in the language that is being spoken.
    A reader who knows more than there is gets {"stream", "head", "reload": True}.
    """
    thread = Thread.objects.for_page().get(pk=thread.pk)
    head = thread.head(lane)
    stream = stream_of(thread.pk, lane)
    if seq > head:
        return {"stream": stream, "head": head, "reload": True}
    entries = list(rows_of_log(thread).after(seq, lane=lane).filter(seq__lte=head)[:limit])
    made = Frames(thread)
    frames = [made.of(entry) for entry in entries]
    more = bool(entries) and entries[-1].seq < head
    if frames:
        frames[-1]["regions"] = regions(entries, thread)
    return {"stream": stream, "head": head, "frames": frames, "more": more}


def regions(entries: Iterable[LogEntry], thread: Thread) -> dict[str, str]:
    """What these changes made the rest of the page say, as it is now."""
    names: set[str] = set()
    touched: set[int] = set()
    replies: list[Post] = []
    for entry in entries:
        if entry.lane == Lane.TEAM:
            continue
        names.update(SAYS.get(entry.kind, ()))
        if entry.kind in JUDGED and entry.post and entry.post.thread_id == thread.pk:
            touched.add(entry.post_id)
        if entry.kind == EntryKind.REPLIED and entry.post:
            replies.append(entry.post)
            if changes_best(entry.post, thread):
                names.add("best")
    # Where there are many, asking whether somebody is new costs more than saying who they are.
    if len(replies) > 1 or any(map(is_first_said, replies)):
        names.add("people")
    if not names:
        return {}
    moving = any(entry.kind in MOVING_THE_BEST for entry in entries)
    made = regions_html(thread, judged(thread, touched) if moving else (), names)
    return made | moved_html(thread) if any(entry.kind in LEFT for entry in entries) else made


def changes_best(reply: Post, thread: Thread) -> bool:
    """Whether the place of the best solution says something else: a workaround beside it, or as yet only a proposal."""
    turns = reply.kind in (Kind.SOLUTION, Kind.QUESTION) or reply.author_id == thread.author_id
    return reply.kind == Kind.WORKAROUND or (turns and thread.best_id in (None, reply.pk))


def is_first_said(reply: Post) -> bool:
    """Whether its author has said nothing here before that stands."""
    before = prepared.first(said_by, reply.thread_id, reply.author_id)
    return before is None or before.number >= reply.number


def said_by(thread_id: int, author_id: int) -> QuerySet[Post]:
    said = Post.objects.filter(thread=thread_id, author=author_id).standing()
    return said.only("number").order_by("number")[:1]


def judged(thread: Thread, touched: Iterable[int]) -> Iterable[Post]:
    """Posts that may look different now although nobody changed their text."""
    posts = {post.pk: post for post in posts_spoken_about(thread)}
    missing = set(touched) - posts.keys()
    if missing:
        posts |= {post.pk: post for post in Post.objects.filter(pk__in=missing).select_related("author")}
    return posts.values()


def rows_of_log(thread: Thread) -> Any:
    return LogEntry.objects.filter(thread=thread).select_related("actor", "post__author", "post__deleted_by")


class Frames:
    """Frames of one thread; a post that several of them show is rendered once."""

    def __init__(self, thread: Thread):
        self.thread = thread
        self.rendered: dict[int, str] = {}

    def of(self, entry: LogEntry) -> dict[str, Any]:
        html, place = self.shown(entry)
        made: dict[str, Any] = {
            "kind": str(entry.kind),
            "stream": stream_of(self.thread.pk, entry.lane),
            "seq": entry.seq,
            "html": html,
            "place": place,
            "lang": get_language(),
            "by": entry.actor.handle if entry.actor else None,
        }
        if entry.post and entry.post.thread_id == self.thread.pk:
            entry.post.thread = self.thread
            made |= {
                "post": entry.post.pk,
                "number": entry.post.number,
                "url": entry.post.get_absolute_url(),
                "official": entry.post.is_official,
            }
        return made

    def shown(self, entry: LogEntry) -> tuple[str, str]:
        if entry.post and entry.kind in SAID | CHANGED:
            if entry.post.thread_id != self.thread.pk:
                # It was moved away since: only those who read that thread have its words.
                return "", "none"
            return self.html_of(entry.post), "append" if entry.kind in SAID else "replace"
        html = line_html(entry, self.thread)
        return html, "append" if html else "none"

    def html_of(self, post: Post) -> str:
        if post.pk not in self.rendered:
            self.rendered[post.pk] = post_html(post, self.thread)
        return self.rendered[post.pk]
