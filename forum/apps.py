from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import signals
from django.db.backends.signals import connection_created
from django.tasks.signals import task_finished, task_started


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        from forum import checks  # noqa: F401  found by being imported
        from forum.plans import keep_in_step
        from forum.running import figures, lines, outside, release, sign_ins

        connection_created.connect(keep_in_step)
        signals.user_logged_in.connect(sign_ins.came_in)
        signals.user_logged_out.connect(sign_ins.left)
        signals.user_login_failed.connect(sign_ins.was_refused)
        task_started.connect(lines.task_begins)
        task_finished.connect(figures.task_was_done)
        task_finished.connect(lines.task_ends)
        outside.begin()
        release.begin()
        if settings.REDIS_URL:
            from community import kept
            from forum.door.telling import Teller

            # Commands and workers change what is shown too, though no visitor comes to them.
            kept.listen(Teller(settings.REDIS_URL).tell)
