from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import limits
from community.limits import TooOften
from community.people.policies import curates
from community.policy import OutOfStep, Refusal, require
from community.threads import actions
from community.threads.differences import changes_between
from community.threads.forms import EditForm, ReasonForm, RetitleForm
from community.threads.models import Post, Thread
from community.threads.policies import may_delete, may_edit, may_retag, may_retitle, may_see_history
from community.threads.revisions import edits_of

from .finding import readable_thread
from .writing import attach_sent_files, is_clean, preview_of, refuse, sign_in_first, with_patience

EDITS_ON_A_PAGE = 10


def post_to_read(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_to_read(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if request.method != "POST":
        require(may_edit(request.user, post))
        begun = {"body": post.body, "kind": post.kind, "seen_revision": post.revision_count}
        return edit_page(request, post, EditForm(initial=begun, member=request.user, post=post))
    data, not_taken = attach_sent_files(request)
    form = EditForm(data, member=request.user, post=post)
    is_ready = is_clean(form, not_taken)
    if request.POST.get("do") == "preview":
        return edit_page(request, post, form)
    if not is_ready:
        return edit_page(request, post, form, status=422)
    sent = form.cleaned_data | {"kind": form.cleaned_data.get("kind") or None}
    try:
        limits.spend("edit", limits.client(request), limits.EDITING)
        post = actions.edit_post(by=request.user, post=post, **sent)
    except OutOfStep as conflict:
        return edited_meanwhile(request, pk, form, conflict)
    except (Refusal, TooOften) as refusal:
        return with_patience(edit_page(request, post, form, status=refuse(form, refusal)), refusal)
    return redirect(post.get_absolute_url())


def edited_meanwhile(request: HttpRequest, pk: int, form: EditForm, conflict: OutOfStep) -> HttpResponse:
    """Two edits at once: both texts, what differs, and a form that saves this one over the other if sent again."""
    post = post_to_read(request, pk)
    status = refuse(form, conflict)
    form.data = form.data.copy()
    form.data["seen_revision"] = post.revision_count
    differences = changes_between(post.body, form.cleaned_data["body"])
    return edit_page(request, post, form, status=status, theirs=post, differences=differences)


def edit_page(request: HttpRequest, post: Post, form: EditForm, *, status: int = 200, **more) -> HttpResponse:
    body = form["body"].value() or ""
    preview = preview_of(body) if request.POST.get("do") == "preview" else ""
    context = {"post": post, "thread": post.thread, "form": form, "body": body, "preview": preview}
    context["retitle"] = may_retitle(request.user, post.thread) if post.is_first else None
    return render(request, "threads/edit_post.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retitle(request: HttpRequest, pk: int) -> HttpResponse:
    thread = readable_thread(request, pk)
    if request.method != "POST":
        require(may_retag(request.user, thread))
        return retitle_page(request, thread, retitle_form(request, thread))
    form = retitle_form(request, thread, request.POST)
    if not form.is_valid():
        return retitle_page(request, thread, form, status=422)
    try:
        limits.spend("edit", limits.client(request), limits.EDITING)
        thread = actions.retitle_thread(by=request.user, thread=thread, **form.cleaned_data)
    except (Refusal, TooOften) as refusal:
        return with_patience(retitle_page(request, thread, form, status=refuse(form, refusal)), refusal)
    return redirect(thread.get_absolute_url())


def retitle_form(request: HttpRequest, thread: Thread, data: Any = None) -> RetitleForm:
    """Whoever may change the tags only is shown the title, and what he sends of it does not count."""
    begun = {"title": thread.title, "tags": ", ".join(thread.tags.values_list("name", flat=True))}
    form = RetitleForm(data, initial=begun)
    form.fields["title"].disabled = bool(may_retag(request.user, thread)) and not may_retitle(request.user, thread)
    return form


def retitle_page(request, thread, form, *, status=200) -> HttpResponse:
    return render(request, "threads/retitle.html", {"thread": thread, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_to_read(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST":
        require(may_delete(request.user, post))
        return delete_page(request, post, form)
    if not form.is_valid():
        return delete_page(request, post, form, status=422)
    try:
        post = actions.delete_post(by=request.user, post=post, because=form.cleaned_data["because"])
    except Refusal as refusal:
        return delete_page(request, post, form, status=refuse(form, refusal))
    if post.is_first:
        return redirect("threads:list")
    return redirect(post.get_absolute_url())


def delete_page(request, post, form, *, status=200) -> HttpResponse:
    context = {"post": post, "thread": post.thread, "form": form}
    return render(request, "threads/delete_post.html", context, status=status)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """What was deleted is found by those who may take it back, and by nobody else."""
    deleted = Post.objects.exclude(deleted_at=None)
    if not curates(request.user):
        # A question took its thread along; a reply is where its thread can still be read.
        in_reach = Q(number=1) | Q(thread__in=Thread.objects.visible_to(request.user))
        deleted = deleted.filter(in_reach, author=request.user)
    post = actions.restore_post(by=request.user, post=get_object_or_404(deleted, pk=pk))
    return redirect(post.get_absolute_url())


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every edit of a post, the latest first: who, when, why, and the words that went and came."""
    post = post_to_read(request, pk)
    require(may_see_history(request.user, post))
    revisions = post.revisions.select_related("editor").order_by("-number")
    page = Paginator(revisions, EDITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"post": post, "thread": post.thread, "page": page, "edits": edits_of(post, page.object_list)}
    return render(request, "threads/history.html", context)
