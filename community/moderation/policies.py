from typing import Any

from django.utils.translation import gettext_lazy as _

from community.people.policies import curates
from community.policy import ALLOWED, Verdict, refused
from community.threads.models import Post


def may_curate(member: Any) -> Verdict:
    """Hide, lock, pin, move, close, decide flags."""
    if not curates(member):
        return refused(_("Only moderators do this."))
    return ALLOWED


def may_flag(member: Any, post: Post) -> Verdict:
    if not member.is_authenticated:
        return refused(_("Sign in to flag a post."))
    if post.author_id == member.pk:
        return refused(_("This is your own post. You can edit or delete it."))
    if post.is_removed:
        return refused(_("This post is already removed."))
    return ALLOWED
