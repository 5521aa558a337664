from django.db.models import F

from community import kept
from community.people.events import MemberErased, MemberForgotten

from .actions.attaching_files import remove
from .events import ThreadChanged
from .models import Attachment, Bookmark, Draft, Follow, ImportedAuthor, ReadMark, SavedFilter, Thread


def outdate_pages(event: ThreadChanged) -> None:
    """What visitors were shown of the thread, and the lists it stands in, is no longer true."""
    kept.outdate(kept.of_thread(event.thread_id), kept.LISTS)


def outdate_all_pages(event: MemberErased | MemberForgotten) -> None:
    """A name may stand on any of them."""
    kept.outdate()


def drop_what_was_private(event: MemberErased | MemberForgotten) -> None:
    """What only the member saw goes. What was said, voted and confirmed stays, as nobody's in particular.

    Twice: what was on its way while the member went may have left something behind.
    """
    followed = Follow.objects.filter(member=event.member_id)
    Thread.objects.filter(pk__in=followed.values("thread")).update(follower_count=F("follower_count") - 1)
    followed.delete()
    for model in (Bookmark, ReadMark, SavedFilter, ImportedAuthor):
        model.objects.filter(member=event.member_id).delete()
    Draft.objects.filter(author=event.member_id).delete()
    unposted = Attachment.objects.filter(uploader=event.member_id, post=None)
    for pk in list(unposted.values_list("pk", flat=True)):
        remove(unposted.filter(pk=pk))
