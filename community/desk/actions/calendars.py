from uuid import uuid4

from django.db import transaction

from community.desk.events import CalendarChanged
from community.desk.models import Calendar
from community.desk.policies import may_keep_clocks
from community.events import publish
from community.people.models import Member
from community.policy import require


@transaction.atomic
def change_calendar(*, by: Member, calendar: Calendar) -> Calendar:
    """After its hours or holidays were entered: they are read anew, and what runs by them is due by them."""
    require(may_keep_clocks(by))
    calendar.edition = uuid4()
    calendar.save()
    publish(CalendarChanged(calendar_id=calendar.pk, actor_id=by.pk))
    return calendar
