"""How every page about a thread finds what it is about: what the reader may not see is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import FETCH_RAISE
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from community.people.models import Member, Role
from community.people.policies import answers_officially, is_team
from community.policy import Gone
from community.prepared import Prepared
from community.threads.models import Post, Thread


def a_customer(pk: int) -> Member:
    """A member of whom no more is known than what makes a customer: asking anything else of him raises."""
    known = {"id": pk, "role": Role.CUSTOMER, "is_active": True, "suspended_at": None}
    return Member.from_db(None, list(known), list(known.values()), fetch_mode=FETCH_RAISE)


# What somebody sees of a thread depends on nothing of a customer but his key, or this could not be made.
SEEN_BY_CUSTOMER = Prepared(lambda reader_pk, pk: Thread.objects.visible_to(a_customer(reader_pk)).filter(pk=pk))


def readable_thread(request: HttpRequest, pk: int, threads: Any = None) -> Thread:
    """The thread if this reader may read it. Raises Http404; Gone for what was removed and could be read before."""
    reader = request.user
    if threads is None and reader.is_authenticated and not (is_team(reader) or answers_officially(reader)):
        thread = SEEN_BY_CUSTOMER.first(reader.pk, pk)
    else:
        thread = (Thread.objects.all() if threads is None else threads).visible_to(reader).filter(pk=pk).first()
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
    threads = Thread.objects.select_related("space__parent", "author", "organisation")
    post.thread = readable_thread(request, post.thread_id, threads)
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
