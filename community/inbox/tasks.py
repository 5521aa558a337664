"""Who is told of what. It runs beside the request that caused it: a thread may have ten thousand followers."""

import logging
from collections.abc import Iterable

from crontask import cron
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.tasks import task
from django.utils.formats import date_format
from django.utils.translation import override

from community import clock, prepared, prose
from community.desk.models import Call, Gap, Team
from community.desk.rota import house_zone, on_shift
from community.desk.tasks import keepers
from community.errands import one_by_one, together
from community.letters import TRIED_FOR, Away
from community.organisations.models import Organisation
from community.people.models import Member
from community.requests.models import CopiedIn, Handover
from community.threads.models import Follow, Kind, Merging, Post, Thread

from .actions import notify
from .mailing import mail_digest, mail_new
from .models import Mailed, Notice, NoticeKind

logger = logging.getLogger(__name__)

TO_THE_ASKER = {Kind.QUESTION: NoticeKind.ASKED_BACK, Kind.SOLUTION: NoticeKind.PROPOSED}


@cron("* * * * *")
@task()
def mail_what_is_new() -> None:
    """Every minute. Of what is like it and unread one mail goes out: the next when it has been read."""
    members = Notice.objects.new_to_mail().order_by().values_list("member", flat=True).distinct()
    try:
        one_by_one(mail_new, members, until=(Away,))
    except Away:
        # Who has other work for this worker does not wait until it was away for each of them.
        logger.warning("The mail server is away; notices are mailed later")


@cron("13 6 * * *")
@task()
def mail_the_day() -> None:
    """Once a day: what waited for it, and an end to what could not be mailed for days.

    Raises Away while the mail server is, to be run again.
    """
    too_late = Notice.objects.filter(mailed__in=(Mailed.NEW, Mailed.SENDING), at__lte=clock.now() - TRIED_FOR)
    too_late.update(mailed=Mailed.DONE, mailed_at=clock.now())
    members = Notice.objects.filter(mailed=Mailed.WAITS).values_list("member", flat=True).distinct()
    one_by_one(mail_digest, members, until=(Away,))


@task()
def tell_of_post(post_id: int, again: bool = False) -> None:
    """Those it names, the asker, whoever follows; each once, by what concerns him most, and never its author.

    `again`: what was told of it was withdrawn; whoever had read that is told nothing.
    """
    post = prepared.first(to_tell_of, post_id)
    if post is None or post.is_removed or post.is_note:
        return
    thread = post.thread
    told = {post.author_id}
    if again:
        told |= set(Notice.objects.filter(last_post=post).values_list("member_id", flat=True))
    named = able_to_read(thread, set(named_in(post)) - told)
    notify(named, NoticeKind.MENTIONED, thread=thread, post=post, actor_id=post.author_id)
    told |= named
    if post.is_first:
        return
    if thread.is_question and post.kind in TO_THE_ASKER:
        asker = able_to_read(thread, {thread.author_id} - told)
        notify(asker, TO_THE_ASKER[Kind(post.kind)], thread=thread, post=post, actor_id=post.author_id)
        told |= asker
    followers = set(thread.follows.values_list("member_id", flat=True))
    following = able_to_read(thread, followers - told)
    notify(following, NoticeKind.REPLIED, thread=thread, post=post, actor_id=post.author_id)


@together(tell_of_post)
def tell_of_posts(post_ids: list[int]) -> None:
    """Each read when its turn comes: a thread may have many followers, and the next post may be gone by then."""
    for post_id in post_ids:
        tell_of_post.call(post_id)


def to_tell_of(post_id: int) -> QuerySet[Post]:
    return Post.objects.select_related("thread__space__parent", "thread__organisation").filter(pk=post_id)


def named_in(post: Post) -> list[int]:
    try:
        handles = prose.mentioned_handles(post.body)
    except prose.TooMuch:
        return []
    if not handles:
        return []
    return list(Member.objects.annotate(small=Lower("handle")).filter(small__in=handles).values_list("pk", flat=True))


@task()
def tell_about_answer(post_id: int, kind: str, actor_id: int) -> None:
    """The author of an answer learns what became of it."""
    post = Post.objects.select_related("thread__space__parent", "thread__organisation").filter(pk=post_id).first()
    if post is not None and not post.is_removed and post.author_id != actor_id:
        members = able_to_read(post.thread, [post.author_id])
        notify(members, kind, thread=post.thread, post=post, actor_id=actor_id)
    if post is not None and post.thread.merged_count:
        ask_who_asked_the_same(post)


def ask_who_asked_the_same(post: Post) -> None:
    """Whose question was merged into this one is asked whether the solution helps him too: once for each."""
    if post.is_removed or not (post.accepted_by_support_at or post.confirmed_by_asker_at):
        return
    unasked = Merging.objects.filter(into=post.thread, ended_at=None).exclude(asked_about=post.pk)
    for merging in unasked.exclude(thread__works_as_elsewhere=True).select_related("thread"):
        if Merging.objects.filter(pk=merging.pk).exclude(asked_about=post.pk).update(asked_about=post):
            asker = able_to_read(merging.thread, [merging.thread.author_id])
            notify(asker, NoticeKind.HELPS_TOO, thread=merging.thread)


@task()
def tell_of_merging(thread_id: int, actor_id: int) -> None:
    """Those who follow it, once, of where it leads; its asker, of what he is asked."""
    thread = Thread.objects.select_related("merged_into__space__parent", "space__parent").get(pk=thread_id)
    into = thread.merged_into
    if into is None:
        return
    if thread.author_id != actor_id:
        asker = able_to_read(thread, [thread.author_id])
        notify(asker, NoticeKind.MERGED_YOURS, thread=thread, actor_id=actor_id)
    following = thread.follows.exclude(member__in=(thread.author_id, actor_id)).values_list("member_id", flat=True)
    notify(able_to_read(into, following), NoticeKind.MERGED, thread=into, actor_id=actor_id)


@task()
def tell_of_splitting(thread_id: int, actor_id: int) -> None:
    """Whoever followed the thread that the posts were taken from, and their authors, once."""
    thread = Thread.objects.select_related("space__parent", "split_from").get(pk=thread_id)
    if thread.split_from is None:
        return
    watching = {follow.member_id for follow in Follow.objects.filter(thread__in=(thread, thread.split_from))}
    notify(able_to_read(thread, watching - {actor_id}), NoticeKind.SPLIT_OFF, thread=thread, actor_id=actor_id)


@task()
def tell_of_moved_posts(thread_id: int, post_id: int, actor_id: int) -> None:
    """Whoever follows the thread that posts have come to, their authors among them; nobody when they left again."""
    post = Post.objects.select_related("thread__space__parent").filter(pk=post_id, thread=thread_id).first()
    # Back at its old place it is nothing new.
    if post is not None and post.came_at:
        watching = able_to_read(post.thread, post.thread.follows.values_list("member_id", flat=True))
        notify(watching - {actor_id}, NoticeKind.MOVED_HERE, thread=post.thread, post=post, actor_id=actor_id)


@task()
def tell_the_asker(thread_id: int, kind: str, actor_id: int) -> None:
    thread = Thread.objects.select_related("space__parent", "organisation").get(pk=thread_id)
    told = {thread.author_id}
    if thread.organisation_id:
        # Whoever is copied in is told what the asker is told.
        told |= set(CopiedIn.objects.filter(thread=thread).values_list("member_id", flat=True))
    notify(able_to_read(thread, told - {actor_id}), kind, thread=thread, actor_id=actor_id)


@task()
def tell_of_copying(thread_id: int, member_id: int, actor_id: int) -> None:
    """Asked again, as he may have been taken out or have left meanwhile."""
    thread = Thread.objects.select_related("space__parent").get(pk=thread_id)
    if member_id != actor_id and CopiedIn.objects.filter(thread=thread, member=member_id).exists():
        notify(able_to_read(thread, [member_id]), NoticeKind.COPIED_IN, thread=thread, actor_id=actor_id)


@task()
def tell_of_request(request_id: int) -> None:
    """Those of us who look after the organisation."""
    thread = Thread.objects.get(service_request=request_id)
    organisation = Organisation.objects.get(threads=thread)
    ours = {pk for pk in (organisation.account_manager_id, organisation.deputy_id) if pk}
    notify(ours - {thread.author_id}, NoticeKind.REQUEST_OPENED, thread=thread, actor_id=thread.author_id)


@task()
def tell_of_handover(handover_id: int) -> None:
    handover = Handover.objects.for_page().get(pk=handover_id)
    notify(
        {handover.caller_id},
        NoticeKind.HANDED_OVER,
        path=handover.get_absolute_url(),
        title=handover.title,
        actor_id=handover.writer_id,
    )


@task()
def tell_of_assignment(thread_id: int, member_id: int, team_id: int, actor_id: int) -> None:
    """Whoever has it in hand now, or the whole team; nobody is told of what he took himself."""
    thread = Thread.objects.get(pk=thread_id)
    ids = Team.members.through.objects.filter(team=team_id).values_list("member_id", flat=True) if team_id else []
    notify(able_to_read(thread, {member_id, *ids} - {actor_id}), NoticeKind.ASSIGNED, thread=thread, actor_id=actor_id)


@task()
def tell_of_call(call_id: int) -> None:
    """Those who are on shift; asked again, so that nobody is sent to a call that somebody has."""
    call = Call.objects.select_related("thread").get(pk=call_id)
    if call.ended_at is None and call.taken_at is None:
        members = {member.pk for member in on_shift(clock.now())}
        notify(members, NoticeKind.CALLED, thread=call.thread, actor_id=call.asked_by_id)


@task()
def tell_of_gaps(gap_ids: list[int]) -> None:
    """Those who keep the rota: one notice, named after the first, however many there are."""
    gaps = list(Gap.objects.filter(pk__in=gap_ids).order_by("begins_at"))
    with override(settings.LANGUAGE_CODE):
        zone, form = house_zone(), "j M Y, H:i"
        begins, ends = (date_format(moment.astimezone(zone), form) for moment in gaps[0].span)
        title = f"{begins} - {ends} ({zone.key})" + (f", +{len(gaps) - 1}" if len(gaps) > 1 else "")
    members = {member.pk for member in keepers()}
    notify(members, NoticeKind.ROTA_GAP, path=gaps[0].get_absolute_url(), title=title)


@task()
def tell_of_aside(thread_id: int, actor_id: int) -> None:
    """The asker, of what support asks in private."""
    thread = Thread.objects.get(pk=thread_id)
    first = Post.objects.get(thread=thread, number=1)
    notify(able_to_read(thread, [thread.author_id]), NoticeKind.ASIDE, thread=thread, post=first, actor_id=actor_id)


def able_to_read(thread: Thread, member_ids: Iterable[int]) -> set[int]:
    """Of these members those who may read the thread now; where everybody may, nobody is asked one by one."""
    asked = list(member_ids)
    if not asked:
        return set()
    members = Member.objects.active().filter(pk__in=asked)
    if Thread.objects.visible_to(AnonymousUser()).filter(pk=thread.pk).exists():
        return set(members.values_list("pk", flat=True))
    return {member.pk for member in members if Thread.objects.visible_to(member).filter(pk=thread.pk).exists()}
