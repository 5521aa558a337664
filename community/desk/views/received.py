from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.desk import actions
from community.desk.forms import WriteDownForm
from community.desk.models import SameCase
from community.desk.policies import may_write_down
from community.policy import Refusal, require
from community.search.same_case import MOST_CASES, SAME_WITHIN, alike, open_cases
from community.threads.forms import fresh_token
from community.threads.models import Thread
from community.threads.views.lists import number
from community.threads.views.writing import refuse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest) -> HttpResponse:
    """Where support writes down what came privately. If the asker has a case like it, that one is offered first."""
    require(may_write_down(request.user))
    data = request.POST if request.method == "POST" else None
    form = WriteDownForm(data, initial={"token": fresh_token(), "channel": "telephone"}, member=request.user)
    status, same = 422 if form.is_bound else 200, []
    if form.is_valid():
        sent = {name: value for name, value in form.cleaned_data.items() if name != "zone"}
        is_another = request.POST.get("do") == "another"
        same = [] if is_another else same_cases(request.user, sent)
        chosen = next((thread for thread in same if thread.pk == number(request.POST.get("same", ""))), None)
        try:
            if chosen:
                sent.pop("token")
                actions.join_case(by=request.user, thread=chosen, **sent)
                messages.success(request, _("It stands in that case as a note now, and the asker is told."))
                return redirect("desk:of_person", sent["asker"].handle)
            if not same:
                thread = actions.write_down(by=request.user, **sent)
                messages.success(
                    request, _("Written down. Its clocks run from the moment it came, and the asker is told.")
                )
                return redirect(thread)
        except Refusal as refusal:
            status = refuse(form, refusal)
    return render(request, "desk/write_down.html", {"form": form, "same": same}, status=status)


def same_cases(reader: Any, sent: dict) -> list[Thread]:
    """Open cases of the same asker from the same day that share words with this one, the most alike first."""
    begun = (sent["came_at"] - SAME_WITHIN, sent["came_at"] + SAME_WITHIN)
    theirs = Thread.objects.visible_to(reader).by(sent["asker"]).filter(created_at__range=begun)
    return alike(sent["title"], sent["body"], open_cases(theirs).select_related("space")[:MOST_CASES])


@login_required
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """What was put to a case becomes one of its own."""
    require(may_write_down(request.user))
    joined = get_object_or_404(SameCase, pk=pk)
    thread = actions.part_case(by=request.user, joined=joined)
    messages.success(request, _("A case of its own now, with its true beginning."))
    return redirect(thread)
