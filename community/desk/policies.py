from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.organisations.models import Organisation, SeatKind
from community.organisations.policies import seat_of
from community.people.policies import administers, answers_officially, is_team
from community.policy import ALLOWED, Verdict, refused
from community.threads.models import Audience, State, Thread
from community.threads.policies import may_be_heard

from .models import Call, ChainLink, LiveTarget


def may_use_ready_replies(member: Any) -> Verdict:
    """Also answers who may change them: whoever speaks for the house keeps its words."""
    if not answers_officially(member):
        return refused(_("Ready replies are for those who answer for support."))
    return ALLOWED


def may_keep_clocks(member: Any) -> Verdict:
    """What is promised, and when somebody is there to keep it."""
    if not administers(member):
        return refused(_("Only administrators change office hours and what is promised."))
    return ALLOWED


def may_see_the_line(reader: Any) -> Verdict:
    """Also answers who reads the rota, and who takes calls: those who can answer them."""
    if not answers_officially(reader):
        return refused(_("The live desk is for those who answer for support."))
    return ALLOWED


def may_keep_rota(member: Any) -> Verdict:
    """Administrators, and whoever stands behind those who answer."""
    if administers(member):
        return ALLOWED
    if answers_officially(member) and ChainLink.objects.filter(member_id=member.pk).exists():
        return ALLOWED
    return refused(_("Administrators, leads and managers keep the rota."))


def may_call(
    member: Any, organisation: Organisation, target: LiveTarget | None, *, today: date, seat: str | None = None
) -> Verdict:
    """Whether talking to a person at once is his; whether one is there is another question. `seat`: which he has."""
    if answers_officially(member):
        return refused(_("Customers ask for you here. You take their calls from the line."))
    if target is None:
        words = _("The plan %(plan)s has no live desk. Open a request instead; it is answered in writing.")
        return refused(words % {"plan": organisation.plan.name})
    if seat is None and (found := seat_of(member, organisation)):
        seat = found.kind
    if seat != SeatKind.CALLER:
        return refused(_("Only named callers talk to a person at once. Ask one of your named callers."))
    if organisation.has_expired(today):
        words = _("The subscription ended on %(day)s. Open requests go on; for new ones write to %(name)s.")
        manager = organisation.account_manager.called
        return refused(words % {"day": organisation.expires_on.isoformat(), "name": manager})
    return ALLOWED


def may_wait_in(thread: Thread) -> Verdict:
    if thread.organisation_id is None:
        return refused(_("A person comes to requests of an organisation. Open one."))
    if thread.is_closed:
        return refused(_("This request is closed. Open it again first."))
    if thread.is_locked or thread.is_deleted or thread.is_hidden:
        return refused(_("Nobody can write here at present."))
    return ALLOWED


def may_leave(member: Any, call: Call) -> Verdict:
    if member.pk != call.asked_by_id:
        return refused(_("Only whoever asked for a person leaves the line."))
    return ALLOWED


def may_see_clocks(reader: Any) -> Verdict:
    if not is_team(reader):
        return refused(_("The desk is for the team."))
    return ALLOWED


def may_see_desk(reader: Any) -> Verdict:
    """What waits for us. Of whom, the threads decide that the reader may read."""
    if not is_team(reader):
        return refused(_("The desk is for the team."))
    return ALLOWED


def may_handle(member: Any) -> Verdict:
    """Also answers who may say that he is writing and put something aside."""
    if not answers_officially(member):
        return refused(_("Only support takes threads in hand."))
    return ALLOWED


def may_have_in_hand(member: Any) -> Verdict:
    if not answers_officially(member):
        return refused(_("Choose somebody who answers for support."))
    return ALLOWED


def may_open_aside(member: Any, thread: Thread) -> Verdict:
    if not answers_officially(member):
        return refused(_("Only support begins a private side talk."))
    if thread.audience != Audience.EVERYONE:
        return refused(_("This thread is read by few already. Write here."))
    if thread.author_id == member.pk:
        return refused(_("This is your own thread."))
    if thread.is_hidden or thread.is_deleted:
        return refused(_("This thread was removed."))
    return may_be_heard(member, thread)


def may_work_at_desk(reader: Any) -> Verdict:
    """Promises, deadlines and escalations: what support works with."""
    if not answers_officially(reader):
        return refused(_("This is where support works."))
    return ALLOWED


def may_promise(by: Any, thread: Thread) -> Verdict:
    """Also answers who may say that it is done, and who may offer more than was promised."""
    if not answers_officially(by):
        return refused(_("Only support promises something here."))
    if not thread.is_question or by.pk == thread.author_id:
        return refused(_("A promise answers a question of somebody else."))
    if thread.is_closed:
        return refused(_("This thread is closed. Open it again before you promise something."))
    return may_be_heard(by, thread)


def may_judge_promise(by: Any, thread: Thread) -> Verdict:
    """Whether a promise was kept, only the one to whom it was made can say; never the one who made it."""
    if not (by.is_authenticated and by.pk == thread.author_id):
        return refused(_("Only the asker says whether the promise was kept."))
    return may_be_heard(by, thread)


def may_answer_offer(by: Any, thread: Thread) -> Verdict:
    if not (by.is_authenticated and by.pk == thread.author_id):
        return refused(_("Only the asker takes or leaves an offer."))
    return may_be_heard(by, thread)


def may_state_deadline(by: Any, thread: Thread) -> Verdict:
    if not (by.is_authenticated and by.pk == thread.author_id):
        return refused(_("Only the asker says by when it is needed."))
    if not thread.is_question:
        return refused(_("Deadlines belong to questions."))
    if thread.is_closed or thread.state == State.CONFIRMED:
        return refused(_("This has ended. Write what is still open, then say by when you need it."))
    return may_be_heard(by, thread)


def may_decide(by: Any, thread: Thread) -> Verdict:
    """About a deadline that comes before our word: a person of support, who is not the asker."""
    if not answers_officially(by):
        return refused(_("Only support decides about deadlines."))
    if by.pk == thread.author_id:
        return refused(_("Somebody else decides about your own deadline."))
    return ALLOWED


def may_escalate(by: Any, organisation: Organisation) -> Verdict:
    """Whoever speaks for the organisation, also after its subscription has ended: open requests go on."""
    seat = seat_of(by, organisation)
    if seat is None or seat.kind != SeatKind.CALLER:
        return refused(_("Only named callers call the account manager here. Ask one of them."))
    return ALLOWED


def may_take_escalations(by: Any) -> Verdict:
    if not answers_officially(by):
        return refused(_("Only support takes escalations."))
    return ALLOWED


def may_write_down(by: Any) -> Verdict:
    if not answers_officially(by):
        return refused(_("Only support writes down what came privately."))
    return ALLOWED


def may_thank(by: Any, thread: Thread) -> Verdict:
    """Also answers who may take it back."""
    if not (by.is_authenticated and by.pk == thread.author_id):
        return refused(_("Only the asker says thanks here."))
    if thread.confirmed_by_asker_at is None:
        return refused(_("Say first under the answer that it works. Then you can thank whoever helped."))
    return may_be_heard(by, thread)


def may_complain(by: Any, thread: Thread) -> Verdict:
    """Whoever reads what has ended may say that it did not help him."""
    if not by.is_authenticated:
        return refused(_("Sign in to say so."))
    if not thread.is_question or not (thread.is_closed or thread.state == State.CONFIRMED):
        return refused(_("This has not ended. Say under the answer that it did not help, or write a reply."))
    return ALLOWED


def may_answer_complaints(by: Any) -> Verdict:
    if not answers_officially(by):
        return refused(_("Only support answers here."))
    return ALLOWED
