from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.threads.models import Thread
from community.threads.views.lists import chosen_tag, list_page

from .models import Space


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    spaces = list(Space.objects.visible_to(request.user).as_tree())
    open_counts = Thread.objects.visible_to(request.user).shown_in_lists().open_by_space()
    return render(request, "spaces/space_list.html", {"tree": tree(spaces, open_counts)})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    space = get_object_or_404(Space.objects.visible_to(request.user).select_related("parent"), slug=slug)
    return list_page(
        request,
        heading=space.name,
        about=space.description,
        space=space,
        tag=chosen_tag(request),
        feed_url=reverse("threads:feed_space", args=[slug]) if space.is_open else "",
        is_space_page=True,
    )


def tree(spaces: list[Space], open_counts: dict[int, int]) -> list[tuple[Space, int, list[tuple[Space, int]]]]:
    """Every top space with its open threads, its own and those of the spaces under it, and these spaces."""
    made = []
    for top in (space for space in spaces if space.parent_id is None):
        children = [(space, open_counts.get(space.pk, 0)) for space in spaces if space.parent_id == top.pk]
        made.append((top, open_counts.get(top.pk, 0) + sum(count for _space, count in children), children))
    return made
