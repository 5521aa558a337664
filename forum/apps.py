from django.apps import AppConfig
from django.conf import settings


class ForumConfig(AppConfig):
    name = "forum"

    def ready(self) -> None:
        if settings.REDIS_URL:
            from community import kept
            from forum.door.telling import Teller

            # Commands and workers change what is shown too, though no visitor comes to them.
            kept.listen(Teller(settings.REDIS_URL).tell)
