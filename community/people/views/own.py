"""What members do with their own account: profile, language, whom they hear, their data, going for good."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from community import clock, languages
from community.people import actions
from community.people.forms import LeaveForm, ProfileForm
from community.people.models import FETCHED_WITHIN, Export, Member, Muting
from community.people.policies import may_ask_for_data, may_erase


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    # A second instance: the form must not change the reader whose name stands in the masthead.
    form = ProfileForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(by=form.instance, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("people:settings")
    return render(request, "people/settings.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_language(request: HttpRequest) -> HttpResponse:
    """A member's choice is kept with the member; a visitor's in this browser, and nothing is before there is one."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen, onward = languages.known(asked.get("language", "")), asked.get("next", "")
    if request.method != "POST" or not chosen:
        choices = sorted(settings.LANGUAGES, key=lambda pair: pair[0] != (chosen or request.LANGUAGE_CODE))
        with languages.speaking(chosen or request.LANGUAGE_CODE):
            shown = {"choices": choices, "onward": onward}
            return render(request, "people/language.html", shown, status=422 if request.method == "POST" else 200)
    here = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(onward if here else "/")
    if request.user.is_authenticated:
        actions.choose_language(by=request.user, language=chosen)
        # What was chosen before signing in is no longer asked.
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


@login_required
@require_GET
def muted(request: HttpRequest) -> HttpResponse:
    """From whom the reader hears nothing, each with the way back."""
    mutings = Muting.objects.filter(by=request.user).select_related("member").order_by("-at", "-pk")
    return render(request, "people/muted.html", {"mutings": mutings})


@login_required
@require_POST
def mute(request: HttpRequest, handle: str) -> HttpResponse:
    """What is done is the button: mute, block, or hear again."""
    member = get_object_or_404(Member, handle=handle)
    match request.POST.get("do"):
        case "mute" | "block" as wish:
            actions.mute(by=request.user, member=member, blocks=wish == "block")
        case _:
            actions.unmute(by=request.user, member=member)
    return redirect("people:muted")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actions.ask_for_data(by=request.user)
        return redirect("people:own_data")
    exports = list(Export.objects.filter(member=request.user).order_by("-asked_at"))
    may = may_ask_for_data(request.user, exports[0].asked_at if exports else None)
    return render(request, "people/own_data.html", {"exports": [e for e in exports if is_there(e)], "may": may})


@login_required
@require_safe
@never_cache
@reauthentication_required
def fetch_data(request: HttpRequest, key: UUID) -> FileResponse:
    """Only for its owner, who proves it once more; for everybody else there is no such archive."""
    export = get_object_or_404(Export.objects.filter(member=request.user).exclude(ready_at=None), key=key)
    if not is_there(export):
        raise Http404
    name = f"{request.user.handle}-{export.ready_at:%Y-%m-%d}.zip"
    return FileResponse(export.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


def is_there(export: Export) -> bool:
    """Also until the hourly task comes round, nothing is given after its time."""
    return export.ready_at is None or clock.now() < export.ready_at + FETCHED_WITHIN


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def leave(request: HttpRequest) -> HttpResponse:
    """A member erases the account; what goes and what stays is said before."""
    form = LeaveForm(request.POST or None, member=request.user)
    may = may_erase(request.user, request.user)
    if request.method == "POST" and form.is_valid():
        actions.erase(by=request.user, member=request.user)
        logout(request)
        messages.success(request, _("Your account is erased. What you wrote stays, as a former member's."))
        return redirect("threads:list")
    return render(request, "people/leave.html", {"form": form, "may": may}, status=422 if form.is_bound else 200)
