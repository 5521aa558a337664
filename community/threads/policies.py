"""Who may do what in a thread, each with the reason that is shown when not."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.organisations.models import Organisation, Seat, SeatKind
from community.people.models import Trust
from community.people.policies import answers_officially, curates, is_team, may_write, until_in_words
from community.policy import ALLOWED, Verdict, refused
from community.spaces.models import Space

from .models import Audience, Genre, Kind, Post, SavedFilter, Thread, Voice

# As many as one line of tabs can hold and somebody can tell apart.
MOST_SAVED_FILTERS = 12


def may_be_heard(member: Any, thread: Thread) -> Verdict:
    """Whoever is silenced is so in the community; what an organisation asks of support, nobody here takes from it."""
    return ALLOWED if thread.organisation_id else may_write(member)


def may_speak(member: Any, thread: Thread) -> Verdict:
    """In a thread of an organisation its named callers and support say and do something; secondary access reads."""
    if thread.organisation_id is None:
        return may_be_heard(member, thread)
    if answers_officially(member):
        return ALLOWED
    if seat_kind(member, thread) == SeatKind.CALLER:
        return ALLOWED
    return refused(_("You read along here. Named callers of your organisation write; ask one of them."))


def seat_kind(member: Any, thread: Thread) -> str | None:
    """The member's seat in the organisation of the thread, asked once where the thread brought it along."""
    if "seat_kind" in thread.__dict__:
        return thread.seat_kind  # type: ignore[attr-defined]
    return (
        Seat.objects.usable()
        .filter(organisation=thread.organisation_id, member_id=member.pk)
        .values_list("kind", flat=True)
        .first()
    )


def may_ask(member: Any, space: Space, organisation: Organisation | None = None) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to ask."))
    if organisation is None and not (writes := may_write(member)):
        return writes
    if not Space.objects.open_for_posting(member).filter(pk=space.pk).exists():
        return refused(_("You cannot post in this space. Choose another one."))
    return ALLOWED


def may_start(member: Any, genre: str) -> Verdict:
    if genre == Genre.ANNOUNCEMENT and not is_team(member):
        return refused(_("Announcements are made by the team."))
    return ALLOWED


def may_reply(member: Any, thread: Thread) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to reply."))
    if not (speaks := may_speak(member, thread)):
        return speaks
    if thread.is_deleted:
        return refused(_("This thread was deleted."))
    if not (alone := stands_alone(thread)):
        return alone
    if thread.is_locked and not curates(member):
        return refused(_("This thread is locked: %(reason)s") % {"reason": thread.locked_because})
    return ALLOWED


def may_reply_now(member: Any, thread: Thread, *, at: datetime) -> Verdict:
    """Slow mode: so many minutes between two replies of one person, taken back or not; the team is exempt."""
    if not thread.slow_minutes or thread.is_inside(member):
        return ALLOWED
    replies = Post.objects.filter(thread=thread, author=member).replies().order_by("-created_at")
    last = replies.values_list("created_at", flat=True).first()
    again = last + timedelta(minutes=thread.slow_minutes) if last else at
    if again > at:
        when = {"until": until_in_words(member, again)}
        return refused(_("Slow mode. You have replied a moment ago, and wait %(until)s.") % when)
    return ALLOWED


def may_use_kind(member: Any, kind: str, thread: Thread) -> Verdict:
    if kind == Kind.NOTE and not thread.is_inside(member):
        return refused(_("Internal notes are for the team."))
    return ALLOWED


def may_edit(member: Any, post: Post) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to edit."))
    if not (speaks := may_speak(member, post.thread)):
        return speaks
    if post.is_removed:
        return refused(_("This post was removed. Restore it before editing it."))
    if curates(member):
        return ALLOWED
    if post.author_id != member.pk:
        return refused(_("Only the author and moderators edit a post."))
    if post.thread.is_locked:
        return refused(_("This thread is locked, so its posts stay as they are."))
    return ALLOWED


def may_delete(member: Any, post: Post) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to delete."))
    if not (speaks := may_speak(member, post.thread)):
        return speaks
    if post.deleted_at:
        return refused(_("This post is already deleted."))
    if curates(member):
        return ALLOWED
    if post.author_id != member.pk:
        return refused(_("Only the author and moderators delete a post."))
    if post.thread.is_locked:
        return refused(_("This thread is locked, so its posts stay as they are."))
    if post.is_first and post.thread.reply_count:
        return refused(_("Others have answered. Ask a moderator to remove the thread."))
    return ALLOWED


def may_restore(member: Any, post: Post) -> Verdict:
    if not post.deleted_at:
        return refused(_("This post is not deleted."))
    if not (speaks := may_speak(member, post.thread)):
        return speaks
    if curates(member):
        return ALLOWED
    if member.is_authenticated and post.deleted_by_id == member.pk == post.author_id:
        return ALLOWED
    return refused(_("Only moderators restore what somebody else deleted."))


def may_see_history(reader: Any, post: Post) -> Verdict:
    """Edits of a post are open to whoever reads it; what was removed is kept for the team."""
    if post.is_removed and not post.thread.is_inside(reader):
        return refused(_("This post was removed."))
    return ALLOWED


def voice_of(member: Any, thread: Thread) -> Voice:
    """In whose name a member speaks about a solution. The asker stays the asker, whatever else he is."""
    if thread.author_id == member.pk:
        return Voice.ASKER
    if answers_officially(member):
        return Voice.SUPPORT
    return Voice.OTHER


def stands_alone(thread: Thread) -> Verdict:
    """Nothing is added to a merged thread, so that it can be taken apart again as it was."""
    if thread.merged_into_id:
        return refused(_("This was merged into #%(number)s. Go on there.") % {"number": thread.merged_into_id})
    return ALLOWED


def may_be_merged(thread: Thread, into: Thread) -> Verdict:
    """Whether one can lead to the other: the same sort of thread, read by the same people, and no chain."""
    if into.pk == thread.pk:
        return refused(_("A thread is not merged into itself. Give the number of another one."))
    if into.merged_into_id:
        return refused(
            _("#%(number)s is merged itself. Give the number of the one it leads to: #%(into)s.")
            % {"number": into.pk, "into": into.merged_into_id}
        )
    if thread.merged_count:
        return refused(_("Others are merged into this one. Merge the other one into this instead, or take them apart."))
    if thread.is_hidden or thread.is_deleted or into.is_hidden or into.is_deleted:
        return refused(_("What is hidden or deleted is not merged."))
    if thread.genre != into.genre:
        return refused(_("Only threads of the same sort are merged: a question into a question."))
    if not (thread.audience == into.audience == Audience.EVERYONE):
        return refused(_("What is between few people is not merged: others would read it."))
    if thread.space_id != into.space_id and not (thread.space.is_open and into.space.is_open):
        return refused(_("The two are not read by the same people. Move one of them first."))
    return ALLOWED


def may_say_of_merged(member: Any, thread: Thread) -> Verdict:
    """Whether the solution elsewhere helps, or the question is a different one, only its asker knows."""
    if not member.is_authenticated:
        return refused(_("Sign in first."))
    if thread.author_id != member.pk:
        return refused(_("Only the asker says so."))
    return may_be_heard(member, thread)


def may_judge(member: Any, post: Post) -> Verdict:
    """Whether anybody may say of this post that it is, or is not, a solution."""
    if not member.is_authenticated:
        return refused(_("Sign in to say whether this helped."))
    if not (speaks := may_speak(member, post.thread)):
        return speaks
    if not (alone := stands_alone(post.thread)):
        return alone
    if post.thread.genre != Genre.QUESTION:
        return refused(_("Only questions have solutions."))
    if post.is_first or post.is_note:
        return refused(_("Only answers can be a solution."))
    if post.is_removed:
        return refused(_("This answer was removed, so it cannot be a solution."))
    return ALLOWED


def may_accept(member: Any, post: Post) -> Verdict:
    """Accepting is for support and the asker; others confirm that it works for them."""
    verdict = may_judge(member, post)
    if not verdict:
        return verdict
    if voice_of(member, post.thread) == Voice.OTHER:
        return refused(_("Only the asker and support accept an answer. Did it work for you? Then say so."))
    return ALLOWED


def may_confirm(member: Any, post: Post) -> Verdict:
    """Whether a member may say that it works, or is still broken, for him."""
    verdict = may_judge(member, post)
    if not verdict:
        return verdict
    if post.author_id == member.pk and post.thread.author_id != member.pk:
        return refused(_("Others say whether your answer works."))
    return ALLOWED


def may_vote(member: Any, post: Post) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to vote."))
    if not (speaks := may_speak(member, post.thread)):
        return speaks
    if post.author_id == member.pk:
        return refused(_("Others vote for your posts."))
    if post.is_removed or post.is_note:
        return refused(_("This post takes no votes."))
    return ALLOWED


def may_say_me_too(member: Any, thread: Thread) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to say that you have this problem too."))
    if not (speaks := may_speak(member, thread)):
        return speaks
    if not (alone := stands_alone(thread)):
        return alone
    if thread.author_id == member.pk:
        return refused(_("This is your own question."))
    if not thread.is_question:
        return refused(_("Only questions have people with the same problem."))
    return ALLOWED


def may_follow(member: Any, thread: Thread) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to follow."))
    return stands_alone(thread)


# From which trust on members describe what others asked, so that it is found.
MAY_TAG, MAY_TITLE = Trust.HELPFUL, Trust.TRUSTED


def may_retitle(member: Any, thread: Thread) -> Verdict:
    words = _("Only the asker, trusted members and moderators change the title.")
    return may_describe(member, thread, MAY_TITLE, words)


def may_retag(member: Any, thread: Thread) -> Verdict:
    return may_describe(member, thread, MAY_TAG, _("Only the asker, helpful members and moderators change the tags."))


def may_describe(member: Any, thread: Thread, trust: Trust, words: Any) -> Verdict:
    """The asker, those who curate, and whoever has earned that much trust, of what everybody reads."""
    if not member.is_authenticated:
        return refused(_("Sign in to edit."))
    if not (speaks := may_speak(member, thread)):
        return speaks
    if curates(member):
        return ALLOWED
    if thread.author_id != member.pk and (member.trust < trust or thread.audience != Audience.EVERYONE):
        return refused(words)
    if thread.is_locked:
        return refused(_("This thread is locked, so its posts stay as they are."))
    return ALLOWED


def may_save_filter(member: Any, name: str) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to keep a list."))
    if SavedFilter.objects.filter(member=member).exclude(name=name).count() >= MOST_SAVED_FILTERS:
        return refused(_("You keep %(most)s lists already. Remove one first.") % {"most": MOST_SAVED_FILTERS})
    return ALLOWED
