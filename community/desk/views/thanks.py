from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.desk import actions
from community.desk.forms import ThanksForm
from community.desk.models import Thanks
from community.desk.policies import may_thank
from community.desk.who_helped import who_helped
from community.people.models import Member
from community.policy import Refusal, require
from community.threads.models import Thread
from community.threads.views.finding import readable_thread
from community.threads.views.writing import refuse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the asker can thank for how it ended; one press each, with a sentence if he likes."""
    thread = readable_thread(request, pk, Thread.objects.select_related("author", "space"))
    require(may_thank(request.user, thread))
    form = ThanksForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        member = get_object_or_404(Member, handle=request.POST.get("member", "").replace("\x00", ""))
        try:
            say(request, thread, member, form.cleaned_data["words"])
        except Refusal as refusal:
            status = refuse(form, refusal)
        else:
            return redirect("desk:thanks", thread.pk)
    thanked = {each.member_id: each for each in Thanks.objects.filter(thread=thread)}
    helpers = [(helper, thanked.get(helper.member.pk)) for helper in who_helped(thread)]
    return render(request, "desk/thanks.html", {"thread": thread, "form": form, "helpers": helpers}, status=status)


def say(request: HttpRequest, thread: Thread, member: Member, words: str) -> None:
    if request.POST.get("do") == "back":
        actions.take_back_thanks(by=request.user, thread=thread, member=member)
        messages.success(request, _("Taken back."))
    else:
        actions.thank(by=request.user, thread=thread, member=member, words=words)
        messages.success(request, _("%(name)s has been told.") % {"name": member.called})
