from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Wagtail owns its pages and speaks in signals; nowhere else do we listen to them.
        from wagtail.signals import page_published, page_unpublished

        page_published.connect(_changed)
        page_unpublished.connect(_changed)


def _changed(**_: Any) -> None:
    from community import kept

    kept.outdate_on_commit()
