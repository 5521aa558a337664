from crontask import cron
from django.tasks import task

from .actions import sweep_attachments


@cron("17 * * * *")
@task
def sweep_unposted_files() -> None:
    """Files that were never posted go after a day. Can run twice: the second finds nothing."""
    sweep_attachments()
