from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.policy import require
from community.prose import excerpt
from community.threads.models import Post, Thread

from .. import actions
from ..canned import canned_reasons
from ..cases import line_with
from ..forms import FlagDecisionForm, FlagForm
from ..models import Flag, Sanction, TrustChange
from ..policies import may_curate, may_flag
from .reviewing import back_to_queue

ON_A_PAGE = 20


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or decline a flag, by the button that was pressed."""
    require(may_curate(request.user))
    flag = get_object_or_404(Flag.objects.visible_to(request.user).for_queue(), pk=pk)
    form = FlagDecisionForm(request.POST)
    upholds = "uphold" in request.POST
    if not form.is_valid() or not (upholds or "decline" in request.POST):
        line = line_with(flag.case, request.user)
        context = {"line": line, "form": form, "canned": canned_reasons()}
        return render(request, "moderation/decide.html", context, status=422)
    act = actions.uphold_flag if upholds else actions.decline_flag
    act(by=request.user, flag=flag, because=form.cleaned_data["because"])
    messages.success(request, _("The flag is upheld.") if upholds else _("The flag is declined."))
    return back_to_queue(request)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was decided about me, and what became of the flags I raised."""
    flags = Flag.objects.for_queue().filter(flagger=request.user).order_by("-created_at", "-pk")
    page = Paginator(flags, ON_A_PAGE).get_page(request.GET.get("page"))
    threads = Thread.objects.visible_to(request.user).filter(pk__in=[flag.post.thread_id for flag in page])
    readable = set(threads.values_list("pk", flat=True))
    for flag in page:
        flag.can_be_opened = flag.post.thread_id in readable
    sanctions = Sanction.objects.filter(member=request.user).for_page()
    changes = TrustChange.objects.filter(member=request.user).order_by("-at", "-pk")[:ON_A_PAGE]
    return render(request, "moderation/mine.html", {"page": page, "sanctions": sanctions, "changes": changes})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    require(may_flag(request.user, post))
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("flag", str(request.user.pk), limits.CLICKING)
        actions.flag_post(by=request.user, post=post, why=form.cleaned_data["reason"], words=form.cleaned_data["words"])
        messages.success(request, _("A moderator will look at it. You can follow it under your flags."))
        return redirect(post)
    context = {"form": form, "post": post, "words": excerpt(post.html, 400)}
    return render(request, "moderation/flag.html", context, status=422 if form.is_bound else 200)
