from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community import limits
from community.policy import NotAllowed
from community.threads import actions
from community.threads.forms import Line


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    check_is_member(request)
    name, query = (Line().to_python(request.POST.get(said, "")) for said in ("name", "query"))
    saved = actions.save_filter(by=request.user, name=name, query=query)
    messages.success(request, _("“%(name)s” is among your lists.") % {"name": saved.name})
    return redirect(saved.url)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    check_is_member(request)
    # Pressed twice, it is gone all the same.
    actions.drop_filter(by=request.user, pk=pk)
    messages.success(request, _("The list is no longer among yours."))
    return redirect(reverse("threads:list"))


def check_is_member(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in to keep a list."))
    limits.spend("filter", limits.client(request), limits.CLICKING)
