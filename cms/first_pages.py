"""The pages a new site begins with, so that its first visitor meets a home page and not an empty address."""

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import HelpCentre, HomePage, PlainPage


def build() -> HomePage:
    """Make the home page, the help centre and the rules where they are missing; what editors have made is left."""
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
                ("spaces", {"heading": _("Spaces")}),
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
    if not PlainPage.objects.exists():
        rules = PlainPage(
            title=_("Rules of the house"),
            slug="rules",
            summary=_("Few, and the same for everybody. Whoever breaks one reads which, and why."),
            body=[("text", f"<h2>{heading}</h2><p>{words}</p>") for heading, words in rules_of_the_house()],
        )
        home.add_child(instance=rules)
        rules.save_revision().publish()
    return home


def rules_of_the_house() -> list[tuple[str, str]]:
    """Heading and words of each, in the language of the site; editors go on from there."""
    return [
        (
            _("Say what happened"),
            _(
                "What you did, what you expected, what you saw instead, on which version. "
                "One problem is one question, so that its answer can be found."
            ),
        ),
        (
            _("Be hard on the problem and kind to the person"),
            _("Everybody here has been new. Nobody has to justify a question."),
        ),
        (
            _("Keep private what is private"),
            _(
                "No passwords, keys, addresses or names of others, not in pictures either. "
                "If it has happened, flag the post: private data is what moderators look at first."
            ),
        ),
        (
            _("Say whether it helped"),
            _(
                "Only the asker can confirm an answer. That it did not help is worth as much, and the next one reads "
                "it. "
                "What support accepts, what the asker confirms and what others confirm are never added up."
            ),
        ),
        (_("Nothing is for sale here"), _("Advertising is hidden, and so are posts that only lead elsewhere.")),
        (
            _("How we decide"),
            _(
                "A person decides about every flag, the gravest first. Author and flagger read the reason, "
                "and every decision is written down. No question is closed because it is old."
            ),
        ),
    ]
