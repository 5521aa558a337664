from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.policy import require
from community.prose import excerpt
from community.threads.models import Post, Thread
from community.threads.views.lists import number

from .. import actions
from ..cases import case_with, cases_of
from ..forms import FlagForm, ReasonForm
from ..models import Appeal, Decision, Flag, Held, HeldAccount, Sanction, Wave, WaveState
from ..policies import may_curate, may_flag
from .people import appeals_with

ON_A_PAGE = 20


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    flags = Flag.objects.visible_to(request.user)
    appeals = Appeal.objects.for_queue()
    shown = request.GET.get("show") or "waiting"
    lists = {
        "waiting": (_("Waiting"), flags.waiting().in_cases().order_by("-worst", "since", "post")),
        "decided": (_("Decided"), flags.decided().in_cases().order_by("-decided_at", "-post")),
        "held": (_("Held"), Held.objects.waiting().oldest_first().for_page()),
        "appeals": (_("Appeals"), appeals.waiting().longest_first()),
    }
    if shown not in lists:
        raise Http404(_("There is no such list."))
    page = Paginator(lists[shown][1], ON_A_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {
            "words": words,
            "url": request.path + ("" if key == "waiting" else f"?show={key}"),
            "count": each.count(),
            "current": key == shown,
        }
        for key, (words, each) in lists.items()
    ]
    tabs.append({"words": _("Log"), "url": f"{request.path}log/", "current": False})
    tabs.append({"words": _("Watched words"), "url": f"{request.path}words/", "current": False})
    newest = flags.order_by("-pk").values_list("pk", flat=True).first() or 0
    context = {
        "page": page,
        "cases": cases_of(page) if shown in ("waiting", "decided") else [],
        "held": page if shown == "held" else [],
        "held_accounts": HeldAccount.objects.filter(freed_at=None).select_related("member") if shown == "held" else [],
        "waves": waiting_waves(),
        "appeals": appeals_with(page, request.user) if shown == "appeals" else [],
        "tabs": tabs,
        "shown": shown,
        "form": ReasonForm(),
        "newest": newest,
    }
    return render(request, "moderation/queue.html", context)


def waiting_waves() -> QuerySet:
    return Wave.objects.filter(state=WaveState.WAITING).annotate(held_count=Count("held")).order_by("pk")


@login_required
@require_safe
def new_count(request: HttpRequest) -> JsonResponse:
    """How many flags have come since the newest one on the page: {"count": 2}."""
    require(may_curate(request.user))
    after = number(request.GET.get("after", "")) or 0
    return JsonResponse({"count": Flag.objects.visible_to(request.user).waiting().filter(pk__gt=after).count()})


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Uphold or decline a flag, by the button that was pressed."""
    require(may_curate(request.user))
    flag = get_object_or_404(Flag.objects.visible_to(request.user).for_queue(), pk=pk)
    form = ReasonForm(request.POST)
    upholds = "uphold" in request.POST
    if not form.is_valid() or not (upholds or "decline" in request.POST):
        return render(request, "moderation/decide.html", {"case": case_with(flag), "form": form}, status=422)
    act = actions.uphold_flag if upholds else actions.decline_flag
    act(by=request.user, flag=flag, because=form.cleaned_data["because"])
    messages.success(request, _("The flag is upheld.") if upholds else _("The flag is declined."))
    return redirect("moderation:queue")


@login_required
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    page = Paginator(Decision.objects.visible_to(request.user).for_log().newest_first(), 50).get_page(
        request.GET.get("page")
    )
    return render(request, "moderation/log.html", {"page": page})


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
    return render(request, "moderation/mine.html", {"page": page, "sanctions": sanctions})


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
