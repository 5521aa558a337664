from community.people.models import Member
from community.threads.models import Post

from .actions.decisions import decided
from .models import Verb

VERBS = {
    "deleted": Verb.DELETED_POST,
    "thread_deleted": Verb.DELETED_POST,
    "restored": Verb.RESTORED_POST,
    "thread_restored": Verb.RESTORED_POST,
    "edited": Verb.EDITED_POST,
}


def write_down_what_others_did(event) -> None:
    """Editing, deleting or restoring somebody else's post is an act of moderation, whichever page it was done on."""
    post = Post.objects.select_related("thread", "author").get(pk=event.post_id)
    if event.actor_id == post.author_id:
        return
    actor = Member.objects.get(pk=event.actor_id)
    at = post.deleted_at or post.edited_at or post.thread.last_post_at
    decided(
        VERBS[event.kind],
        by=actor,
        at=at,
        because=post.deleted_because,
        thread=post.thread,
        post=post,
        member=post.author,
    )
