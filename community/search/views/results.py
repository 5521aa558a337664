from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import kept, limits
from community.people.models import Member
from community.prose import excerpt
from community.prose.stems import beginnings_of
from community.search.excerpts import beginning_with, found_in
from community.search.narrowing import SUPPORT, Found, begins
from community.search.queries import Asked, Hit, found, in_this_order, thread_numbered
from community.search.similar import articles_like, roots_of
from community.threads.facets import ABOUT
from community.threads.models import Thread
from community.threads.rows import marks, row_of, turn_of
from community.threads.views.lists import chosen_numbers, chosen_space, chosen_tag, number

ON_A_PAGE = 20
# Links to other posts of the same thread.
MOST_BESIDE = 5
LONGEST = 200
# Enough to find the place of the words in any post that a person wrote.
READ_FOR_EXCERPT = 20_000


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    asked = Asked(request.GET.get("q", "")[:LONGEST])
    space, tag, by = chosen_space(request), chosen_tag(request), chosen_author(request)
    context = {"asked": asked, "search_query": asked.text, "tag": tag, "chosen": chosen_in(request)}
    if asked.words:
        spend_on_searching(request)
        if numbered := thread_numbered(asked, request.user):
            context["numbered"] = row_of(numbered, request.user)
        tagged = Thread.objects.tagged(tag) if tag else None
        hits = Found(
            found(asked, request.user, tagged, begins()),
            request.GET,
            reader=request.user,
            space=space,
            chosen=chosen_numbers(request),
            by=by,
        )
        context["facets"] = hits.facets()
        if "page" not in request.GET:
            roots = roots_of(asked.text)
            context["articles"] = articles_like(roots, product_id=chosen_numbers(request)["product"]) if roots else []
        context["page"] = page = page_of(request, list(hits.threads().values()))
        words = {*asked.words, *(beginning for word in asked.words for beginning in beginnings_of(word))}
        sought = beginning_with(words)
        for post in page.object_list:
            post.title_found = found_in(post.thread.title, sought)
            post.found = found_in(excerpt(post.html, READ_FOR_EXCERPT), sought)
            post.turn, post.turn_since, post.turn_more, post.tone = turn_of(post.thread, request.user)
            post.marks = marks(post.thread) if post.thread.is_question else None
    return kept.same_for_visitors(request, render(request, "search/results.html", context), kept.LISTS, kept.FOUND)


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """What narrows the search, as the address says it: other words are looked for in the same place."""
    return {name: request.GET[name] for name in (*ABOUT, "tag", "show", "when", "by") if request.GET.get(name)}


def chosen_author(request: HttpRequest) -> Any:
    by = request.GET.get("by", "")
    if not by or by == SUPPORT:
        return by or None
    if (member := Member.objects.called(by).first()) is None:
        raise Http404(_("There is nobody with this name."))
    return member


def page_of(request: HttpRequest, threads: list[list[Hit]]) -> Page:
    """The best post of each thread, with the next best of the same thread as `post.also`."""
    paginator = Paginator(threads, ON_A_PAGE)
    asked_page = number(request.GET.get("page", "1"))
    if asked_page is None or asked_page > paginator.num_pages:
        raise Http404(_("This search has %(count)s pages.") % {"count": paginator.num_pages})
    page = paginator.page(asked_page)
    others = {best.pk: others for best, *others in page.object_list}
    page.object_list = in_this_order(list(others))
    for post in page.object_list:
        post.also = others[post.pk][:MOST_BESIDE]
        post.more = len(others[post.pk]) - len(post.also)
    return page


def spend_on_searching(request: HttpRequest) -> None:
    who = str(request.user.pk) if request.user.is_authenticated else limits.client(request)
    limits.spend("search", who, limits.SEARCHING)
