import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.policy import Invalid, require
from community.threads.models import Post, Thread

from . import actions
from .doors import hooks
from .forms import LinkForm, MakeForm
from .models import OutsideSystem, TicketLink
from .policies import may_link_ticket, may_see_tickets
from .tasks import carry_ticket, look_at_ticket
from .writing import filled

logger = logging.getLogger(__name__)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The threads that are linked to tickets."""
    require(may_see_tickets(request.user))
    links = TicketLink.objects.standing().of_threads(Thread.objects.visible_to(request.user)).for_desk().newest_first()
    page = Paginator(links, 20).get_page(request.GET.get("page"))
    return render(request, "tickets/desk.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    require(may_link_ticket(request.user))
    thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("space"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = LinkForm(sent, thread=thread, initial={"post": request.GET.get("post")})
    if form.is_valid():
        try:
            made = actions.link_ticket(by=request.user, thread=thread, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field, str(invalid.reason))
        else:
            words = _("Linked to %(number)s. The asker reads “with support”.")
            messages.success(request, words % {"number": made.number})
            return redirect(thread)
    links = TicketLink.objects.standing().filter(thread=thread).for_desk().with_troubles().newest_first()
    context = {"form": form, "thread": thread, "links": links}
    return render(request, "tickets/link.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """A new ticket about the thread or one post of it: filled in, read by the agent, then sent."""
    require(may_link_ticket(request.user))
    threads = Thread.objects.visible_to(request.user).select_related(
        "space", "product", "version", "platform", "author"
    )
    thread = get_object_or_404(threads, pk=pk)
    post = about(thread, request.GET.get("post", ""))
    with_private = request.GET.get("with") == "private"
    subject, text = filled(thread, post, with_private=with_private)
    sent = request.POST if request.method == "POST" else None
    form = MakeForm(sent, initial={"subject": subject, "text": text})
    if form.is_valid():
        try:
            actions.make_ticket(by=request.user, thread=thread, post=post, **form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid.reason))
        else:
            messages.success(request, _("The ticket is being made. The asker reads “with support”."))
            return redirect(thread)
    context = {"form": form, "thread": thread, "post": post, "with_private": with_private}
    return render(request, "tickets/make.html", context, status=422 if form.is_bound else 200)


def about(thread: Thread, chosen: str) -> Post:
    """The post that was chosen, else the question."""
    posts = Post.objects.standing().filter(thread=thread).exclude(number=None)
    post = posts.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    return post or get_object_or_404(Post, thread=thread, number=1)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    standing = readable_link(request, pk)
    actions.close_ticket(by=request.user, link=standing)
    carry_ticket.enqueue(standing.pk)
    messages.success(request, _("The ticket system is asked to close %(number)s.") % {"number": standing.called})
    return redirect(standing.thread)


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    standing = readable_link(request, pk)
    actions.send_again(by=request.user, link=standing)
    carry_ticket.enqueue(standing.pk)
    messages.success(request, _("It is sent once more."))
    return redirect("tickets:link", standing.thread_id)


def readable_link(request: HttpRequest, pk: int) -> TicketLink:
    require(may_link_ticket(request.user))
    readable = TicketLink.objects.of_threads(Thread.objects.visible_to(request.user))
    return get_object_or_404(readable.for_desk(), pk=pk)


@login_required
@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    standing = readable_link(request, pk)
    actions.unlink_ticket(by=request.user, link=standing)
    messages.success(request, _("%(number)s is no longer linked.") % {"number": standing.called})
    return redirect(standing.thread)


@csrf_exempt
@require_POST
def hook(request: HttpRequest, slug: str) -> HttpResponse:
    """A ticket system says that something happened there. Its signature stands in for a person who signed in."""
    system = get_object_or_404(OutsideSystem, slug=slug, retired_at=None)
    secret = system.hook_secret
    if not secret:
        raise Http404
    try:
        call = hooks.heard(system.kind, secret=secret, queue=system.queue, headers=request.headers, body=request.body)
    except hooks.Forged as forged:
        logger.warning("call for %s with a signature that does not fit: %s", slug, forged)
        return HttpResponse(status=401)
    except hooks.Unreadable as unreadable:
        logger.warning("call for %s that is about no ticket: %s", slug, unreadable)
        return HttpResponse(status=400)
    for link_id in actions.hear(system=system, call=call):
        look_at_ticket.enqueue(link_id)
    return HttpResponse(status=202)
