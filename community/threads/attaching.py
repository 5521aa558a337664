"""Pictures and files: which post shows them."""

import re
from uuid import UUID

from django.utils.html import escape

from community import prose

from .models import Attachment, Post

ADDRESS = re.compile(r"/attachments/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/")
# More pictures than this are an album, not an answer.
MOST_FILES = 20


def addresses_in(text: str) -> set[UUID]:
    """The keys of the files a text shows."""
    return {UUID(key) for key in ADDRESS.findall(text)}


def pictures_in(text: str) -> list[Attachment]:
    keys = addresses_in(text)
    return list(Attachment.objects.filter(key__in=keys, width__isnull=False)) if keys else []


def sizes_in(text: str) -> dict[str, tuple[int, int]]:
    """The sizes of the pictures a text shows, by their addresses."""
    return sizes_of(pictures_in(text))


def sizes_of(pictures: list[Attachment]) -> dict[str, tuple[int, int]]:
    return {one.get_absolute_url(): (one.width or 0, one.height or 0) for one in pictures}


def without_taken(html: str, pictures: list[Attachment]) -> str:
    """The HTML of a text where pictures that were taken away are links: whoever follows one reads why."""
    for taken in (one for one in pictures if one.hidden_at):
        link = f'<a class="taken" href="{taken.get_absolute_url()}">{escape(taken.name)}</a>'
        html = re.sub(rf'<img src="{re.escape(taken.get_absolute_url())}"[^>]*>', lambda _found, link=link: link, html)
    return html


def html_of(text: str) -> str:
    """What a post shows of its text, as it is made today. Raises TooMuch."""
    pictures = pictures_in(text)
    return without_taken(prose.render(text, sizes_of(pictures)), pictures)


def claim_attachments(post: Post, *, by) -> None:
    """Tie to a post the files its text shows. Only the writer's own that no post shows yet can be claimed."""
    if keys := addresses_in(post.body):
        # What a post shows is opened by whoever reads it, and is kept for no moderator any more.
        Attachment.objects.filter(key__in=keys, uploader=by, post=None).update(post=post, held_at=None)
