from community import clock
from community.threads.models import Post
from community.tickets.models import Copy, CopyState, Direction, TicketLink, Word
from community.tickets.queries import TicketLinkQuerySet


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


def mirror_standing(post: Post) -> list[TicketLink]:
    """Note down that what stands in tickets was taken away here, or is back; returns the links that have to be told.

    Doing it twice adds nothing, and what nobody was told of yet is not taken back.
    """
    thread = post.thread
    is_gone = post.is_removed or (post.is_first and (thread.is_hidden or thread.is_deleted))
    owing = []
    for link in links_with(post):
        said = link.copies.words_about(post).exclude(text=Word.ERASED).last()
        if is_gone == (said is not None and said.text == Word.REMOVED):
            continue
        if said is not None and said.state == CopyState.WAITING:
            said.state = CopyState.DROPPED
            said.save(update_fields=["state"])
        else:
            owing.append(say(link, post, Word.REMOVED if is_gone else Word.SHOWN))
    return owing


def mirror_erasure(post: Post) -> list[TicketLink]:
    """Note down that a person's data was taken out of what stands in tickets."""
    return [say(link, post, Word.ERASED) for link in links_with(post)]


def links_with(post: Post) -> TicketLinkQuerySet:
    """Those in whose tickets the post stands, or will."""
    return TicketLink.objects.alive().filter(pk__in=Copy.objects.over_there().filter(post=post).values("link"))


def say(link: TicketLink, post: Post, word: Word) -> TicketLink:
    if not link.copies.words_about(post).filter(state=CopyState.WAITING, text=word).exists():
        earlier = link.copies.filter(post=post, direction=Direction.ABOUT).count()
        link.copies.create(post=post, direction=Direction.ABOUT, edit=earlier, text=word, created_at=clock.now())
    return link


def has_other_words(post: Post, copy: Copy) -> bool:
    """A revision keeps what stood before it, so the first one after the copy has the words that were copied."""
    since = post.revisions.filter(number__gt=copy.edit, at__gte=copy.created_at).order_by("number").first()
    return since is not None and since.body != post.body


def token_of(link: TicketLink, comment_id: str) -> str:
    """The token under which a comment becomes a post: by it a second attempt finds the first."""
    return f"ticket:{link.pk}:{comment_id}"[:64]
