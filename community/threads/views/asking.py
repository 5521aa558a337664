from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import limits, prose
from community.desk.actions import ask_in_time
from community.desk.forms import QuestionDraftForm, QuestionForm
from community.desk.views.deadlines import say_how_it_stands
from community.limits import TooOften
from community.people.policies import may_write
from community.policy import Refusal
from community.search.read_before import as_rows, forget
from community.search.similar import Similar, similar_to
from community.search.views.offering import offered, opened_so_far
from community.spaces.models import Space
from community.threads import actions
from community.threads.actions.asking import TITLE_LENGTH
from community.threads.forms import Line, Words, fresh_token
from community.threads.gate import HeldBack
from community.threads.models import Draft, Genre, Thread
from community.threads.signs import signs_of

from .lists import number
from .writing import (
    attach_sent_files,
    is_clean,
    preview_of,
    refuse,
    say_it_was_sent,
    say_whom_it_does_not_reach,
    sign_in_first,
    take_what_was_typed,
    with_patience,
)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A new thread. `?space=<slug>`, and what another app shares as `?title=`, `?text=` and `?url=`, begin the form."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if request.method != "POST":
        if typed := take_what_was_typed(request):
            keep_question(request, QuestionDraftForm(typed))
        return begun_page(request)
    data, not_taken = attach_sent_files(request)
    form = QuestionForm(data, member=request.user)
    is_ready = is_clean(form, not_taken)
    if request.POST.get("do") == "preview":
        return ask_page(request, form)
    if request.POST.get("do") == "keep":
        return keep_and_leave(request, form)
    if not is_ready:
        return ask_page(request, form, status=422)
    if "look" in request.POST and (found := resembling(request, form)):
        return ask_page(request, form, found=found, looks=True)
    sent = form.cleaned_data
    opened = opened_so_far(request)
    try:
        limits.spend("ask", limits.client(request), limits.ASKING)
        signs = signs_of(request)
        thread = ask_in_time(by=request.user, read_before=as_rows(opened), signs=signs, **sent)
    except HeldBack:
        # It is kept with the question, and is none of the next one.
        forget(request.session)
        raise
    except (Refusal, TooOften) as refusal:
        return with_patience(ask_page(request, form, status=refuse(form, refusal)), refusal)
    if not thread.is_fresh and said_in(thread) != (sent["title"], sent["body"]):
        return asked_before(request, form, thread)
    forget(request.session)
    say_whom_it_does_not_reach(request, sent["body"])
    say_how_it_stands(request, thread)
    return say_it_was_sent(redirect(thread), sent["token"])


def said_in(thread: Thread) -> tuple[str, str]:
    return thread.title, thread.posts.values_list("body", flat=True).get(number=1)


def begun_page(request: HttpRequest) -> HttpResponse:
    draft = Draft.objects.for_place(request.user).first()
    begun: dict = {"genre": Genre.QUESTION, "audience": "everyone", "token": fresh_token()}
    if slug := request.GET.get("space"):
        begun["space"] = Space.objects.open_for_posting(request.user).filter(slug=slug[:80]).first()
    title, words = shared(request)
    if draft:
        begun |= draft.fields | {"title": draft.title, "body": draft.body}
        # What was begun stays as it is; what is shared now stands below it, once however often the page is loaded.
        told = ("" if draft.title in ("", title) else title, words)
        words = "\n\n".join(part for part in told if part and part not in draft.body)
    begun["title"] = begun.get("title") or title
    begun["body"] = "\n\n".join(part for part in (begun.get("body", "").rstrip(), words) if part)
    return ask_page(request, QuestionForm(initial=begun, member=request.user), draft=draft, shared=words)


def shared(request: HttpRequest) -> tuple[str, str]:
    """Title and words with which the form is to begin. Apps put an address wherever they like; it comes once."""
    title = Line().to_python(request.GET.get("title", ""))[:TITLE_LENGTH]
    text, address = (Words().to_python(request.GET.get(name, "")).strip() for name in ("text", "url"))
    words = text if address in text else f"{text}\n\n{address}".strip()
    return title, words[: prose.MAX_LENGTH]


def ask_page(
    request: HttpRequest, form: QuestionForm, *, status: int = 200, found: Similar | None = None, **more
) -> HttpResponse:
    """The form, with what resembles it. `looks`: it was sent, and is shown once more because of that."""
    body = form["body"].value() or ""
    preview = preview_of(body) if request.POST.get("do") == "preview" else ""
    token = form["token"].value() or fresh_token()
    context = {"form": form, "body": body, "preview": preview, "token": token, "may": may_write(request.user)} | more
    context |= offered(request, resembling(request, form) if found is None else found)
    return render(request, "threads/ask.html", context, status=status)


def resembling(request: HttpRequest, form: QuestionForm) -> Similar:
    """What was asked or explained before and is like the question in the form."""
    title, body, product = (str(form[name].value() or "") for name in ("title", "body", "product"))
    return similar_to(title, body, request.user, product_id=number(product))


def keep_and_leave(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    try:
        keep_question(request, QuestionDraftForm(form.data))
    except Refusal as refusal:
        return ask_page(request, form, status=refuse(form, refusal))
    messages.success(request, _("Kept as a draft. Only you see it."))
    return redirect("threads:drafts")


def keep_question(request: HttpRequest, form: QuestionDraftForm) -> Draft | None:
    """The draft of a question as the form has it; None when there is nothing to keep."""
    if not form.is_valid():
        return None
    kept = form.cleaned_data
    return actions.save_draft(
        by=request.user, title=kept["title"], body=kept["body"], fields=form.kept_fields(), token=kept["token"]
    )


def asked_before(request: HttpRequest, form: QuestionForm, thread) -> HttpResponse:
    """The back button brought a form that was sent already, and other words were written into it."""
    form.data = form.data.copy()
    form.data["token"] = ""
    form.add_error(
        None,
        _("You have sent this form before, with other words. Send it again if this is meant as one more question."),
    )
    return ask_page(request, form, status=409, earlier=thread)
