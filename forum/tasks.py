from crontask import cron
from django.core.management import call_command
from django.tasks import task


@cron("23 3 * * *")
@task
def forget_what_is_done() -> None:
    """The queue keeps what was done for two days, and for a month what failed, to be looked at and tried again."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=2, failed_min_age_days=30)
