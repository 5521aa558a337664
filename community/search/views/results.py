from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import limits
from community.prose import excerpt
from community.search.excerpts import found_in
from community.search.queries import Asked, found, in_this_order, thread_numbered
from community.threads.lists import FOR_ALL
from community.threads.models import Thread
from community.threads.rows import row_of
from community.threads.views.lists import chosen_space, chosen_tag, filters, number

ON_A_PAGE = 20
LONGEST = 200
# Enough to find the place of the words in any post that a person wrote.
READ_FOR_EXCERPT = 20_000


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    asked = Asked(request.GET.get("q", "")[:LONGEST])
    space, tag = chosen_space(request), chosen_tag(request)
    context = {
        "asked": asked,
        "search_query": asked.text,
        "filters": filters(request, space),
        "states": [(key, words) for key, (words, _condition) in FOR_ALL.items() if key != "latest"],
        "show": request.GET.get("show", ""),
        "tag": tag,
    }
    if asked.words:
        spend_on_searching(request)
        if numbered := thread_numbered(asked, request.user):
            context["numbered"] = row_of(numbered, request.user)
        context["page"] = page = page_of(request, asked, space, tag)
        for post in page.object_list:
            post.title_found = found_in(post.thread.title, asked.words)
            post.found = found_in(excerpt(post.html, READ_FOR_EXCERPT), asked.words)
            post.row = row_of(post.thread, request.user)
    return render(request, "search/results.html", context)


def page_of(request: HttpRequest, asked: Asked, space, tag) -> Page:
    ids = found(asked, request.user, narrowed(request, space, tag))
    paginator = Paginator(ids, ON_A_PAGE)
    asked_page = number(request.GET.get("page", "1"))
    if asked_page is None or asked_page > paginator.num_pages:
        raise Http404(_("This search has %(count)s pages.") % {"count": paginator.num_pages})
    page = paginator.page(asked_page)
    page.object_list = in_this_order(page.object_list)
    return page


def narrowed(request: HttpRequest, space, tag):
    """The threads the filters leave, or None when nothing was chosen."""
    threads = Thread.objects.all()
    chosen = False
    if space:
        threads, chosen = threads.in_space(space), True
    if tag:
        threads, chosen = threads.tagged(tag), True
    for name in ("product", "version", "platform"):
        if value := number(request.GET.get(name, "")):
            threads, chosen = threads.filter(**{f"{name}_id": value}), True
    show = request.GET.get("show", "")
    if show and show in FOR_ALL:
        threads, chosen = threads.filter(FOR_ALL[show][1]), True
    return threads if chosen else None


def spend_on_searching(request: HttpRequest) -> None:
    who = str(request.user.pk) if request.user.is_authenticated else limits.client(request)
    limits.spend("search", who, limits.SEARCHING)
