from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import clock, kept, prepared
from community.spaces.models import Product, Space, Tag
from community.threads.actions.keeping_filters import plain_query
from community.threads.facets import NARROWS, Narrowing
from community.threads.lists import (
    ENDS,
    FOR_ALL,
    PERSONAL,
    QUIET,
    SAVED_IN_SIGHT,
    Counted,
    CountedPaginator,
    Tab,
    counts_of_lists,
    listed,
    lists_for,
    longest_waiting,
    page_of_list,
)
from community.threads.rows import rows_of

# As many pages of a list are read every day.
FIRST_PAGES = 3


@require_safe
def thread_list(request: HttpRequest) -> HttpResponse:
    return list_page(request, heading=_("Questions"), space=chosen_space(request), tag=chosen_tag(request))


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    tagged = get_object_or_404(Tag.objects.select_related("merged_into"), slug=name)
    if tagged.merged_into:
        return HttpResponsePermanentRedirect(tagged.merged_into.get_absolute_url())
    return list_page(
        request,
        heading=tagged.name,
        about=tagged.description,
        space=chosen_space(request),
        tag=tagged,
        feed_url=reverse("threads:feed_tag", args=[name]),
        is_tag_page=True,
    )


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    return render(request, "threads/tags.html", {"tags": Tag.objects.in_use().with_counts_for(request.user)})


@require_safe
def new_count(request: HttpRequest) -> JsonResponse:
    """How many threads of a list have had a word since the page was made: {"count": 4}."""
    since = moment(request.GET.get("since", ""))
    threads = filtered(request, chosen_space(request), chosen_tag(request))
    condition = lists_for(request.user).get(asked_for(request), (None, None))[1]
    if since is None or condition is None:
        return JsonResponse({"count": 0})
    return JsonResponse({"count": threads.filter(condition, last_post_at__gt=since).count()})


def list_page(
    request: HttpRequest,
    *,
    heading: str,
    space: Space | None = None,
    tag: Tag | None = None,
    about="",
    feed_url="",
    **more,
) -> HttpResponse:
    """Any list of threads: filters from the query, tabs with their counts, one page of rows."""
    reader = request.user
    lists = lists_for(reader)
    show = asked_for(request)
    if show not in lists:
        if show in PERSONAL:
            return redirect_to_login(request.get_full_path())
        raise Http404(_("There is no such list."))
    where = place_of(request, space, tag)
    counted = Counted(prepared.rows(counts_of_lists, reader, where[0]), lists)
    narrowing = Narrowing(counted.rows(show), request.GET, reader=reader, space=space, chosen=chosen_numbers(request))
    counts = counted.totals(narrowing.fits_all)
    waiting_first = request.GET.get("order", "") == "waiting"
    page = page_of(request, counts[show])
    # What is narrowed further, or lies far behind, is asked in too many ways to keep the SQL of each.
    rows = prepared.rows_once if page.number > FIRST_PAGES or any(where[2:]) else prepared.rows
    which = show, waiting_first, (page.number - 1) * page.paginator.per_page, page.paginator.per_page
    page.object_list = rows(page_of_list, reader, which, *where)
    longest = rows(longest_waiting, reader, *where) if counts["waiting_us"] else []
    shown_tabs = tabs(request, lists, counts, show)
    saved = saved_tabs(request)
    if current_saved := next((tab for tab in saved if tab.current), None):
        # What it holds was counted for the page anyway; for the others it would be a query each.
        current_saved.count = counts[show]
        # Two tabs cannot both be where one is.
        for tab in shown_tabs:
            tab.current = False
    in_sight = [tab for tab in saved if tab in saved[:SAVED_IN_SIGHT] or tab.current]
    response = render(
        request,
        "threads/thread_list.html",
        {
            "heading": heading,
            "about": about,
            "page": page,
            "canonical": canonical(request, show, page),
            "rows": rows_of(page.object_list, reader),
            "tabs": [tab for tab in shown_tabs if tab.key == show or tab.key not in QUIET],
            "saved_tabs": in_sight,
            "current_saved": current_saved,
            "more_tabs": [tab for tab in shown_tabs if tab.key != show and tab.key in QUIET],
            "more_saved_tabs": [tab for tab in saved if tab not in in_sight],
            "this_list": this_list(request, space, tag),
            "show": show,
            "order": "waiting" if waiting_first else "latest",
            "facets": narrowing.read(with_spaces=not more.get("is_space_page")),
            "product": chosen_product(request),
            "space": space,
            "tag": tag,
            "feed_url": feed_url or general_feed(show),
            "waiting_for_us": counts["waiting_us"],
            "longest_waiting": longest[0] if longest else None,
            "count_url": count_url(request, space, tag),
            **more,
        },
    )
    return kept.same_for_visitors(request, response, kept.LISTS)


def asked_for(request: HttpRequest) -> str:
    """The list the query names; the latest threads if it names none."""
    return request.GET.get("show") or "latest"


def canonical(request: HttpRequest, show: str, page: Page) -> str:
    """The one address of a list: narrowing or turning it round makes no other page of it."""
    kept_words = {"show": show} if show != "latest" else {}
    if page.number > 1 and not request.GET.keys() - {"show", "page"}:
        kept_words["page"] = str(page.number)
    return f"{request.path}?{urlencode(kept_words)}" if kept_words else request.path


def general_feed(show: str) -> str:
    """The feed of a list that every visitor may ask for, of the latest threads for a list of one's own."""
    return reverse("threads:feed") + (f"?show={show}" if show in FOR_ALL and show != "latest" else "")


def count_url(request: HttpRequest, space: Space | None, tag: Tag | None) -> str:
    """Where an open page asks how much of its own list has changed since it was made."""
    query = request.GET.copy()
    query.pop("page", None)
    # On the page of a space or a tag it is the address that names it, not the query.
    for name, chosen in (("space", space), ("tag", tag)):
        if chosen:
            query[name] = chosen.slug
    query["since"] = clock.now().isoformat()
    return f"{reverse('threads:new_count')}?{query.urlencode()}"


def filtered(request: HttpRequest, space: Space | None, tag: Tag | None):
    """The threads this reader may read that fit the filters of the query."""
    return listed(request.user, *place_of(request, space, tag))


def place_of(request: HttpRequest, space: Space | None, tag: Tag | None) -> tuple[int | None, ...]:
    """Where the list stands, as `lists.listed` takes it."""
    return tag and tag.pk, space and space.pk, *chosen_numbers(request).values()


def chosen_numbers(request: HttpRequest) -> dict[str, int | None]:
    return {name: number(request.GET.get(name, "")) for name in NARROWS}


def chosen_product(request: HttpRequest) -> Product | None:
    asked = request.GET.get("product")
    return Product.objects.filter(pk=number(asked) or 0).first() if asked else None


def this_list(request: HttpRequest, space: Space | None, tag: Tag | None) -> str:
    """What names this list anywhere: on the page of a space or a tag the address does so, not the query."""
    query = request.GET.copy()
    for name, chosen in (("space", space), ("tag", tag)):
        if chosen:
            query[name] = chosen.slug
    return plain_query(query.urlencode())


def saved_tabs(request: HttpRequest) -> list[Tab]:
    """The lists the reader has named. Which one is shown is told by its address, so only there."""
    if not request.user.is_authenticated:
        return []
    here = plain_query(request.GET.urlencode()) if request.path == reverse("threads:list") else None
    return [
        Tab(f"saved-{saved.pk}", saved.name, saved.url, None, saved.query == here, saved.pk)
        for saved in request.user.saved_filters.all()
    ]


def tabs(request: HttpRequest, lists: dict, counts: dict, show: str) -> list[Tab]:
    made = []
    for key, (words, _condition) in lists.items():
        count = counts[key]
        if key in ENDS and key != show and not count:
            continue
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("show", None)
        if key != "latest":
            query["show"] = key
        made.append(Tab(key, words, f"?{query.urlencode()}" if query else request.path, count, key == show))
    return made


def page_of(request: HttpRequest, count: int) -> Page:
    """The page the query asks for, still empty; a number that is none, or too high, is not found."""
    paginator = CountedPaginator((), count)
    asked = request.GET.get("page", "1")
    page = number(asked)
    if page is None or not 1 <= page <= max(1, paginator.num_pages):
        raise Http404(_("This list has %(count)s pages.") % {"count": paginator.num_pages})
    return paginator.page(page)


def chosen_space(request: HttpRequest) -> Space | None:
    if slug := request.GET.get("space"):
        return get_object_or_404(Space.objects.visible_to(request.user).select_related("parent"), slug=slug)
    return None


def chosen_tag(request: HttpRequest) -> Tag | None:
    if slug := request.GET.get("tag"):
        tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)
        return tag.merged_into or tag
    return None


def number(text: str) -> int | None:
    """A positive number that a database can look for, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else None


def moment(text: str) -> datetime | None:
    try:
        parsed = parse_datetime(text)
    except ValueError:
        return None
    return parsed if parsed and parsed.tzinfo else None
