from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.desk import actions
from community.desk.filling import PLACES, filled
from community.desk.forms import ReadyReplyForm
from community.desk.models import ReadyReply
from community.desk.policies import may_use_ready_replies
from community.policy import Refusal, require
from community.threads.forms import Line
from community.threads.models import Thread
from community.threads.views.lists import number
from community.threads.views.writing import refuse

MOST_OFFERED = 8
BEGINNING = 80


@login_required
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    require(may_use_ready_replies(request.user))
    kept = ReadyReply.objects.visible_to(request.user).select_related("changed_by").by_name()
    return render(request, "desk/replies.html", {"replies": kept})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    require(may_use_ready_replies(request.user))
    form = ReadyReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.add_ready_reply(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return page(request, form, status=refuse(form, refusal))
        messages.success(request, _("“%(name)s” is ready.") % {"name": made.name})
        return redirect("desk:replies")
    return page(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_use_ready_replies(request.user))
    reply = get_object_or_404(ReadyReply.objects.visible_to(request.user), pk=pk)
    begun = {"name": reply.name, "body": reply.body}
    form = ReadyReplyForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.change_ready_reply(by=request.user, reply=reply, **form.cleaned_data)
        except Refusal as refusal:
            return page(request, form, key=pk, status=refuse(form, refusal))
        messages.success(request, _("Saved."))
        return redirect("desk:replies")
    return page(request, form, key=pk)


def page(request: HttpRequest, form: ReadyReplyForm, *, key: int | None = None, status: int = 200) -> HttpResponse:
    places = [(f"{{{{ {name} }}}}", words) for name, (words, _fill) in PLACES.items()]
    return render(request, "desk/reply_form.html", {"form": form, "key": key, "places": places}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: others need it too, and nobody keeps it afterwards."""
    require(may_use_ready_replies(request.user))
    reply = get_object_or_404(ReadyReply.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "desk/reply_drop.html", {"reply": reply})
    actions.drop_ready_reply(by=request.user, reply=reply)
    messages.success(request, _("“%(name)s” is gone.") % {"name": reply.name})
    return redirect("desk:replies")


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Ready replies whose name has the words of `q`, filled in for `thread`.

    {"replies": [{"name", "beginning", "body", "missing"}]}
    """
    require(may_use_ready_replies(request.user))
    asked = number(request.GET.get("thread", ""))
    threads = Thread.objects.visible_to(request.user).select_related("author", "product", "version", "platform")
    thread = get_object_or_404(threads, pk=asked)
    words = Line().to_python(request.GET.get("q", ""))[:60]
    offered = []
    for reply in ReadyReply.objects.visible_to(request.user).called_like(words).by_name()[:MOST_OFFERED]:
        made = filled(reply.body, thread, request.user)
        beginning = " ".join(made.body.split())[:BEGINNING]
        offered.append({"name": reply.name, "beginning": beginning, "body": made.body, "missing": made.missing})
    return JsonResponse({"replies": offered})
