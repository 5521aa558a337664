"""A page of rows that stand in one of several lists: which list is asked for, and how many are in each."""

from typing import Any

from django.db.models import Count, Q
from django.db.models.query import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from community.threads.lists import Tab

# By the word in the address: what the list is called, and what stands in it. The first is shown without a word.
type Lists = dict[str, tuple[Any, Q]]


def asked_for(request: HttpRequest, lists: Lists) -> str:
    """Raises Http404 for a list that there is not."""
    show = request.GET.get("show") or next(iter(lists))
    if show not in lists:
        raise Http404(_("There is no such list."))
    return show


def counted(rows: QuerySet, lists: Lists) -> dict[str, int]:
    """How many of the rows stand in each list; one query."""
    return rows.aggregate(**{key: Count("pk", filter=condition) for key, (_words, condition) in lists.items()})


def tabs_of(lists: Lists, counts: dict[str, int], *, show: str, of: str) -> list[Tab]:
    """`of`: the name of the address at which the lists are."""
    first, at = next(iter(lists)), reverse(of)
    return [
        Tab(key, words, at if key == first else f"{at}?show={key}", counts[key], key == show)
        for key, (words, _condition) in lists.items()
    ]
