"""Who is on shift, as the clock on the wall reads; and hours that were promised and that nobody covers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from community import clock
from community.desk.actions import drop_day, end_shift, look_for_gaps
from community.desk.models import ChainLink, Gap, Shift
from community.desk.rota import gaps_between, on_shift, watches
from community.desk.tasks import look_at_the_rota, mail_gaps
from community.inbox.models import Notice
from community.inbox.tasks import tell_of_gaps
from community.people.actions import deactivate, set_role
from community.policy import NotAllowed
from tests import make
from tests.desk.conftest import on

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def covered(agent, shift, live):
    """Day and night of every week, by two shifts."""
    clock.set_to(on(19, "12:00", month=10))
    for day in range(19, 26):
        shift(agent, day, "06:00", "22:00", month=10, is_weekly=True)
        shift(agent, day, "22:00", "06:00", month=10, is_weekly=True)


@pytest.mark.parametrize(
    ("evening", "hours"),
    [(date(2026, 10, 23), 8), (date(2026, 10, 24), 9), (date(2027, 3, 26), 8), (date(2027, 3, 27), 7)],
)
def test_a_night_lasts_as_long_as_it_really_passes_and_leaves_no_gap(covered, evening, hours):
    begins = datetime(evening.year, evening.month, evening.day, 12, tzinfo=UTC)

    night = next(watch for watch in watches(begins, begins + DAY) if watch.begins_at > begins)

    assert (night.day, night.ends_at - night.begins_at) == (evening, timedelta(hours=hours))
    assert gaps_between(begins, begins + 2 * DAY) == []


def test_the_hour_that_the_clocks_leave_out_is_nobodys_shift(agent, shift):
    clock.set_to(on(19, "12:00", month=10))
    shift(agent, 25, "02:00", "03:00", month=10, is_weekly=True)

    at = datetime(2027, 3, 28, tzinfo=UTC)

    assert watches(at, at + DAY) == []
    week_after = watches(at + 7 * DAY, at + 8 * DAY)
    assert [watch.ends_at - watch.begins_at for watch in week_after] == [timedelta(hours=1)]


def test_one_day_is_taken_out_of_a_weekly_shift_or_all_from_a_day_on(agent, keeper, shift):
    clock.set_to(on(2, "12:00"))
    weekly = shift(agent, 2, "09:00", "17:00", is_weekly=True)
    month = on(1, "00:00"), on(30, "23:00")

    drop_day(by=keeper, shift=weekly, day=date(2026, 11, 9))
    assert [watch.day.day for watch in watches(*month)] == [2, 16, 23, 30]

    later = Shift.objects.get(until=None)
    end_shift(by=keeper, shift=later, day=date(2026, 11, 23))
    assert [watch.day.day for watch in watches(*month)] == [2, 16]


def test_who_keeps_the_rota_and_who_stands_in_it(agent, lead, customer, shift):
    clock.set_to(on(23, "12:00"))
    kept = shift(agent)
    with pytest.raises(NotAllowed, match="keep the rota"):
        drop_day(by=agent, shift=kept, day=kept.day)
    ChainLink.objects.create(rank="lead", member=lead)
    drop_day(by=lead, shift=kept, day=kept.day)
    assert not Shift.objects.exists()

    assert on_shift(clock.now()) == []
    with pytest.raises(Exception, match="answer for support"):
        shift(customer)


def test_a_gap_is_told_once_long_before_it_begins(covered, agent, keeper, lead, shift):
    ChainLink.objects.create(rank="lead", member=lead)
    look_at_the_rota.func()
    assert not Gap.objects.exists()

    night = Shift.objects.get(day=date(2026, 10, 24), begins="22:00")
    drop_day(by=keeper, shift=night, day=date(2026, 10, 24))
    found = look_for_gaps()
    assert [gap.span for gap in found] == [(on(24, "22:00", month=10), on(25, "06:00", month=10))]
    assert found[0].begins_at - clock.now() > DAY
    for _twice in range(2):
        mail_gaps.func([found[0].pk])
        tell_of_gaps.func([found[0].pk])
    told = sorted(message.to[0] for message in mail.outbox)
    assert told == sorted(member.email for member in keepers_of(keeper, lead))
    assert "24 Oct 2026, 22:00 – 25 Oct 2026, 06:00" in mail.outbox[0].body
    assert {notice.member for notice in Notice.objects.filter(kind="rota_gap")} == set(keepers_of(keeper, lead))
    assert look_for_gaps() == []

    clock.advance(DAY)
    shift(lead, 24, "22:00", "01:00", month=10)
    assert look_for_gaps() == []
    standing = Gap.objects.standing(clock.now())
    assert [gap.span for gap in standing] == [(on(25, "01:00", month=10), on(25, "06:00", month=10))]

    # Whoever leaves support leaves the rota: that part is open again, and told again.
    set_role(by=keeper, member=lead, role="customer")
    assert [gap.span for gap in look_for_gaps()] == [(on(24, "22:00", month=10), on(25, "01:00", month=10))]


def keepers_of(*people):
    from community.people.models import Member

    # The administrator who founded the company of the test is one too.
    return [*people, *Member.objects.filter(role="administrator").exclude(pk__in=[one.pk for one in people])]


def test_nobody_in_the_rota_is_told_of_a_week_and_then_of_a_day_more_each_day(live):
    clock.set_to(on(2, "09:00"))

    first = look_for_gaps()
    clock.advance(timedelta(hours=1))
    assert look_for_gaps() == []
    clock.advance(DAY)
    second = look_for_gaps()

    assert [gap.span for gap in first] == [(on(2, "09:00"), on(10, "00:00"))]
    assert [gap.span for gap in second] == [(on(10, "00:00"), on(11, "00:00"))]


def test_the_page_shows_who_is_on_and_gaps_in_red_and_is_kept_by_few(
    covered, agent, keeper, lead, customer, visiting_as, django_assert_num_queries
):
    deactivate(by=keeper, member=lead, because="Left.")
    drop_day(by=keeper, shift=Shift.objects.get(day=date(2026, 10, 24), begins="22:00"), day=date(2026, 10, 24))

    page = visiting_as(agent).get("/desk/rota/")
    assert "In <b>1</b> stretch of the coming week nobody is on shift" in page.text
    assert "22:00–06:00" in page.text
    assert "Administrators, leads and managers keep the rota." in page.text
    assert "Take out" not in page.text

    browser = visiting_as(keeper)
    said = {"member": agent.pk, "day": "2026-10-24", "begins": "22:00", "ends": "06:00"}
    assert visiting_as(agent).post("/desk/rota/", said).status_code == 403
    assert browser.post("/desk/rota/", said | {"member": lead.pk}).status_code == 422
    assert browser.post("/desk/rota/", said | {"day": "2026-10-18"}).status_code == 422
    assert browser.post("/desk/rota/", said).status_code == 302
    page = browser.get("/desk/rota/")
    assert "somebody is there in all hours that we promised" in page.text

    once = Shift.objects.get(is_weekly=False)
    assert visiting_as(agent).post(f"/desk/rota/{once.pk}/drop/", {"day": "2026-10-24"}).status_code == 403
    browser.post(f"/desk/rota/{once.pk}/drop/", {"day": "2026-10-24"})
    assert not Shift.objects.filter(pk=once.pk).exists()
    assert visiting_as(customer).get("/desk/rota/").status_code == 403
    # However many shifts: the member, the zone, the shifts, whom the form offers, and twice what is promised.
    with django_assert_num_queries(6):
        browser.get("/desk/rota/")


def test_a_plan_without_customers_needs_nobody(live):
    clock.set_to(on(2, "09:00"))
    live.organisation.expires_on = date(2026, 10, 1)
    live.organisation.save()

    assert look_for_gaps() == []


def test_hours_of_the_office_are_those_that_somebody_covers(live, office, agent, shift):
    clock.set_to(on(22, "09:00"))
    live.target.calendar = office
    live.target.save()
    shift(agent, 23, "09:00", "12:00")

    assert gaps_between(on(23, "00:00"), on(24, "00:00")) == [(on(23, "13:00"), on(23, "17:00"))]
    assert make.member() not in on_shift(on(23, "10:00"))
