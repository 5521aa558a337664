from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.desk import actions
from community.desk.policies import may_handle
from community.desk.same_case import pairs_of
from community.policy import require
from community.threads.models import Thread
from community.threads.views.lists import number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def same_case(request: HttpRequest, pk: int) -> HttpResponse:
    """What else the asker or the organisation has told us of that may be the same matter; support decides."""
    require(may_handle(request.user))
    readable = Thread.objects.visible_to(request.user)
    thread = get_object_or_404(readable, pk=pk)
    pairs = pairs_of(thread, readable)
    if request.method == "POST":
        chosen = next((pair for pair in pairs if pair.pk == number(request.POST.get("pair", ""))), None)
        if chosen is None:
            messages.warning(request, _("This has been decided meanwhile."))
        else:
            is_one = request.POST.get("do") == "join"
            actions.decide_pair(by=request.user, pair=chosen, is_one=is_one)
            said = _("One case: both are in the same hands now.") if is_one else _("Two cases: each goes its own way.")
            messages.success(request, said)
        return redirect("desk:same_case", pk)
    rows = [{"pair": pair, "other": pair.other if pair.thread_id == pk else pair.thread} for pair in pairs]
    return render(request, "desk/same_case.html", {"thread": thread, "rows": rows})
