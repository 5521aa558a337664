"""What is offered to somebody who asks, while the question is being written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import clock, kept, limits
from community.policy import NotAllowed
from community.search.read_before import Opened, opened_by, remember
from community.search.similar import Similar, articles_numbered, similar_to
from community.threads.forms import Line, Words
from community.threads.views.finding import readable_thread
from community.threads.views.lists import number


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of the ask form: what resembles the `title` and `body` so far, for the chosen `product`."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in to ask."))
    limits.spend("similar", limits.client(request), limits.TYPING)
    title = Line().to_python(request.GET.get("title", ""))
    body = Words().to_python(request.GET.get("body", ""))
    found = similar_to(title, body, request.user, product_id=number(request.GET.get("product", "")))
    response = render(request, "threads/_similar.html", offered(request, found))
    patch_cache_control(response, private=True, no_store=True)
    return response


def offered(request: HttpRequest, found: Similar) -> dict:
    """What threads/_similar.html shows."""
    opened = opened_so_far(request)
    known = {(one.kind, one.key) for one in opened}
    return {
        "similar": found,
        "opened": opened,
        "read_threads": {key for kind, key in known if kind == "thread"},
        "read_articles": {key for kind, key in known if kind == "article"},
    }


def opened_so_far(request: HttpRequest) -> list[Opened]:
    return opened_by(request.user, request.session, now=clock.now())


@require_safe
def similar_to_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of a thread's page, fetched when the page is there: it costs as much as the page itself."""
    thread = readable_thread(request, pk)
    limits.spend("similar", limits.client(request), limits.TYPING)
    found = similar_to(thread.title, "", request.user, product_id=thread.product_id, apart_from=thread.pk)
    response = render(request, "threads/_beside.html", {"similar": found})
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return kept.same_for_visitors(request, response, kept.of_thread(thread.pk), kept.LISTS)


@require_safe
def read_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """To a thread that was offered; that it was opened is remembered until the question is sent."""
    thread = readable_thread(request, pk)
    if request.user.is_authenticated:
        remember(request.session, "thread", thread.pk, at=clock.now())
    return to(thread.get_absolute_url())


@require_safe
def read_article(request: HttpRequest, pk: int) -> HttpResponse:
    found = articles_numbered([pk])
    if not found:
        raise Http404(_("There is no such article."))
    if request.user.is_authenticated:
        remember(request.session, "article", pk, at=clock.now())
    return to(found[0].url)


def to(address: str) -> HttpResponse:
    response = redirect(address)
    patch_cache_control(response, private=True, no_store=True)
    return response
