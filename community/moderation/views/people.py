from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community import clock, limits
from community.people.views.others import member_in_my_care, standing_page
from community.policy import Invalid, require

from .. import actions
from ..cases import line_with
from ..forms import ReasonForm
from ..forms_about_people import AppealDecisionForm, AppealForm, NoteForm, SanctionForm
from ..models import Appeal, Case, Sanction
from ..models.sanctions import sanction_named_by
from ..policies import may_appeal, may_curate


@require_POST
def sanction_member(request: HttpRequest, handle: str) -> HttpResponse:
    member = member_in_my_care(request, handle)
    form = SanctionForm(request.POST, auto_id="sanction-%s", by=request.user)

    def act() -> None:
        actions.sanction_member(
            by=request.user,
            member=member,
            kind=form.cleaned_data["kind"],
            because=form.cleaned_data["because"],
            until=form.ends_at(clock.now()),
        )

    if not done(form, act):
        return standing_page(request, member, sanction_form=form)
    messages.success(request, _("Decided. The member is told, with the reason."))
    return redirect("people:standing", member.handle)


@require_POST
def note(request: HttpRequest, handle: str) -> HttpResponse:
    member = member_in_my_care(request, handle)
    form = NoteForm(request.POST, auto_id="note-%s")
    if not done(form, lambda: actions.note_person(by=request.user, member=member, **form.cleaned_data)):
        return standing_page(request, member, note_form=form)
    return redirect("people:standing", member.handle)


@require_POST
def end_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    sanction = get_object_or_404(Sanction.objects.select_related("member"), pk=pk)
    member = member_in_my_care(request, sanction.member.handle)
    form = ReasonForm(request.POST, auto_id="end-%s")
    if not done(form, lambda: actions.end_sanction(by=request.user, sanction=sanction, **form.cleaned_data)):
        return standing_page(request, member, ending=sanction.pk, end_form=form)
    messages.success(request, _("Taken back. The member is told, with the reason."))
    return redirect("people:standing", member.handle)


def done(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the form was clean and the action took what it says; else the form says what is wrong."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as invalid:
        form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        return False
    return True


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided about me, why and until when, and my appeal."""
    return sanction_page(request, get_object_or_404(Sanction.objects.filter(member=request.user).for_page(), pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever cannot sign in: the mail about it, and a right password, lead here and nowhere else."""
    pk = sanction_named_by(token)
    if pk is None:
        raise Http404
    return sanction_page(request, get_object_or_404(Sanction.objects.for_page(), pk=pk))


def sanction_page(request: HttpRequest, found: Sanction) -> HttpResponse:
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        limits.spend("appeal", limits.address(request), limits.CLICKING)

    def act() -> None:
        actions.appeal_sanction(by=found.member, sanction=found, **form.cleaned_data)

    if form.is_bound and done(form, act):
        messages.success(request, _("Your appeal is with the moderators. You are told what becomes of it."))
        return redirect(request.path)
    appeals = list(found.appeals.all())
    has_run_out = bool(found.until and found.until <= clock.now())
    context = {
        "sanction": found,
        "has_run_out": has_run_out,
        "stands": found.is_standing and not has_run_out,
        "appeals": appeals,
        "may_appeal": may_appeal(found.member, found, appeals, at=clock.now()),
        "form": form,
    }
    return render(request, "moderation/sanction.html", context, status=422 if form.is_bound else 200)


def decision_form(about: Appeal, data: Any = None) -> AppealDecisionForm:
    return AppealDecisionForm(data, auto_id=f"appeal-{about.pk}-%s")


@login_required
@require_POST
def decide_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_curate(request.user))
    found = get_object_or_404(Appeal.objects.for_queue(), pk=pk)
    form = decision_form(found, request.POST)
    if not done(form, lambda: actions.decide_appeal(by=request.user, appeal=found, **form.cleaned_data)):
        case = Case.objects.filter(appeal=found).latest("since")
        line = line_with(case, request.user)
        line.form = form
        return render(request, "moderation/decide.html", {"line": line}, status=422)
    messages.success(request, _("The appeal is decided. The member is told, with the reason."))
    return redirect("/moderation/?show=appeals")
