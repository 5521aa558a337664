from crontask import cron
from django.tasks import task

from . import actions
from .models import Erasure


@task()
def forget(member_id: int) -> None:
    """All tables are gone through, beside the request that asked for it. Running twice does no harm."""
    actions.forget(member_id=member_id)


@cron("23 * * * *")
@task()
def go_on_forgetting() -> None:
    """What broke off, for whatever reason, is taken up again within the hour."""
    for member_id in Erasure.objects.filter(done_at=None).values_list("member_id", flat=True):
        actions.forget(member_id=member_id)
