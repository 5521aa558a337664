"""The pages of the demo: a home page with every kind of part, and a help centre with articles."""

from django.contrib.auth.models import Group

from community.people.models import Member
from community.spaces.models import Product
from community.threads.models import State, Thread

from . import first_pages
from .models import HelpArticle, HelpCentre, WelcomePackage

ARTICLES = [
    {
        "title": "Rebuild a mail machine and keep its keys",
        "slug": "rebuild-a-mail-machine",
        "tried_on": "7.2",
        "summary": "Release the key slot of the old machine before the new one asks for keys.",
        "body": [
            (
                "text",
                "<p>Every machine that signs mail holds a key slot under its name. A rebuilt machine is a new one.</p>",
            ),
            (
                "step",
                {"text": "<p>In the console open <b>Devices</b>, choose <b>Retired</b>, and find the old name.</p>"},
            ),
            ("step", {"text": "<p>Press <b>Release key slot</b>. The row disappears within a minute.</p>"}),
            ("step", {"text": "<p>On the new machine, as the user who sends mail:</p>"}),
            ("code", {"code": "relay keys renew --slot auto --verify"}),
            ("text", "<p>You should read <b>2 keys issued</b>. Mail is signed again from then on.</p>"),
            ("notice", {"text": "On 7.3 the slot is not released. The fix is in 7.3.1."}),
        ],
    },
    {
        "title": "What each role may do",
        "slug": "what-each-role-may-do",
        "summary": "Who releases slots, who invites people, who sees the log.",
        "body": [
            (
                "text",
                "<ul><li><b>Device admin</b>: enrol, retire, release slots.</li>"
                "<li><b>People admin</b>: invite, change roles, end sessions.</li>"
                "<li><b>Auditor</b>: reads the log and changes nothing.</li></ul>",
            ),
        ],
    },
    {
        "title": "Move mailboxes without a weekend of downtime",
        "slug": "move-mailboxes",
        "tried_on": "7.3",
        "summary": "Copy first, switch last: people notice one new sign-in and nothing else.",
        "body": [
            ("step", {"text": "<p>Start the copy a week before. It can be stopped and goes on where it was.</p>"}),
            ("code", {"code": "relay mailboxes copy --from old --to new --keep-dates"}),
            ("step", {"text": "<p>Lower the time to live of your mail records to five minutes.</p>"}),
            ("step", {"text": "<p>Switch in the evening, and copy once more: only what has come since is taken.</p>"}),
        ],
    },
]


WELCOME = {
    "title": "Welcome package",
    "slug": "welcome-package",
    "summary": "Your first week with Relay support, in the order in which it is needed.",
    "body": [
        ("text", "<h2>On the first day</h2>"),
        ("step", {"text": "<p>Say who speaks for you. Named callers open requests and go to level 2 at once.</p>"}),
        ("step", {"text": "<p>Let the others read along. Secondary access has no limit.</p>"}),
        ("text", "<h2>Before you open a request</h2>"),
        ("code", {"code": "relay report --last 2h --without-mail"}),
        ("text", "<p>The report has versions and errors, and nobody's mail. Attach it to the request.</p>"),
        (
            "text",
            "<h2>When it is urgent</h2><p>Say by when you need it and the least that would help. "
            "If our word comes too late for that, a person decides within the hour what we can do instead.</p>",
        ),
    ],
}


def build() -> None:
    """Pages are made once; what editors change afterwards stays. The editor of the demo is its moderator."""
    home = first_pages.build()
    centre = HelpCentre.objects.get()
    if centre.get_children().exists():
        return
    for article in ARTICLES:
        product = Product.objects.first()
        tried_on = product.versions.filter(name=article.get("tried_on")).first() if product else None
        words = {name: value for name, value in article.items() if name != "tried_on"}
        made = centre.add_child(instance=HelpArticle(product=product, confirmed_on=tried_on, **words))
        made.save_revision().publish()
    home.add_child(instance=WelcomePackage(**WELCOME)).save_revision().publish()
    centre.intro = "What we know how to do, tried on the versions named."
    centre.save_revision().publish()
    confirmed = Thread.objects.open_to_all().in_state(State.CONFIRMED).newest_first().values_list("pk", flat=True)
    home.body = [
        (
            "hero",
            {
                "sentence": "What happened? Somebody may have had it before you.",
                "more": "A person reads every question.",
            },
        ),
        ("announcements", {"heading": "Announcements", "most": 2}),
        ("threads", {"heading": "Waiting for us", "show": "waiting_us", "most": 4}),
        ("threads", {"heading": "No reply yet", "show": "unanswered", "most": 4}),
        ("featured", {"heading": "Solved, and said so", "numbers": list(confirmed[:4])}),
        ("spaces", {"heading": "Spaces"}),
    ]
    home.save_revision().publish()
    let_edit(Member.objects.filter(handle="osier").first())


def let_edit(member: Member | None) -> None:
    """Editors work at /cms/: the group Wagtail made for them, and the right to enter."""
    if member is not None:
        member.groups.add(Group.objects.get(name="Editors"))
