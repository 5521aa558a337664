"""How every page about a thread finds what it is about: what the reader may not see is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from community import prepared
from community.policy import Gone
from community.threads.models import Post, Thread

# What of a thread is brought along for a reader: Thread.objects with more.
type Threads = Callable[[Any], Any]


def all_threads(reader: Any) -> Any:
    return Thread.objects.all()


def with_people(reader: Any) -> Any:
    return Thread.objects.select_related("author", "space")


def with_place(reader: Any) -> Any:
    return Thread.objects.select_related("space__parent", "author", "organisation")


def the_thread(threads: Threads, reader: Any, pk: int) -> Any:
    return threads(reader).visible_to(reader).filter(pk=pk)


def readable_thread(request: HttpRequest, pk: int, threads: Threads = all_threads) -> Thread:
    """The thread if this reader may read it, with what `threads` brings along. Raises Http404; Gone for what was
    removed and could be read before."""
    thread = prepared.first(the_thread, threads, request.user, pk)
    if thread is not None:
        return thread
    removed = Thread.objects.once_visible_to(request.user).removed().filter(pk=pk).first()
    if removed is None:
        raise Http404(_("There is no such thread."))
    because = removed.deleted_because or removed.hidden_because
    raise Gone(_("This was removed. The reason: %(reason)s") % {"reason": because})


def readable_post(request: HttpRequest, pk: int) -> Post:
    """The post, removed or not, if its thread can be read; its place in the record is there for every reader."""
    post = Post.objects.filter(pk=pk).select_related("author").first()
    if post is None:
        raise Http404(_("There is no such post."))
    post.thread = readable_thread(request, post.thread_id, with_place)
    if post.is_note and not post.thread.is_inside(request.user):
        raise Http404(_("There is no such post."))
    return post


def wants_data(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a piece of a page is asked for, to be put into one that is open."""
    return request.headers.get("HX-Request") == "true"


def members_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Visitors go to the sign-in page and come back to the post or thread; scripts are told where it is."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, pk, **more)
        back = reverse("threads:post" if request.path.startswith("/posts/") else "threads:short", args=[pk])
        to_sign_in = redirect_to_login(back)
        if wants_data(request):
            return JsonResponse({"reason": _("Sign in first."), "sign_in": to_sign_in.url}, status=403)
        return to_sign_in

    return guarded
