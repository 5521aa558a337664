"""The pages a new site begins with, so that its first visitor meets a home page and not an empty address."""

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import HelpCentre, HomePage


def build() -> HomePage:
    """Make the home page and the help centre where they are missing; what editors have made is left alone."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        # Wagtail's own welcome page holds the address until ours exists.
        for welcome in root.get_children().filter(slug="home"):
            welcome.delete()
        root.refresh_from_db()
        home = HomePage(
            title=settings.SITE_NAME,
            slug="home",
            body=[
                ("hero", {"sentence": _("What happened? Somebody may have had it before you."), "more": ""}),
                ("announcements", {"heading": _("Announcements"), "most": 3}),
                ("threads", {"heading": _("Waiting for us"), "show": "waiting_us", "most": 5}),
                ("threads", {"heading": _("No reply yet"), "show": "unanswered", "most": 5}),
                ("spaces", {"heading": _("Areas")}),
            ],
        )
        root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name=settings.SITE_NAME)
    elif site.root_page_id != home.pk:
        site.root_page, site.site_name = home, settings.SITE_NAME
        site.save()
    if not HelpCentre.objects.exists():
        home.add_child(instance=HelpCentre(title=_("Help centre"), slug="help", intro=""))
    return home
