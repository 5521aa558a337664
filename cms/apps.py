from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Wagtail owns its pages and speaks in signals; nowhere else do we listen to them.
        from django.db.models.signals import post_delete, post_save
        from wagtail.images import get_image_model
        from wagtail.signals import page_published, page_unpublished

        from . import brand, checks  # noqa: F401

        page_published.connect(_changed)
        page_unpublished.connect(_changed)
        page_published.connect(_count_version)
        post_save.connect(brand.changed, sender=brand.BrandSettings)
        # The logo may be drawn anew, or thrown away.
        for signal in (post_save, post_delete):
            signal.connect(brand.changed, sender=get_image_model())

        from community.search.similar import offer_articles

        from .shelf import HelpShelf

        offer_articles(HelpShelf())

        from community.organisations.welcome import offer_package

        from .welcome import WelcomeShelf

        offer_package(WelcomeShelf())


def _changed(**_: Any) -> None:
    from community import kept

    kept.outdate_on_commit()


def _count_version(instance: Any, **_: Any) -> None:
    from .models import WelcomePackage
    from .welcome import count_version

    if isinstance(instance, WelcomePackage):
        count_version(instance)
