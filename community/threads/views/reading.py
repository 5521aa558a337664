import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import clock, kept, limits, prepared
from community.desk.policies import may_open_aside
from community.desk.queries import show_asides, with_asides
from community.desk.rows import HANDS, at_desk
from community.desk.same_case import with_same_case
from community.live.frames import catch_up
from community.moderation.models import Held
from community.people.policies import answers_officially, is_team
from community.policy import Invalid
from community.requests.views.beside import about_request
from community.spaces.models import Tag
from community.threads import actions
from community.threads.composing import reply_composer
from community.threads.gate import HELD_IN
from community.threads.models import Post, ReadBefore, Thread
from community.threads.pages import outside
from community.threads.pages.best import best_of
from community.threads.pages.merged import merged_into
from community.threads.pages.mine import mark_new, mine
from community.threads.pages.record import Pages, record_of
from community.threads.pages.state import for_reader, state_line
from community.threads.pages.wayfinding import first_of_day, people_of
from community.tickets.models import TicketLink

from .finding import readable_post, readable_thread

# More digits than any page has.
LONGEST_NUMBER = 9
ONE_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """A thread, twenty posts a page; every other spelling of its address leads to the one that stays."""
    thread = readable_thread(request, pk, threads_for_page)
    if thread.is_merged:
        return to_where_it_leads(request, thread)
    asked = request.GET.get("page")
    number = page_number(asked)
    last = Pages(1, thread.post_count).num_pages
    if number > last:
        return redirect(thread.get_absolute_url(last))
    if slug != thread.slug or (asked is not None and asked != str(number)) or asked == "1":
        return HttpResponsePermanentRedirect(thread.get_absolute_url(number))
    return thread_page(request, thread, number)


@require_safe
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a merged thread itself: its words and facts, and what its asker says to the merging."""
    thread = readable_thread(request, pk, threads_for_page)
    number = page_number(request.GET.get("page"))
    if not thread.is_merged or number > Pages(1, thread.post_count).num_pages:
        return redirect(thread)
    return thread_page(request, thread, number)


def threads_for_page(reader: Any) -> Any:
    # Its tags are asked for by themselves: what is prefetched cannot be prepared.
    threads = Thread.objects.for_page().prefetch_related(None)
    if reader.is_authenticated:
        threads = with_asides(threads.with_standing_of(reader))
    if is_team(reader):
        threads = with_same_case(threads.select_related(*HANDS))
    return threads


def threads_with_reading(reader: Any) -> Any:
    return Thread.objects.with_reading_of(reader)


def threads_as_all_read_them(reader: Any) -> Any:
    return Thread.objects.for_page()


def to_where_it_leads(request: HttpRequest, thread: Thread) -> HttpResponse:
    """The address of a merged thread leads on, for ever as long as it is merged: nobody may keep that."""
    if not Thread.objects.visible_to(request.user).filter(pk=thread.merged_into_id).exists():
        return redirect(thread)
    response = HttpResponsePermanentRedirect(f"{thread.merged_into.address}#merged-{thread.pk}")
    patch_cache_control(response, no_cache=True, private=True)
    return response


def page_number(asked: str | None) -> int:
    """The page the address names, 1 if it names none. Raises Http404 for what is no page number."""
    if asked is None:
        return 1
    if not (asked.isascii() and asked.isdecimal() and int(asked[:LONGEST_NUMBER]) > 0):
        raise Http404(_("This thread has no such page."))
    return int(asked) if len(asked) <= LONGEST_NUMBER else 10**LONGEST_NUMBER


def thread_page(request: HttpRequest, thread: Thread, number: int) -> HttpResponse:
    reader = request.user
    if reader.is_authenticated:
        show_asides(thread, reader)
    record = record_of(thread, reader, number)
    own = mine(reader, thread, record.posts)
    mark_new(record, own)
    best = best_of(thread)
    line = state_line(thread, best)
    inside = thread.is_inside(reader)
    read_before = prepared.rows(read_before_asking, thread.pk) if inside else []
    tickets = prepared.rows(tickets_of, thread.pk) if inside else []
    response = render(
        request,
        "threads/thread_detail.html",
        {
            "thread": thread,
            "record": record,
            "page": record.pages,
            "best": best,
            "merged": merged_into(thread),
            "is_solved": bool(thread.accepted_by_support_at or thread.confirmed_by_asker_at),
            "line": for_reader(line, reader),
            "line_for_all": line,
            "people": people_of(thread),
            "tags": prepared.rows(tags_of, thread.pk),
            "mine": own,
            "mine_data": mine_data(own),
            "reply": reply_composer(reader, thread),
            "held_here": held_here(request, thread),
            "tickets": tickets,
            "read_before": read_before,
            "may_open_aside": may_open_aside(reader, thread),
            "at_desk": at_desk(thread, reader, clock.now()) if inside else None,
            "beside": about_request(request, thread) if thread.organisation_id else None,
            "may_link_ticket": answers_officially(reader),
            "canonical": outside.canonical(thread, number),
            "address": outside.absolute(thread.get_absolute_url(number)),
            "description": outside.description(record),
            # Who is signed in is no search engine.
            "structured_data": "" if reader.is_authenticated else outside.structured_data(thread, record),
        },
    )
    if reader.is_authenticated:
        patch_cache_control(response, private=True)
    # What is for few stays on no device, and the team's pages hold more than the thread.
    if thread.is_open_to_all and not own.is_team:
        kept.readable_offline(request, response)
    return kept.same_for_visitors(request, response, kept.of_thread(thread.pk))


def read_before_asking(thread_id: int) -> QuerySet[ReadBefore]:
    return ReadBefore.objects.of_thread(thread_id)


def tags_of(thread_id: int) -> QuerySet[Tag]:
    return Tag.objects.filter(threads=thread_id)


def tickets_of(thread_id: int) -> QuerySet[TicketLink]:
    return TicketLink.objects.filter(thread=thread_id).standing().as_shown().newest_first()


def held_here(request: HttpRequest, thread: Thread) -> list[Held]:
    """What of the reader's waits for a moderator in this thread; asked only where the session knows of something."""
    if not request.user.is_authenticated or thread.pk not in request.session.get(HELD_IN, ()):
        return []
    return list(Held.objects.waiting().filter(by=request.user, thread=thread).order_by("at"))


def mine_data(own: Any) -> str:
    """What the scripts of the page know of the reader; without them the menu of each post says it."""
    known = {
        "voted": own.voted,
        "kept": own.kept,
        "works": own.says_works,
        "broken": own.says_broken,
        "edit": own.may_edit,
        "follows": own.follows,
        "too": own.has_it_too,
        "readTo": own.read_to,
        "muted": own.hears_not,
    }
    return json.dumps(known)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The permalink of a post: to its place in the thread, for ever."""
    found = readable_post(request, pk)
    if found.thread.best_id == found.pk:
        return redirect(f"{found.thread.get_absolute_url()}#best")
    return redirect(found.get_absolute_url())


@require_safe
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first post the reader has not seen; to the last one if there is none, to the top on a first visit."""
    if not request.user.is_authenticated:
        return redirect(readable_thread(request, pk).get_absolute_url())
    thread = readable_thread(request, pk, threads_with_reading)
    if not thread.read_to:
        return redirect(thread.get_absolute_url())
    numbered = Post.objects.in_record_of(thread, request.user).exclude(number=None)
    found = numbered.filter(number__gt=thread.read_to).first() or numbered.last()
    found.thread = thread
    return redirect(found.get_absolute_url())


@require_safe
def on_day(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first post of a day."""
    thread = readable_thread(request, pk)
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        # Looks like a date and is none, as the 30th of February.
        day = None
    if day is None:
        raise Invalid("day", _("Name a day, for example 2026-11-25."))
    return redirect(first_of_day(thread, request.user, day).get_absolute_url())


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the thread stands, as this reader reads it: asked for when it changed while the page was open."""
    thread = readable_thread(request, pk, threads_as_all_read_them)
    line = for_reader(state_line(thread, best_of(thread)), request.user)
    response = render(request, "components/thread_state.html", {"line": line})
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader has seen the posts up to `number`; from a visitor it is nothing."""
    if request.user.is_authenticated:
        thread = readable_thread(request, pk)
        number = request.POST.get("number", "")
        if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            limits.spend("read", limits.client(request), limits.READING)
            actions.mark_read(by=request.user, thread=thread, number=int(number))
    return HttpResponse(status=204)


@require_safe
def seen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Without scripts nothing tells what was in view, so an image on the page counts all of it as read."""
    if request.user.is_authenticated:
        actions.mark_read(by=request.user, thread=readable_thread(request, pk), number=number)
    response = HttpResponse(ONE_PIXEL, content_type="image/gif")
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def since(request: HttpRequest, pk: int, seq: int) -> JsonResponse:
    """What happened after the change number `seq`, for a page that was away: see community.live."""
    lane = request.GET.get("lane", "all")
    thread = readable_thread(request, pk)
    if lane == "team" and not thread.is_inside(request.user):
        raise Http404(_("There is nothing at this address."))
    return JsonResponse(catch_up(thread, seq, lane=lane))
