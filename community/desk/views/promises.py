from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.desk import actions
from community.desk.forms import OfferForm, PromiseForm
from community.desk.models import Offer, Promise
from community.desk.policies import may_promise, may_work_at_desk
from community.desk.queries import OVERDUE
from community.policy import Refusal, require
from community.threads.forms import fresh_token
from community.threads.lists import CountedPaginator
from community.threads.models import PromiseStands, Thread
from community.threads.views.finding import readable_thread, with_people
from community.threads.views.writing import refuse

from .sorted_lists import Lists, asked_for, counted, tabs_of

LISTS: Lists = {
    "running": (gettext_lazy("Running"), Q(stands="running", overdue_at=None)),
    "overdue": (gettext_lazy("Overdue"), OVERDUE),
    "delivered": (gettext_lazy("Done, not confirmed"), Q(stands="delivered")),
    "kept": (gettext_lazy("Kept"), Q(stands="kept")),
    "late": (gettext_lazy("Late"), Q(stands="late")),
    "broken": (gettext_lazy("Broken"), Q(stands="broken")),
    "moved": (gettext_lazy("Moved in time"), Q(stands="moved")),
}
TO_COME = frozenset({"running", "overdue"})


@login_required
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise, by how it stands; each figure is the length of the list behind it."""
    require(may_work_at_desk(request.user))
    show = asked_for(request, LISTS)
    readable = Promise.objects.of_threads(Thread.objects.visible_to(request.user).standing())
    counts = counted(readable, LISTS)
    rows = readable.filter(LISTS[show][1]).for_page()
    rows = rows.next_first() if show in TO_COME else rows.newest_first()
    judged = counts["kept"] + counts["late"] + counts["broken"]
    return render(
        request,
        "desk/promises.html",
        {
            "show": show,
            "page": CountedPaginator(rows, counts[show]).get_page(request.GET.get("page")),
            "tabs": tabs_of(LISTS, counts, show=show, of="desk:promises"),
            # Down, so that nothing rounds up to a promise that was not kept.
            "percent": counts["kept"] * 100 // judged if judged else None,
            "judged": judged,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Where support promises something to the asker of a thread."""
    thread = readable_thread(request, pk, with_people)
    require(may_promise(request.user, thread))
    data = request.POST if request.method == "POST" else None
    form = PromiseForm(data, initial={"token": fresh_token()}, member=request.user)
    if form.is_valid():
        token = form.cleaned_data["token"]
        try:
            actions.make_promise(by=request.user, thread=thread, token=token, **form.promise)
        except Refusal as refusal:
            return promise_page(request, thread, form, status=refuse(form, refusal))
        messages.success(request, _("Promised. The asker reads it, and you are reminded before it is due."))
        return redirect(thread)
    return promise_page(request, thread, form, status=422 if form.is_bound else 200)


def promise_page(request: HttpRequest, thread: Thread, form: PromiseForm, *, status: int) -> HttpResponse:
    runs = actions.current_promise(thread)
    context = {"thread": thread, "form": form, "runs": runs if runs and runs.is_open else None}
    return render(request, "desk/promise.html", context, status=status)


@login_required
@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    thread = readable_thread(request, pk)
    actions.say_delivered(by=request.user, promise=promise_of(thread))
    messages.success(request, _("The asker is asked whether it has come."))
    return redirect(thread)


@login_required
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    thread = readable_thread(request, pk)
    word = request.POST.get("word", "")
    judged = actions.judge_promise(by=request.user, promise=promise_of(thread), word=word)
    if judged.stands == PromiseStands.KEPT:
        messages.success(request, _("Thank you. It stands as kept, by your word."))
    else:
        messages.success(request, _("It is written down as you say. Whoever promised has been told."))
    return redirect(thread)


def promise_of(thread: Thread) -> Promise:
    found = actions.current_promise(thread)
    if found is None:
        raise Http404(_("Nothing was promised here."))
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Where support offers more than was promised."""
    thread = readable_thread(request, pk, with_people)
    require(may_promise(request.user, thread))
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"token": fresh_token()})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.make_offer(by=request.user, thread=thread, **form.cleaned_data)
        except Refusal as refusal:
            status = refuse(form, refusal)
        else:
            messages.success(request, _("Offered. The asker takes it, or says that the promise is enough."))
            return redirect(thread)
    return render(request, "desk/offer.html", {"thread": thread, "form": form}, status=status)


@login_required
@require_POST
def answer_offer(request: HttpRequest, pk: int) -> HttpResponse:
    thread = readable_thread(request, pk)
    found = Offer.objects.waiting().filter(thread=thread).first()
    if found is None:
        raise Http404(_("No offer waits for an answer here."))
    taken = request.POST.get("take") == "yes"
    actions.answer_offer(by=request.user, offer=found, accepts=taken)
    messages.success(request, _("Thank you. Support has been told.") if taken else _("Thank you. The promise stays."))
    return redirect(thread)
