from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community import limits
from community.desk.models import Thanks
from community.moderation.forms import ReasonForm
from community.moderation.forms_about_people import NoteForm, SanctionForm, TrustForm
from community.moderation.models import PersonNote, Sanction, TrustChange
from community.moderation.policies import may_sanction, may_set_trust
from community.people import actions, faces
from community.people.forms import BecauseForm, EraseForm, RoleForm
from community.people.models import Member
from community.people.policies import curates, may_deactivate, may_erase, may_mute, may_set_role
from community.policy import NotAllowed
from community.prose import excerpt
from community.threads.models import Post, Thread

ON_A_PAGE = 20


@require_GET
def show(request: HttpRequest, handle: str) -> HttpResponse:
    member = get_object_or_404(Member.objects.called(handle))
    if member.handle != handle:
        return redirect(member, permanent=True)
    if member.erased_at:
        return render(request, "people/erased.html", {"member": member})
    contributions = contributions_of(member, request.user)
    shown = request.GET.get("show", "")
    if shown not in contributions:
        shown = next(iter(contributions))
    words = {
        "replies": _("Replies"),
        "threads": _("Questions"),
        "confirmed": _("Confirmed answers"),
        "thanks": _("Thanks"),
    }
    tabs = [
        {
            "words": words[name],
            "url": member.get_absolute_url() + (f"?show={name}" if place else ""),
            "count": paginator.count,
            "current": name == shown,
        }
        for place, (name, paginator) in enumerate(contributions.items())
    ]
    page = contributions[shown].get_page(request.GET.get("page"))
    if shown in ("replies", "confirmed"):
        for post in page:
            post.words = excerpt(post.html, 200)
    return render(
        request,
        "people/profile.html",
        {
            "member": member,
            "tabs": tabs,
            "shown": shown,
            "page": page,
            "is_own": request.user == member,
            "in_my_care": curates(request.user),
            "may_mute": may_mute(request.user, member),
            "is_muted": request.user.is_authenticated and member.pk in request.user.muted,
            "may_flag": request.user != member and member.is_active,
            "canonical": settings.SITE_URL + member.get_absolute_url(),
        },
    )


@require_GET
def standing(request: HttpRequest, handle: str) -> HttpResponse:
    return standing_page(request, member_in_my_care(request, handle))


@require_POST
def set_role(request: HttpRequest, handle: str) -> HttpResponse:
    return decide(request, handle, actions.set_role, role_form=RoleForm(request.POST))


@require_POST
def deactivate(request: HttpRequest, handle: str) -> HttpResponse:
    return decide(request, handle, actions.deactivate, because_form=BecauseForm(request.POST))


@require_POST
def reactivate(request: HttpRequest, handle: str) -> HttpResponse:
    return decide(request, handle, actions.reactivate, because_form=BecauseForm(request.POST))


@require_POST
@reauthentication_required
def erase(request: HttpRequest, handle: str) -> HttpResponse:
    member = member_in_my_care(request, handle)
    form = EraseForm(request.POST, auto_id="erase-%s", member=member)
    if not form.is_valid():
        return standing_page(request, member, erase_form=form)
    return redirect(
        "people:standing", actions.erase(by=request.user, member=member, because=form.cleaned_data["because"]).handle
    )


def decide(request: HttpRequest, handle: str, act: Callable[..., Member], **named_form: Form) -> HttpResponse:
    """Do to the member what the one form says, or show the form again."""
    member = member_in_my_care(request, handle)
    (form,) = named_form.values()
    if not form.is_valid():
        return standing_page(request, member, **named_form)
    act(by=request.user, member=member, **form.cleaned_data)
    return redirect("people:standing", member.handle)


def member_in_my_care(request: HttpRequest, handle: str) -> Member:
    """Whose standing the reader may look at; for everybody else there is no such page."""
    if not curates(request.user):
        raise Http404
    return get_object_or_404(Member, handle=handle)


def standing_page(request: HttpRequest, member: Member, *, ending: int = 0, **forms: Form) -> HttpResponse:
    """What somebody is and may do here, and what was decided about him.

    `forms`: one of those below, with what was typed and refused; `ending`: the decision that end_form takes back.
    """
    shown = {
        "role_form": RoleForm(initial={"role": member.role}),
        "because_form": BecauseForm(),
        "sanction_form": SanctionForm(auto_id="sanction-%s", by=request.user),
        "note_form": NoteForm(auto_id="note-%s"),
        "trust_form": TrustForm(auto_id="trust-%s", initial={"trust": member.trust}),
        "release_form": ReasonForm(auto_id="release-%s"),
        "end_form": ReasonForm(auto_id="end-%s"),
        "erase_form": EraseForm(auto_id="erase-%s", member=member),
        "ending": ending,
    } | forms
    verdicts = {
        "may_set_role": may_set_role(request.user, member),
        "may_deactivate": may_deactivate(request.user, member),
        "may_erase": may_erase(request.user, member),
        "may_sanction": may_sanction(request.user, member),
        "may_set_trust": may_set_trust(request.user, member),
    }
    about: dict[str, Any] = {"member": member, "sanctions": Sanction.objects.filter(member=member).for_page()}
    about["hold"] = TrustChange.objects.holding().filter(member=member).select_related("by").first()
    if verdicts["may_sanction"]:
        about["notes"] = PersonNote.objects.filter(member=member).select_related("by")
    return render(request, "people/standing.html", about | shown | verdicts, status=422 if forms else 200)


@require_GET
def face(request: HttpRequest, handle: str) -> HttpResponse:
    member = get_object_or_404(Member.objects.called(handle).only("handle", "role"))
    response = HttpResponse(faces.face(member.handle, of_team=member.is_team), content_type="image/svg+xml")
    named = request.GET.get("v") == faces.version(member.handle, of_team=member.is_team)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if named else "public, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click and you are somebody of the demo. Its address exists only where the settings open this door."""
    limits.spend("demo sign-in", limits.address(request), limits.ENTERING)
    handle = request.POST.get("handle", "")
    if handle not in dict(settings.DEMO_PEOPLE):
        raise Http404
    member = get_object_or_404(Member.objects.active(), handle=handle)
    logout(request)
    # Nobody reads the mail of these people.
    return perform_login(request, member, email_verification="none", redirect_url=get_next_redirect_url(request))


def enter_pages(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whom it does not let in: strangers sign in, members learn that it is not for them."""
    onward = get_next_redirect_url(request) or "/cms/"
    if not request.user.is_authenticated:
        return redirect_to_login(onward)
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise NotAllowed(_("Only those who edit our pages come in here."))
    return redirect(onward)


def contributions_of(member: Member, reader: Any) -> dict[str, Paginator]:
    """What the reader may find of the member's: replies, threads, confirmed answers, and what he is thanked for."""
    readable = Thread.objects.visible_to(reader).shown_in_lists()
    thanks = Thanks.objects.standing().of_threads(readable).as_read_by(reader).filter(member=member)
    replies = Post.objects.visible_to(reader).shown_in_lists().replies().filter(author=member)
    return {
        "replies": Paginator(_for_listing(replies), ON_A_PAGE),
        "threads": Paginator(readable.by(member).newest_first().for_listing(), ON_A_PAGE),
        "confirmed": Paginator(_for_listing(replies.exclude(confirmed_by_asker_at=None)), ON_A_PAGE),
        "thanks": Paginator(thanks.newest_first().for_page(), ON_A_PAGE),
    }


def _for_listing(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related("thread").order_by("-created_at", "-pk")
