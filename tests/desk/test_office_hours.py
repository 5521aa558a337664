from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.desk.hours import Block, Hours
from tests.desk.forty_cases import CASES, HOURS, OFFICE, Case

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def test_there_are_forty_cases_and_no_two_are_the_same():
    assert len(CASES) == len(set(CASES)) == 40


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_answer_is_due_to_the_minute(case: Case):
    due_at = case.calendar.due_at(case.asked_at, case.working)

    assert due_at == case.due_at
    assert case.calendar.worked_between(case.asked_at, due_at) == case.working


def test_hours_without_blocks_are_never_due():
    assert Hours(BERLIN, ((),) * 7).due_at(datetime(2026, 11, 23, tzinfo=UTC), MINUTE) is None


def test_nothing_is_worked_backwards():
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)

    assert Hours(BERLIN).worked_between(noon, noon - MINUTE) == timedelta()
    assert Hours(BERLIN, HOURS["office"]).worked_between(noon, noon - MINUTE) == timedelta()


@pytest.mark.parametrize(("begins", "ends"), [(12, 9), (9, 9)])
def test_a_block_ends_after_it_begins(begins, ends):
    with pytest.raises(ValueError, match="ends after it begins"):
        Block(time(begins), time(ends))


@pytest.mark.parametrize("second", [Block(time(11), time(13)), Block(time(7), time(8))])
def test_the_blocks_of_a_day_do_not_overlap(second):
    with pytest.raises(ValueError, match="follow each other"):
        Hours(BERLIN, ((OFFICE[0], second),) * 7)


@pytest.mark.parametrize(
    ("night", "hours"),
    [(date(2027, 3, 28), 5), (date(2026, 10, 25), 7), (date(2026, 11, 25), 6)],
    ids=["an hour is left out", "an hour comes twice", "any other night"],
)
def test_a_night_of_work_is_as_long_as_it_really_is(night, hours):
    shift = Hours(BERLIN, ((Block(time(0), time(6)),),) * 7)
    evening = datetime.combine(night - timedelta(days=1), time(20), BERLIN)

    assert shift.worked_between(evening, evening + timedelta(hours=20)) == timedelta(hours=hours)


def test_hours_that_a_jump_leaves_out_are_not_worked():
    asleep = Hours(BERLIN, ((Block(time(2), time(3)),),) * 7)
    evening = datetime(2027, 3, 27, 20, tzinfo=BERLIN)

    assert asleep.worked_between(evening, evening + timedelta(hours=12)) == timedelta()
    assert asleep.due_at(evening, MINUTE) == datetime(2027, 3, 29, 2, 1, tzinfo=BERLIN)


# Whole hours outside those that come twice, so that what the wall says is all there is to know.
hours_of_a_day = st.lists(st.sampled_from([0, 4, 8, 9, 12, 13, 17, 22]), max_size=4, unique=True).map(sorted)
days = hours_of_a_day.map(
    lambda hours: tuple(Block(time(begin), time(end)) for begin, end in zip(hours[::2], hours[1::2], strict=False))
)
weeks = st.tuples(*[days] * 7)
# Around the nights in which clocks go forward and back, and far from them.
starts = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + minutes * MINUTE,
    st.sampled_from([date(2026, 10, 23), date(2027, 3, 26), date(2026, 12, 23)]),
    st.integers(0, 4 * 24 * 60),
)
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]).map(
    ZoneInfo
)
calendars = st.builds(
    Hours, zones, weeks, st.sets(st.dates(date(2026, 10, 23), date(2027, 3, 31)), max_size=3).map(frozenset)
)


def somebody_is_there(calendar: Hours, at: datetime) -> bool:
    """The same question asked of one minute, of the wall and of nothing else."""
    wall = at.astimezone(calendar.zone)
    now = wall.time()
    inside = (
        block.begins <= now and (now < block.ends or block.ends == time()) for block in calendar.week[wall.weekday()]
    )
    return wall.date() not in calendar.holidays and any(inside)


@given(calendars, starts, st.integers(0, 1500))
@settings(max_examples=120, deadline=None)
def test_counting_each_minute_comes_to_the_same(calendar, start, minutes):
    each = sum(somebody_is_there(calendar, start + n * MINUTE) for n in range(minutes))

    assert calendar.worked_between(start, start + minutes * MINUTE) == each * MINUTE


@given(calendars, starts, st.integers(1, 3000))
@settings(max_examples=120, deadline=None)
def test_what_is_due_has_been_worked_for_and_not_a_second_before(calendar, start, minutes):
    due_at = calendar.due_at(start, minutes * MINUTE)

    if due_at is None:
        assert not any(calendar.week)
        return
    assert calendar.worked_between(start, due_at) == minutes * MINUTE
    assert calendar.worked_between(start, due_at - timedelta(seconds=1)) == minutes * MINUTE - timedelta(seconds=1)


@given(calendars, starts, st.integers(0, 3000), st.integers(0, 3000))
@settings(max_examples=120, deadline=None)
def test_two_stretches_add_up_to_the_whole(calendar, start, first, second):
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    parts = calendar.worked_between(start, middle) + calendar.worked_between(middle, end)

    assert parts == calendar.worked_between(start, end)
