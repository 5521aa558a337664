from django.db.models import QuerySet

from community.people.events import WordsTakenOut
from community.threads.events import PostEdited, PostShownAnew, ReplyPosted, ThreadChanged
from community.threads.models import Kind, Post

from . import actions
from .events import TicketLinked
from .models import TicketLink
from .tasks import carry_ticket, look_at_ticket


def queue_mirroring(event: ReplyPosted) -> None:
    """A reply in a thread that is with support is copied to its tickets; written down together with the reply."""
    if not event.with_support or event.post_id is None:
        return
    for post in Post.objects.filter(pk=event.post_id).only("pk", "thread_id", "client_token"):
        for link in actions.mirror(post):
            carry_ticket.enqueue(link.pk)


def queue_mirroring_of_edit(event: PostEdited | PostShownAnew) -> None:
    """What was copied and reads differently now is told to its tickets; written down together with the edit."""
    if event.post_id is None:
        return
    for post in Post.objects.filter(pk=event.post_id).only("pk", "body", "revision_count"):
        for link in actions.mirror_edit(post):
            carry_ticket.enqueue(link.pk)


def tell_tickets(event: ThreadChanged | WordsTakenOut) -> None:
    """A copied post, or the whole thread, was taken away, is back, or has lost a person's data."""
    for post in posts_of(event).select_related("thread").exclude(kind=Kind.NOTE):
        mirrored = actions.mirror_erasure if isinstance(event, WordsTakenOut) else actions.mirror_standing
        for link in mirrored(post):
            carry_ticket.enqueue(link.pk)


def posts_of(event: ThreadChanged | WordsTakenOut) -> QuerySet[Post]:
    if isinstance(event, WordsTakenOut):
        return Post.objects.filter(pk=int(event.key)) if event.model == "threads.post" else Post.objects.none()
    if event.post_id is not None:
        return Post.objects.filter(pk=event.post_id)
    return Post.objects.filter(thread=event.thread_id, number=1)


def queue_first_contact(event: TicketLinked) -> None:
    """A ticket that is to be made is made; one that is there already is looked at."""
    links = TicketLink.objects.alive().filter(thread=event.thread_id, checked_at=None)
    for link in links:
        (look_at_ticket if link.remote_id else carry_ticket).enqueue(link.pk)
