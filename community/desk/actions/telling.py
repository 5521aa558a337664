"""Who hears of a clock: whoever answers, then the lead, the manager, and who looks after the customer."""

from collections.abc import Iterator

from django.db import transaction

from community import clock
from community.desk.models import ChainLink, Clock, Mark, Rank, Telling
from community.organisations.models import Organisation
from community.people.models import Member
from community.threads.models import Kind, Post, Thread

# Whom each mark reaches. At half time nobody above is bothered as long as somebody has the thread in hand.
REACHES: dict[int, tuple[Rank, ...]] = {
    Mark.HALF: (Rank.AGENT,),
    Mark.NEARLY: (Rank.AGENT, Rank.LEAD),
    Mark.LATE: (Rank.AGENT, Rank.LEAD, Rank.MANAGER, Rank.ACCOUNT),
}


@transaction.atomic
def decide_who_is_told(*, thread_id: int, kind: str, mark: int) -> list[Telling]:
    """Rows for those who have not been told of this mark; asked again it decides nothing."""
    thread = Thread.objects.get(pk=thread_id)
    due_at = Clock.objects.values_list("due_at", flat=True).get(thread=thread, kind=kind)
    if due_at is None:
        return []
    at = clock.now()
    told = set(Telling.objects.filter(thread=thread, kind=kind, mark=mark).values_list("member", flat=True))
    tellings = []
    for rank, member in chain_of(thread, mark):
        if member.pk not in told and Thread.objects.visible_to(member).filter(pk=thread.pk).exists():
            told.add(member.pk)
            about = {"thread": thread, "kind": kind, "mark": mark, "due_at": due_at, "decided_at": at}
            tellings.append(Telling(**about, member=member, rank=rank))
    return Telling.objects.bulk_create(tellings)


def chain_of(thread: Thread, mark: int) -> Iterator[tuple[Rank, Member]]:
    above: dict[str, list[Member]] = {}
    for link in ChainLink.objects.select_related("member").order_by("pk"):
        above.setdefault(link.rank, []).append(link.member)
    agent = in_hand_of(thread)
    for rank in REACHES[mark]:
        if rank == Rank.AGENT:
            if agent:
                yield rank, agent
            else:
                yield from ((Rank.LEAD, lead) for lead in above.get(Rank.LEAD, []))
        elif rank == Rank.ACCOUNT:
            yield from ((rank, member) for member in looking_after(thread))
        else:
            yield from ((rank, member) for member in above.get(rank, []))


def in_hand_of(thread: Thread) -> Member | None:
    """Whoever of support spoke last in it."""
    said = Post.objects.filter(thread=thread, is_official=True).exclude(kind=Kind.NOTE).select_related("author")
    last = said.order_by("-number").first()
    return last.author if last and last.author.answers_officially else None


def looking_after(thread: Thread) -> list[Member]:
    """The account manager and the deputy; a question in public is nobody's customer's."""
    organisation = Organisation.objects.for_page().filter(threads=thread).first()
    return [member for member in (organisation.account_manager, organisation.deputy) if member] if organisation else []


def note_mailed(telling: Telling) -> None:
    Telling.objects.filter(pk=telling.pk, mailed_at=None).update(mailed_at=clock.now())
