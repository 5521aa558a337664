from community import clock
from community.threads.models import Post
from community.tickets.models import Copy, Direction, TicketLink


def mirror(post: Post) -> list[TicketLink]:
    """Note down that a reply shall stand in every ticket of its thread; returns those that have something to send.

    What came from a ticket does not go back to it. Doing it twice adds nothing.
    """
    owing = []
    for link in TicketLink.objects.alive().filter(thread=post.thread_id):
        if post.client_token.startswith(token_of(link, "")):
            continue
        _, is_new = Copy.objects.get_or_create(
            link=link, post=post, direction=Direction.OUT, edit=0, defaults={"created_at": clock.now()}
        )
        if is_new:
            owing.append(link)
    return owing


def mirror_edit(post: Post) -> list[TicketLink]:
    """Note down that what stands in tickets reads differently here; returns the links that have something to send.

    An edit that changed no words is none. Doing it twice adds nothing.
    """
    copies = Copy.objects.over_there().filter(post=post, link__in=TicketLink.objects.alive()).select_related("link")
    latest = {copy.link_id: copy for copy in copies.order_by("edit", "pk")}
    owing = []
    for copy in latest.values():
        if not has_other_words(post, copy):
            continue
        _, is_new = Copy.objects.get_or_create(
            link=copy.link,
            post=post,
            direction=Direction.OUT,
            edit=post.revision_count,
            defaults={"created_at": clock.now()},
        )
        if is_new:
            owing.append(copy.link)
    return owing


def has_other_words(post: Post, copy: Copy) -> bool:
    """A revision keeps what stood before it, so the first one after the copy has the words that were copied."""
    since = post.revisions.filter(number__gt=copy.edit, at__gte=copy.created_at).order_by("number").first()
    return since is not None and since.body != post.body


def token_of(link: TicketLink, comment_id: str) -> str:
    """The token under which a comment becomes a post: by it a second attempt finds the first."""
    return f"ticket:{link.pk}:{comment_id}"[:64]
