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
            link=link, post=post, direction=Direction.OUT, defaults={"created_at": clock.now()}
        )
        if is_new:
            owing.append(link)
    return owing


def token_of(link: TicketLink, comment_id: str) -> str:
    """The token under which a comment becomes a post: by it a second attempt finds the first."""
    return f"ticket:{link.pk}:{comment_id}"[:64]
