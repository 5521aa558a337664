"""The pages on which administrators say what is watched and what is read before it is published, and try it first."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.policy import require
from community.spaces.models import Space

from .. import actions
from ..forms_for_watching import RuleForm, WordForm
from ..models import ApprovalRule, WatchedWord
from ..policies import may_curate, may_watch
from ..trying import Trial, try_rule, try_word
from .people import done
from .tabs import tabs

EVERYWHERE = "everywhere"


@login_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    require(may_curate(request.user))
    rows = WatchedWord.objects.prefetch_related("spaces").order_by("pattern")
    return render(request, "moderation/words.html", {"words": rows, "may": may_watch(request.user)} | tabs("words"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word_add(request: HttpRequest) -> HttpResponse:
    require(may_watch(request.user))
    return word_page(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word_change(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_watch(request.user))
    return word_page(request, get_object_or_404(WatchedWord, pk=pk))


def word_page(request: HttpRequest, word: WatchedWord | None) -> HttpResponse:
    form = WordForm(request.POST if request.method == "POST" else None, instance=word)
    trial = None
    if request.POST.get("do") == "try":
        if form.is_valid() and done(form, lambda: actions.check_pattern(form.cleaned_data["pattern"])):
            trial = try_word(
                request.user, form.cleaned_data["pattern"], [space.pk for space in form.cleaned_data["spaces"]]
            )
    elif form.is_bound and done(form, lambda: actions.watch_word(by=request.user, word=word, **form.cleaned_data)):
        messages.success(request, _("Kept. It counts from the next text on."))
        return redirect("moderation:words")
    return watching_page(request, "moderation/word.html", form, trial, word=word)


@login_required
@require_POST
def word_drop(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_watch(request.user))
    actions.drop_word(by=request.user, word=get_object_or_404(WatchedWord, pk=pk))
    messages.success(request, _("Nobody looks for it any more."))
    return redirect("moderation:words")


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rule for all and those of the spaces."""
    require(may_curate(request.user))
    by_space = {rule.space_id: rule for rule in ApprovalRule.objects.all()}
    places = [(None, by_space.get(None))]
    places += [(space, by_space.get(space.pk)) for space in Space.objects.visible_to(request.user).as_tree()]
    return render(request, "moderation/rules.html", {"places": places, "may": may_watch(request.user)} | tabs("rules"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """What is read first in one space, or under `everywhere` in all of them."""
    require(may_watch(request.user))
    space = None
    if slug != EVERYWHERE:
        space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
    found = ApprovalRule.objects.filter(space=space).first() or ApprovalRule(space=space)
    form = RuleForm(request.POST if request.method == "POST" else None, instance=found)
    trial = None
    if request.POST.get("do") == "try":
        if form.is_valid():
            trial = try_rule(request.user, form.instance)
    elif form.is_bound and done(form, lambda: actions.set_rule(by=request.user, space=space, **form.cleaned_data)):
        messages.success(request, _("Kept. It counts from the next text on."))
        return redirect("moderation:rules")
    return watching_page(request, "moderation/rule.html", form, trial, space=space, slug=slug)


def watching_page(request: HttpRequest, page: str, form: Form, trial: Trial | None, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page, {"form": form, "trial": trial} | more, status=status)
