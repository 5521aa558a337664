"""In which queue of the desk a thread stands: whose turn it is, and what kind of turn."""

from community.threads.models import State, Thread

from .models import Queue

OURS = frozenset({State.WAITING_US, State.WORKAROUND})


def queue_of(thread: Thread) -> Queue | None:
    """None where nobody waits. Read from the thread alone; nothing leaves a queue because time has passed."""
    if not thread.is_question or thread.is_hidden or thread.is_deleted or thread.is_merged:
        return None
    if contradicts(thread):
        return Queue.CONTRADICTION
    if thread.state in OURS:
        if thread.state_since > thread.created_at:
            return Queue.CAME_BACK
        if thread.last_poster_id != thread.author_id:
            return Queue.OTHERS_WROTE
        return Queue.CAME_BACK if thread.reply_count and others_spoke(thread) else Queue.UNANSWERED
    if thread.state == State.ANSWERED:
        return Queue.TO_CONFIRM
    return Queue.ASKER if thread.state == State.WAITING_ASKER else None


def others_spoke(thread: Thread) -> bool:
    return thread.posts.standing().exclude(author=thread.author_id).exists()


def contradicts(thread: Thread) -> bool:
    """The asker says no to what support stands behind, or others say that it fails where the asker confirmed it."""
    if thread.is_closed:
        return False
    if thread.asker_says_no_at and thread.accepted_by_support_at:
        return thread.state in OURS
    return thread.state == State.CONFIRMED and thread.others_failed_count > 0
