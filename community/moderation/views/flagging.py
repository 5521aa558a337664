"""Asking a moderator to look at something: one page, whatever it is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import limits
from community.people.models import Member
from community.policy import require
from community.prose import excerpt
from community.threads.models import Attachment, Post, Thread

from .. import actions
from ..flagged import Flagged
from ..forms import FlagForm
from ..policies import may_flag


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    return flag_page(request, post, heading=_("Flag a post"), kind=_("The post"), words=excerpt(post.html, 400))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_thread(request: HttpRequest, pk: int) -> HttpResponse:
    thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("author", "space"), pk=pk)
    return flag_page(request, thread, heading=_("Flag a thread"), kind=_("The thread"), words=thread.title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_profile(request: HttpRequest, handle: str) -> HttpResponse:
    member = get_object_or_404(Member.objects.called(handle))
    words = " ".join(filter(None, (member.bio, member.website)))
    return flag_page(request, member, heading=_("Flag a profile"), kind=_("The profile"), words=words)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_file(request: HttpRequest, key: UUID) -> HttpResponse:
    files = Attachment.objects.visible_to(request.user).exclude(post=None)
    file = get_object_or_404(files.select_related("uploader", "post__thread"), key=key)
    return flag_page(request, file, heading=_("Flag a file"), kind=_("The file"), words=file.name)


def flag_page(request: HttpRequest, thing: Any, *, heading: str, kind: str, words: str) -> HttpResponse:
    flagged = Flagged(thing)
    require(may_flag(request.user, flagged))
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("flag", str(request.user.pk), limits.CLICKING)
        actions.flag_thing(
            by=request.user, thing=thing, why=form.cleaned_data["reason"], words=form.cleaned_data["words"]
        )
        messages.success(request, _("A moderator will look at it. You can follow it under your flags."))
        return redirect(flagged.path)
    context = {"form": form, "flagged": flagged, "heading": heading, "kind": kind, "words": words}
    return render(request, "moderation/flag.html", context, status=422 if form.is_bound else 200)
