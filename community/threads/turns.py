"""Whose turn it is: how a thread's state follows from what was said and confirmed."""

from datetime import datetime

from django.db.models import Count, Max, Q

from .models import Confirmation, Kind, Post, State, Thread, Voice

OURS = (State.WAITING_US, State.WORKAROUND, State.UNKNOWN)
AFTER_OTHERS: dict[str, State] = {Kind.QUESTION: State.WAITING_ASKER, Kind.SOLUTION: State.ANSWERED}


def turn_after_reply(thread: Thread, post: Post, at: datetime) -> None:
    """Acknowledgements and information by others change nothing: a kind word never empties a queue."""
    if not thread.is_question:
        return
    if post.kind == Kind.WORKAROUND:
        thread.workaround = post
    elif post.kind == Kind.SOLUTION:
        # A new proposal: what the asker said of an earlier one stays with that one.
        thread.asker_says_no_at = None
    if thread.is_closed:
        return
    if post.author_id == thread.author_id:
        turn_after_asker(thread, post, at)
    elif post.kind in AFTER_OTHERS and thread.state != State.CONFIRMED:
        # What solved it for the asker stays solved, whatever others ask or propose.
        thread.move_to_state(AFTER_OTHERS[post.kind], at)
    let_the_clock_run(thread)


def turn_after_asker(thread: Thread, post: Post, at: datetime) -> None:
    """The asker has spoken, so it is our turn again, unless he only thanked us or found the way himself."""
    if post.kind == Kind.ACKNOWLEDGEMENT:
        return
    if post.kind == Kind.SOLUTION:
        if thread.state != State.CONFIRMED:
            thread.move_to_state(State.ANSWERED, at)
    elif thread.state in (State.WAITING_ASKER, State.ANSWERED, State.UNKNOWN):
        thread.move_to_state(State.WAITING_US, at)


def turn_after_acceptance(thread: Thread, post: Post, at: datetime) -> None:
    """Support accepts an answer, or the asker no longer calls it broken: now the asker says whether it helped."""
    if not thread.is_question or thread.is_closed:
        return
    if thread.state in OURS and post.accepted_by_support_at and post.asker_says_no_at is None:
        thread.move_to_state(State.ANSWERED, at)


def count_voices(post: Post) -> None:
    """Recount what support, the asker and others said of one answer, from their rows."""
    support = Max("at", filter=Q(voice=Voice.SUPPORT))
    yes = Max("at", filter=Q(voice=Voice.ASKER, works=True))
    no = Max("at", filter=Q(voice=Voice.ASKER, works=False))
    others = Q(voice=Voice.OTHER)
    counted = Confirmation.objects.filter(post=post).aggregate(
        support=support,
        yes=yes,
        no=no,
        confirmed=Count("pk", filter=others & Q(works=True)),
        failed=Count("pk", filter=others & Q(works=False)),
    )
    post.accepted_by_support_at = counted["support"]
    post.confirmed_by_asker_at = counted["yes"]
    post.asker_says_no_at = counted["no"]
    post.others_confirmed_count = counted["confirmed"]
    post.others_failed_count = counted["failed"]
    post.save(
        update_fields=[
            "accepted_by_support_at",
            "confirmed_by_asker_at",
            "asker_says_no_at",
            "others_confirmed_count",
            "others_failed_count",
        ]
    )


def find_last_word(thread: Thread) -> None:
    """What stands and was said last; where nothing stands any more, what the thread began with."""
    said = Post.objects.filter(thread=thread).exclude(number=None).values_list("created_at", "author")
    last = said.standing().order_by("-created_at", "-number").first() or said.order_by("number").first()
    if last:
        thread.last_post_at, thread.last_poster_id = last


def settle(thread: Thread, at: datetime) -> None:
    """Bring the thread's facts, best answer and state in step with the voices on its standing answers."""
    answers = list(
        Post.objects.filter(thread=thread)
        .standing()
        .replies()
        .filter(
            Q(kind__in=(Kind.SOLUTION, Kind.WORKAROUND))
            | ~Q(accepted_by_support_at=None)
            | ~Q(confirmed_by_asker_at=None)
            | ~Q(asker_says_no_at=None)
            | Q(others_confirmed_count__gt=0)
            | Q(others_failed_count__gt=0)
        )
        .defer("body", "html")
        .order_by("number")
    )
    thread.accepted_by_support_at = latest(answer.accepted_by_support_at for answer in answers)
    yes = [answer.confirmed_by_asker_at for answer in answers]
    thread.confirmed_by_asker_at = latest([*yes, thread.yes_of_elsewhere_at])
    thread.asker_says_no_at = no_without_a_new_proposal(answers, thread.no_of_elsewhere_at)
    thread.others_confirmed_count = sum(answer.others_confirmed_count for answer in answers)
    thread.others_failed_count = sum(answer.others_failed_count for answer in answers)
    thread.best = best_of(answers)
    workarounds = [answer for answer in answers if answer.kind == Kind.WORKAROUND]
    thread.workaround = workarounds[-1] if workarounds and thread.is_question else None
    confirmed = (
        Confirmation.objects.filter(post=thread.best, voice=Voice.ASKER, works=True).select_related("version").first()
        if thread.confirmed_by_asker_at
        else None
    )
    thread.confirmed_on = confirmed.version if confirmed else None
    settle_state(thread, answers, at)


def no_without_a_new_proposal(answers: list[Post], elsewhere: datetime | None = None) -> datetime | None:
    """When the asker last said that it is still broken, unless somebody has proposed something since.

    `elsewhere`: when he said so of the solution of the thread it was merged with.
    """
    said_no_at = latest([*(answer.asker_says_no_at for answer in answers), elsewhere])
    if said_no_at and any(is_open_answer(answer) and answer.created_at > said_no_at for answer in answers):
        return None
    return said_no_at


def settle_state(thread: Thread, answers: list[Post], at: datetime) -> None:
    if not thread.is_question or thread.is_closed:
        return
    if thread.confirmed_by_asker_at:
        thread.move_to_state(State.CONFIRMED, at)
        return
    if any(is_open_answer(answer) for answer in answers):
        # A solution nobody has refuted. What the asker or support wrote after it keeps the turn where they put it:
        # a kind word by somebody else must not take the thread out of our queue.
        if thread.state == State.CONFIRMED:
            thread.move_to_state(State.ANSWERED, at)
    elif thread.state in (State.CONFIRMED, State.ANSWERED):
        thread.move_to_state(State.WAITING_US, at)
    let_the_clock_run(thread)


def let_the_clock_run(thread: Thread) -> None:
    """A workaround that comes or goes stops no clock: the state changes, its beginning does not."""
    if thread.state in (State.WAITING_US, State.WORKAROUND):
        thread.state = State.WORKAROUND if thread.workaround_id else State.WAITING_US


def is_open_answer(answer: Post) -> bool:
    said_to_work = answer.kind == Kind.SOLUTION or answer.accepted_by_support_at is not None
    return said_to_work and answer.asker_says_no_at is None


def best_of(answers: list[Post]) -> Post | None:
    """Confirmed by the asker before accepted by support before confirmed by others; among equals the latest.

    What the asker called broken comes last, and a solution nobody has spoken for is not yet the best one.
    """

    def weight(answer: Post):
        return (
            answer.confirmed_by_asker_at is not None,
            answer.asker_says_no_at is None,
            answer.accepted_by_support_at is not None,
            answer.others_confirmed_count,
            answer.number,
        )

    spoken_for = [
        answer
        for answer in answers
        if answer.confirmed_by_asker_at
        or (answer.asker_says_no_at is None and (answer.accepted_by_support_at or answer.others_confirmed_count))
    ]
    return max(spoken_for, key=weight, default=None)


def latest(moments) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)
