from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits

from . import actions
from .forms import MailForm
from .mailing import read_off, refusal_of
from .models import Notice, NoticeGroup, Way

PER_PAGE = 40


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.of(request.user)
    lists = {"": (_("Unread"), notices.unread()), "all": (_("All"), notices)}
    shown = request.GET.get("show", "")
    if shown not in lists:
        raise Http404(_("There is no such list."))
    page = Paginator(lists[shown][1].newest_first().for_page(), PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {
            "words": words,
            "url": request.path + (f"?show={key}" if key else ""),
            "count": page.paginator.count if key == shown else None,
            "current": key == shown,
        }
        for key, (words, _notices) in lists.items()
    ]
    return render(request, "inbox/list.html", {"page": page, "tabs": tabs, "shown": shown})


@login_required
@require_safe
def count(request: HttpRequest) -> JsonResponse:
    """How many notices wait: {"count": 2}. What it says stands in the masthead."""
    response = JsonResponse({"count": request.user.unread_notices})
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The press that opens what a notice is about also takes it from the unread ones."""
    notice = get_object_or_404(Notice.objects.of(request.user).for_page(), pk=pk)
    actions.read_notice(by=request.user, notice=notice)
    return redirect(notice.url if "open" in request.POST else "inbox:list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all(by=request.user)
    return redirect("inbox:list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """In which way the reader is told of what."""
    form = MailForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose_ways(by=request.user, ways=form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("inbox:mail")
    shown = {"form": form, "refusal": refusal_of(request.user)}
    return render(request, "inbox/mail.html", shown, status=422 if form.is_bound else 200)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, signed: str) -> HttpResponse:
    """Where a mail says how to end it, without signing in. A mail program posts here by itself (RFC 8058); what only
    looks changes nothing.
    """
    limits.spend("stop-mail", limits.client(request), limits.CLICKING)
    ends = read_off(signed)
    if ends is None:
        raise Http404(_("This address ends no mail. Sign in and choose there."))
    member, groups = ends
    if request.method == "POST":
        actions.choose_ways(by=member, ways=dict.fromkeys(groups, Way.HERE))
    shown = {"about": [NoticeGroup(group).label for group in groups], "is_done": request.method == "POST"}
    response = render(request, "inbox/stop_mail.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response
