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
from community.threads.views.finding import readable_thread, with_people
from community.threads.views.writing import refuse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the asker can thank for how it ended; one press each, with a sentence if he likes."""
    thread = readable_thread(request, pk, with_people)
    require(may_thank(request.user, thread))
    form = ThanksForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        handle = request.POST.get("member", "").replace("\x00", "")
        member = get_object_or_404(Member, handle=handle) if handle else None
        try:
            say(request, thread, member, form.cleaned_data["words"])
        except Refusal as refusal:
            status = refuse(form, refusal)
        else:
            return redirect("desk:thanks", thread.pk)
    met, unseen = who_helped(thread)
    thanked = {(each.member_id, each.is_unseen): each for each in Thanks.objects.filter(thread=thread)}
    helpers = [{"helper": helper, "thanks": thanked.get((helper.member.pk, False))} for helper in met]
    if unseen:
        helpers.append(
            {"helper": None, "thanks": next((each for (_pk, is_unseen), each in thanked.items() if is_unseen), None)}
        )
    return render(request, "desk/thanks.html", {"thread": thread, "form": form, "helpers": helpers}, status=status)


def say(request: HttpRequest, thread: Thread, member: Member | None, words: str) -> None:
    """`member`: None for all who worked unseen."""
    if request.POST.get("do") == "back":
        actions.take_back_thanks(by=request.user, thread=thread, member=member)
        messages.success(request, _("Taken back."))
    elif member is None:
        actions.thank_unseen(by=request.user, thread=thread, words=words)
        messages.success(request, _("They have been told."))
    else:
        actions.thank(by=request.user, thread=thread, member=member, words=words)
        messages.success(request, _("%(name)s has been told.") % {"name": member.called})
