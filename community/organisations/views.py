from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import clock, limits
from community.desk.actions.calls import live_target
from community.desk.views.beside import about_live
from community.policy import Gone, Invalid, NotAllowed, require
from community.threads.files import LARGEST_FILE, examine, too_large
from community.threads.views.attachments import FOR_THIS_READER, sent

from . import actions, welcome
from .forms import AgreementForm, InviteForm, SwapForm
from .models import AgreementVersion, Invitation, Organisation, Seat, SeatKind
from .policies import has_a_seat_for, may_ask_for_second_factors, may_keep_agreements, may_manage_seats, seat_of


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    organisations = list(Organisation.objects.visible_to(request.user).for_page().by_name())
    closed = list(Organisation.objects.waiting_for_a_second_factor_of(request.user).by_name())
    if len(organisations) == 1 and not closed and not request.user.answers_officially:
        return redirect(organisations[0])
    today = clock.now().date()
    rows = [(organisation, organisation.days_left(today)) for organisation in organisations]
    return render(request, "organisations/organisation_list.html", {"rows": rows, "closed": closed})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_in_sight(request, slug)
    seats = list(Seat.objects.standing().filter(organisation=organisation).for_page().longest_first())
    today = clock.now().date()
    mine = seat_of(request.user, organisation)
    live = about_live(request.user, organisation, live_target(organisation.plan), seat=mine.kind if mine else "")
    return render(
        request,
        "organisations/organisation_detail.html",
        {
            "organisation": organisation,
            "callers": [seat for seat in seats if seat.kind == SeatKind.CALLER],
            "readers": [seat for seat in seats if seat.kind == SeatKind.READER],
            "mine": mine,
            "live": live,
            "package": welcome.package(),
            "may_manage": may_manage_seats(request.user, organisation),
            "days_left": organisation.days_left(today),
            "has_expired": organisation.has_expired(today),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The seats and the offers; a POST offers one."""
    organisation = organisation_in_sight(request, slug)
    require(may_manage_seats(request.user, organisation))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            offered = actions.invite(by=request.user, organisation=organisation, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field, str(invalid.reason))
        else:
            messages.success(request, _("%(email)s has seven days to take the seat.") % {"email": offered.email})
            return redirect("organisations:people", organisation.slug)
    return people_page(request, organisation, form=form, status=422 if form.is_bound else 200)


def people_page(request: HttpRequest, organisation: Organisation, *, form: InviteForm, status: int) -> HttpResponse:
    standing = Seat.objects.standing().filter(organisation=organisation).for_page().longest_first()
    ended = Seat.objects.ended().filter(organisation=organisation).for_page().order_by("-ended_at", "-pk")
    offers = Invitation.objects.standing(at=clock.now()).filter(organisation=organisation).order_by("invited_at", "pk")
    context = {
        "organisation": organisation,
        "form": form,
        "seats": standing,
        "ended": ended[:50],
        "offers": offers,
        "swap_form": SwapForm(organisation=organisation),
        "has_readers": any(seat.kind == SeatKind.READER for seat in standing),
        "room": has_a_seat_for(SeatKind.CALLER, organisation),
        "may_ask": may_ask_for_second_factors(request.user, organisation),
    }
    return render(request, "organisations/people.html", context, status=status)


@require_POST
def second_factor(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_in_sight(request, slug)
    asked = request.POST.get("ask") == "yes"
    actions.ask_for_second_factors(by=request.user, organisation=organisation, asked=asked)
    if asked:
        messages.success(request, _("From now on your people come in with a second factor only."))
    else:
        messages.success(request, _("A second factor is no longer asked for here."))
    return redirect("organisations:people", organisation.slug)


@require_POST
def end_seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation, seat = seat_in_my_hands(request, slug, pk)
    actions.end_seat(by=request.user, seat=seat)
    messages.success(request, _("%(name)s has no seat any more.") % {"name": seat.member.called})
    return redirect("organisations:people", organisation.slug)


@require_POST
def swap(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation, caller = seat_in_my_hands(request, slug, pk)
    form = SwapForm(request.POST, organisation=organisation)
    if not form.is_valid():
        messages.error(request, _("Choose somebody with secondary access to swap with."))
        return people_page(request, organisation, form=InviteForm(), status=422)
    reader = form.cleaned_data["reader"]
    actions.swap_seats(by=request.user, caller=caller, reader=reader)
    words = _("%(reader)s is a named caller now, in place of %(caller)s.")
    messages.success(request, words % {"reader": reader.member.called, "caller": caller.member.called})
    return redirect("organisations:people", organisation.slug)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = organisation_in_sight(request, slug)
    require(may_manage_seats(request.user, organisation))
    offer = get_object_or_404(Invitation, organisation=organisation, pk=pk)
    actions.withdraw_invitation(by=request.user, invitation=offer)
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": offer.email})
    return redirect("organisations:people", organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    """What was agreed, now and before; a POST adds a version."""
    organisation = organisation_in_sight(request, slug)
    may_keep = may_keep_agreements(request.user, organisation)
    form = AgreementForm()
    if request.method == "POST":
        require(may_keep)
        limits.spend("upload", limits.client(request), limits.UPLOADING)
        form = AgreementForm(request.POST, request.FILES)
        if form.is_valid() and (added := added_from(request, organisation, form)):
            words = _("Version %(number)s of “%(title)s” is here.")
            messages.success(request, words % {"number": added.number, "title": added.agreement.title})
            return redirect("organisations:agreements", organisation.slug)
    versions = AgreementVersion.objects.visible_to(request.user).filter(agreement__organisation=organisation)
    context = {
        "organisation": organisation,
        "agreements": [
            (title, list(rows))
            for title, rows in groupby(versions.for_page().newest_first(), key=lambda row: row.agreement.title)
        ],
        "may_keep": may_keep,
        "form": form,
    }
    return render(request, "organisations/agreements.html", context, status=422 if form.is_bound else 200)


def added_from(request: HttpRequest, organisation: Organisation, form: AgreementForm) -> AgreementVersion | None:
    """The version that was added, or None with the reason at its field."""
    file = form.cleaned_data["file"]
    try:
        if file.size > LARGEST_FILE:
            raise too_large(LARGEST_FILE)
        seen = examine(file.read(), file.name)
        return actions.add_agreement(
            by=request.user,
            organisation=organisation,
            title=form.cleaned_data["title"],
            data=seen.data,
            name=seen.name,
            content_type=seen.content_type,
        )
    except Invalid as invalid:
        form.add_error(invalid.field, str(invalid.reason))
        return None


@require_safe
def agreement(request: HttpRequest, slug: str, key: UUID, name: str) -> HttpResponse:
    """A version as a file, to those who see the organisation."""
    versions = AgreementVersion.objects.visible_to(request.user).filter(agreement__organisation__slug=slug)
    return sent(request, get_object_or_404(versions, key=key), as_attachment=True, cached=FOR_THIS_READER)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A GET, as mail scanners send it, changes nothing; the press takes the seat."""
    offers = Invitation.objects.select_related("organisation", "invited_by")
    offer = get_object_or_404(offers, pk=Invitation.id_in(token))
    if not offer.is_open(clock.now()):
        raise Gone(_("This invitation was used, taken back, or is older than seven days. Ask for a new one."))
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        try:
            actions.accept_invitation(by=request.user, invitation=offer)
        except Invalid as invalid:
            raise NotAllowed(invalid.reason) from None
        return redirect(offer.organisation)
    return render(request, "organisations/invitation.html", {"offer": offer, "organisation": offer.organisation})


def organisation_in_sight(request: HttpRequest, slug: str) -> Organisation:
    """Strangers are told the same of an organisation that exists and of one that does not."""
    return get_object_or_404(Organisation.objects.visible_to(request.user).for_page(), slug=slug)


def seat_in_my_hands(request: HttpRequest, slug: str, pk: int) -> tuple[Organisation, Seat]:
    organisation = organisation_in_sight(request, slug)
    require(may_manage_seats(request.user, organisation))
    seat = Seat.objects.standing().filter(organisation=organisation, pk=pk).for_page().first()
    if seat is None:
        raise Http404
    return organisation, seat
