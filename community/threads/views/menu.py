"""What one reader may do with one post, and why not the rest: a page, or a list that opens beside the post."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.moderation.flagged import Flagged
from community.moderation.policies import may_curate, may_flag
from community.people.policies import may_mute
from community.policy import ALLOWED, Verdict, refused
from community.threads import policies
from community.threads.attaching import addresses_in
from community.threads.models import Attachment, Post, Thread, Voice
from community.tickets.policies import may_link_ticket

from .finding import readable_post, wants_fragment


@dataclass(frozen=True)
class Act:
    """`sends`: what is posted to `url`; None for a link. `is_on`: it is so now, and this takes it back."""

    words: str
    icon: str
    url: str
    verdict: Verdict = ALLOWED
    sends: tuple[str, str] | None = None
    name: str = ""
    is_on: bool = False
    inner: bool = False


@require_safe
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    post = readable_post(request, pk)
    reader = request.user
    if reader.is_authenticated:
        post = with_own(post, reader)
    acts = [act for act in acts_for(reader, post, post.thread) if act.url]
    context = {
        "post": post,
        "thread": post.thread,
        "acts": [act for act in acts if act.verdict],
        "refused": [act for act in acts if not act.verdict and not act.inner],
        "shows_removed": post.is_removed and (post.thread.is_inside(reader) or post.author_id == reader.pk),
    }
    response = render(
        request, "threads/_post_menu.html" if wants_fragment(request) else "threads/post_menu.html", context
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def with_own(post: Any, reader: Any) -> Post:
    """Adds what the reader did with the post and its thread."""
    own = Post.objects.with_voices_of(reader).get(pk=post.pk)
    post.voted, post.kept, post.word = own.voted, own.kept, own.word
    thread: Any = Thread.objects.with_standing_of(reader).get(pk=post.thread_id)
    post.thread.has_it_too, post.thread.is_following = thread.has_it_too, thread.is_following
    post.thread.seat_kind = thread.seat_kind
    return post


def acts_for(reader: Any, post: Post, thread: Thread) -> Iterator[Act]:
    if post.is_first and thread.is_question:
        too = getattr(thread, "has_it_too", False)
        words = _("You have this too. Take it back") if too else _("I have this too")
        may = policies.may_say_me_too(reader, thread)
        yield Act(words, "too", at("threads:me_too", thread.pk), may, switch(too), "too", too)
    yield from judging(reader, post, thread)
    voted, kept = getattr(post, "voted", False), getattr(post, "kept", False)
    words = _("Take your vote back") if voted else _("This is useful")
    may = policies.may_vote(reader, post)
    yield Act(words, "vote", at("threads:vote", post.pk), may, switch(voted), "vote", voted)
    may = policies.may_reply(reader, thread)
    yield Act(_("Quote"), "quote", f"{at('threads:reply', thread.pk)}?quote={post.pk}", may)
    words = _("Remove the bookmark") if kept else _("Bookmark")
    signed_in = ALLOWED if reader.is_authenticated else refused(_("Sign in to keep bookmarks."))
    icon = "bookmark-on" if kept else "bookmark"
    yield Act(words, icon, at("threads:bookmark", post.pk), signed_in, switch(kept), "bookmark", kept)
    yield Act(_("Link to this post"), "link", post.permalink)
    yield Act(_("Edit"), "edit", at("threads:edit", post.pk), policies.may_edit(reader, post))
    if post.is_first:
        may = policies.may_retag(reader, thread)
        words = _("Change title and tags") if policies.may_retitle(reader, thread) else _("Change the tags")
        yield Act(words, "tag", at("threads:retitle", thread.pk), may)
    if post.revision_count:
        words = _("What was changed (%(n)s)") % {"n": post.revision_count}
        yield Act(words, "history", at("threads:history", post.pk), policies.may_see_history(reader, post))
    yield from flagging(reader, post)
    if may_mute(reader, post.author):
        yield Act(_("Mute or block the author"), "eye-off", at("people:profile", post.author.handle))
    if post.deleted_at:
        may = policies.may_restore(reader, post)
        yield Act(_("Restore"), "restore", at("threads:restore", post.pk), may, ("restore", "1"))
    else:
        yield Act(_("Delete"), "trash", at("threads:delete", post.pk), policies.may_delete(reader, post))
    yield from curating(reader, post)


def flagging(reader: Any, post: Post) -> Iterator[Act]:
    may = may_flag(reader, Flagged(post))
    yield Act(_("Flag for the moderators"), "flag", at("moderation:flag", post.pk), may)
    if post.is_first:
        may = may_flag(reader, Flagged(post.thread))
        yield Act(_("Flag the whole thread"), "flag", at("moderation:flag_thread", post.thread_id), may)
    for file in files_of(reader, post):
        named = {"name": file.name}
        may = may_flag(reader, Flagged(file))
        yield Act(_("Flag the file “%(name)s”") % named, "flag", at("moderation:flag_file", file.key), may)
        if file.hidden_at:
            words, name, icon = _("Show the file “%(name)s” again"), "moderation:give_file_back", "restore"
        else:
            words, name, icon = _("Take the file “%(name)s” away"), "moderation:take_file_away", "eye-off"
        yield Act(words % named, icon, at(name, file.key), may_curate(reader), inner=True)


def files_of(reader: Any, post: Post) -> Iterator[Attachment]:
    if addresses_in(post.body):
        for file in Attachment.objects.visible_to(reader).filter(post=post).select_related("uploader").order_by("pk"):
            file.post = post
            yield file


def judging(reader: Any, post: Post, thread: Thread) -> Iterator[Act]:
    if post.is_first or post.is_note or not thread.is_question:
        return
    speaks = policies.voice_of(reader, thread)
    may = policies.may_accept(reader, post)
    if speaks == Voice.SUPPORT:
        if post.accepted_by_support_at:
            words = _("Support no longer stands behind this")
            yield Act(words, "turn", at("threads:unaccept", post.pk), may, ("do", "unaccept"), "unaccept")
        else:
            words = _("Accept for support")
            yield Act(words, "solve", at("threads:accept", post.pk), may, ("do", "accept"), "accept")
    confirm, may = at("threads:confirm", post.pk), policies.may_confirm(reader, post)
    word = getattr(post, "word", None)
    if word is None:
        yield Act(_("Works for me"), "check", confirm, may, ("works", "yes"), "works")
        yield Act(_("Still broken"), "cross", confirm, may, ("works", "no"), "broken")
    else:
        words = _("You said it works. Take it back") if word else _("You said it is still broken. Take it back")
        yield Act(words, "turn", confirm, may, ("works", "withdraw"), "withdraw")


def curating(reader: Any, post: Post) -> Iterator[Act]:
    may = may_curate(reader)
    if not post.is_note and not post.deleted_at:
        if post.hidden_at:
            yield Act(_("Show again"), "restore", at("moderation:unhide_post", post.pk), may, inner=True)
        else:
            yield Act(_("Hide"), "eye-off", at("moderation:hide_post", post.pk), may, inner=True)
    if post.is_first:
        yield Act(_("Decide about this thread"), "shield", at("moderation:curate", post.thread_id), may, inner=True)
    if post.number and not post.is_first and not post.is_removed:
        curate = at("moderation:curate", post.thread_id)
        last = post.thread.post_count
        address = f"{curate}?posts={post.number}-{last}#split" if curate else ""
        yield Act(_("Split off from here"), "move", address, may, inner=True)
        address = f"{curate}?move={post.number}-{last}#move_posts" if curate else ""
        yield Act(_("Move to another thread"), "move", address, may, inner=True)
    may = may_link_ticket(reader)
    address = at("tickets:link", post.thread_id)
    yield Act(_("Link to a ticket"), "ticket", f"{address}?post={post.pk}" if address else "", may, inner=True)


def switch(is_on: bool) -> tuple[str, str]:
    return ("on", "0" if is_on else "1")


def at(name: str, pk: Any) -> str:
    """The address, empty where this installation has no such page."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
