from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.people.models import Member
from community.policy import Invalid
from community.requests import actions

from .finding import request_in_sight


@login_required
@require_POST
def copy_in(request: HttpRequest, pk: int) -> HttpResponse:
    found, member = request_in_sight(request, pk), chosen(request)
    actions.copy_in(by=request.user, request=found, member=member)
    messages.success(request, _("%(name)s is copied in, and told so.") % {"name": member.called})
    return redirect(found.thread)


@login_required
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    found, member = request_in_sight(request, pk), chosen(request)
    actions.take_out(by=request.user, request=found, member=member)
    messages.success(request, _("%(name)s is copied in no more.") % {"name": member.called})
    return redirect(found.thread)


def chosen(request: HttpRequest) -> Member:
    """Whoever it is: the policies say whether he is one of the organisation, and nothing else about him."""
    number = request.POST.get("member", "")
    member = Member.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if member is None:
        raise Invalid("member", _("Choose a colleague."))
    return member
