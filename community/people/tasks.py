from crontask import cron
from django.db import transaction
from django.tasks import task

from community import clock
from community.letters import send_letter

from . import actions
from .models import Erasure, Export


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


@task()
def put_data_together(export_id: int) -> None:
    actions.put_data_together(export_id=export_id)


@cron("41 * * * *")
@task()
def drop_old_data() -> None:
    """Can run twice: the second finds nothing."""
    actions.drop_old_data()


@task()
@transaction.atomic
def mail_data(export_id: int) -> None:
    """Tells where it can be fetched; the mail holds none of it."""
    export = Export.objects.select_related("member").filter(pk=export_id).first()
    if export and Export.objects.filter(pk=export_id, mailed_at=None).update(mailed_at=clock.now()):
        send_letter("people/mail/own_data", export.member.email, export=export)
