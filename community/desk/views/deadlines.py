from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community import clock
from community.desk import actions
from community.desk.forms import DeadlineForm, DecisionForm
from community.desk.models import Deadline, Promise
from community.desk.policies import may_decide, may_state_deadline, may_work_at_desk
from community.policy import Refusal, require
from community.threads.forms import fresh_token
from community.threads.lists import CountedPaginator
from community.threads.models import Post, Thread
from community.threads.views.finding import readable_thread, with_people
from community.threads.views.writing import refuse

from .sorted_lists import Lists, asked_for, counted, tabs_of

LISTS: Lists = {
    "open": (gettext_lazy("To decide"), Q(stands="open", replaced_at=None)),
    "accepted": (gettext_lazy("Accepted"), Q(stands="accepted")),
    "alternative": (gettext_lazy("Something else"), Q(stands="alternative")),
    "declined": (gettext_lazy("Declined"), Q(stands="declined")),
    "met": (gettext_lazy("Our word came before"), Q(stands="met")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the asker says by when it is needed."""
    thread = readable_thread(request, pk, with_people)
    require(may_state_deadline(request.user, thread))
    form = DeadlineForm(request.POST if request.method == "POST" else None, member=request.user)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        stated = {name: form.cleaned_data[name] for name in ("at", "otherwise", "least")}
        try:
            actions.state_deadline(by=request.user, thread=thread, **stated)
        except Refusal as refusal:
            status = refuse(form, refusal)
        else:
            say_how_it_stands(request, thread)
            return redirect(thread)
    stated_before = Deadline.objects.counting().filter(thread=thread).first()
    context = {"thread": thread, "form": form, "stated_before": stated_before}
    return render(request, "desk/deadline.html", context, status=status)


def say_how_it_stands(request: HttpRequest, thread: Thread) -> None:
    """At once, to the asker: whether a person has to decide. Nothing where no deadline was stated."""
    stated = Deadline.objects.counting().filter(thread=thread).first()
    if stated is None:
        return
    if stated.is_open:
        messages.info(request, _("Our present word is later than your deadline. A person decides within the hour."))
    else:
        messages.success(request, _("What is promised comes before your deadline."))


@login_required
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """What a person decides, the one that should be decided first at the top. Who asks is not shown before."""
    require(may_work_at_desk(request.user))
    show = asked_for(request, LISTS)
    readable = Deadline.objects.of_threads(Thread.objects.visible_to(request.user).standing())
    counts = counted(readable, LISTS)
    rows = readable.filter(LISTS[show][1]).select_related("thread__space", "thread__author", "decided_by", "promise")
    rows = rows.order_by("decide_by", "pk") if show == "open" else rows.order_by("-stated_at", "-pk")
    tabs = tabs_of(LISTS, counts, show=show, of="desk:deadlines")
    page = CountedPaginator(rows, counts[show]).get_page(request.GET.get("page"))
    return render(request, "desk/deadlines.html", {"show": show, "page": page, "tabs": tabs, "now": clock.now()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One deadline that comes before our word. Neither plan nor name of the asker is here, so that neither decides."""
    require(may_work_at_desk(request.user))
    readable = Deadline.objects.of_threads(Thread.objects.visible_to(request.user))
    found = get_object_or_404(readable.select_related("thread__space", "thread__author", "decided_by"), pk=pk)
    if not found.is_open:
        return redirect(found.thread)
    require(may_decide(request.user, found.thread))
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, initial={"token": fresh_token()}, member=request.user)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            words = act_on(request, found, form)
        except Refusal as refusal:
            # The reason of the other two has a field of its own.
            status = refuse(form, refusal)
        else:
            messages.success(request, words)
            return redirect(found.thread)
    return render(request, "desk/decide.html", context_of(request, found, form), status=status)


def act_on(request: HttpRequest, found: Deadline, form: DecisionForm) -> str:
    sent = form.cleaned_data
    if sent["decision"] == form.DECLINE:
        actions.decline_deadline(by=request.user, deadline=found, because=sent["reason"])
        return _("Declined. The asker has your reason, and what was promised stays.")
    promise = form.promise | {"token": sent["token"]}
    if sent["decision"] == form.ACCEPT:
        actions.accept_deadline(by=request.user, deadline=found, **promise)
        return _("Accepted. You are reminded before it is due.")
    actions.offer_alternative(by=request.user, deadline=found, **promise)
    return _("Promised. The asker reads why it is something else.")


def context_of(request: HttpRequest, found: Deadline, form: DecisionForm) -> dict[str, Any]:
    """`displaced`: what whoever decides has promised for the same hours, or, before a window is chosen, until then."""
    sent = getattr(form, "cleaned_data", {})
    until = sent.get("until") or found.at
    begins_at = sent.get("begins_at") or clock.now()
    mine = Promise.objects.filter(made_by=request.user).exclude(thread=found.thread_id)
    return {
        "deadline": found,
        "question": Post.objects.get(thread=found.thread_id, number=1),
        "form": form,
        "displaced": mine.overlapping(begins_at, until).select_related("thread").next_first(),
        "runs": actions.current_promise(found.thread),
        "should_be_decided": bool(found.decide_by and found.decide_by < clock.now()),
    }
