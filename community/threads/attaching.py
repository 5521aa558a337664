"""Pictures and files: which post shows them."""

import re
from uuid import UUID

from .models import Attachment, Post

ADDRESS = re.compile(r"/attachments/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/")


def claim_attachments(post: Post) -> None:
    """Tie to a post the files its text shows. Only the author's own that no post shows yet can be claimed."""
    keys = {UUID(key) for key in ADDRESS.findall(post.body)}
    if keys:
        Attachment.objects.filter(key__in=keys, uploader=post.author, post=None).update(post=post)
