"""Builds what tests need. Every default is boring; every detail in a test matters."""

from datetime import date
from itertools import count

from django.utils.text import slugify

from community.organisations.actions import found_organisation, give_seat
from community.organisations.models import Organisation, Plan, Seat
from community.people.models import Member, Role
from community.spaces.models import Openness, Platform, Product, Space, Tag, Version
from community.threads.actions import ask_question, post_reply
from community.threads.models import Attachment, Kind, Post, Thread

_numbers = count(1)
# i, l and o look like others.
DISTINCT = "abcdefghjkmnpqrstuvwyz"
UNUSABLE = "!no sign-in by password"


def member(handle: str | None = None, *, role: str = Role.CUSTOMER, **fields) -> Member:
    number = next(_numbers)
    # Letters only differ by words: look-alike keys fold digits, so numbered handles would collide.
    handle = handle or f"person-{_in_letters(number)}"
    fields.setdefault("email", f"{handle.lower()}@example.com")
    password = fields.pop("password", None)
    person = Member.objects.create_user(handle=handle, role=role, **fields)
    if password:
        person.set_password(password)
        person.save(update_fields=["password"])
    return person


def space(name: str | None = None, **fields) -> Space:
    number = next(_numbers)
    members = fields.pop("members", ())
    if fields.pop("team_only", False):
        fields |= {"readers": Openness.TEAM, "posters": Openness.TEAM}
    if members:
        fields = {"readers": Openness.MEMBERS, "posters": Openness.MEMBERS} | fields
    made = Space.objects.create(name=name or f"Space {number}", slug=fields.pop("slug", f"space-{number}"), **fields)
    made.members.set(members)
    return made


def product(name: str | None = None, *, versions=("7.2",)) -> Product:
    number = next(_numbers)
    made = Product.objects.create(name=name or f"Product {number}", slug=f"product-{number}")
    for position, version in enumerate(versions):
        Version.objects.create(product=made, name=version, position=position)
    return made


def platform(name: str = "Linux") -> Platform:
    return Platform.objects.get_or_create(name=name)[0]


def organisation(name: str | None = None, *, callers: int = 5, **fields) -> Organisation:
    """A customer company; `callers`: how many seats for named callers its plan has."""
    number = next(_numbers)
    name = name or f"Company {_in_letters(number)}"
    plan, _new = Plan.objects.get_or_create(name=f"Plan of {callers}", defaults={"caller_seats": callers})
    if "account_manager" not in fields:
        fields["account_manager"] = member(role=Role.AGENT)
    return found_organisation(
        by=member(role=Role.ADMINISTRATOR),
        **{
            "name": name,
            "slug": slugify(name),
            "plan": plan,
            "subscription_code": f"SC-{slugify(name)}",
            "starts_on": date(2026, 1, 1),
            "expires_on": date(2036, 12, 31),
        }
        | fields,
    )


def seat(of: Organisation, who: Member | None = None, *, kind: str = "caller", manages: bool = False) -> Seat:
    return give_seat(by=of.account_manager, organisation=of, member=who or member(), kind=kind, manages=manages)


def tag(name: str | None = None, **fields) -> Tag:
    name = name or f"tag-{next(_numbers)}"
    return Tag.objects.create(name=name, slug=name, **fields)


def thread(*, by: Member | None = None, title: str = "Keys expired after a rebuild", **details) -> Thread:
    """A question, asked through the doorway. What `ask_question` does not take is set on the row afterwards."""
    takes = {"space", "body", "genre", "audience", "organisation", "product", "version", "platform", "tags", "token"}
    asked_with = {name: details.pop(name) for name in list(details) if name in takes}
    asked_with.setdefault("body", "Since this morning nothing is signed.")
    if "space" not in asked_with:
        asked_with["space"] = space()
    made = ask_question(by=by or member(), title=title, **asked_with)
    if details:
        Thread.objects.filter(pk=made.pk).update(**details)
        made.refresh_from_db()
    return made


def reply(
    thread: Thread,
    *,
    by: Member | None = None,
    body: str | None = None,
    kind: str = Kind.INFORMATION,
    because: str = "",
) -> Post:
    words = body or f"Reply {next(_numbers)}."
    return post_reply(by=by or member(), thread=thread, body=words, kind=kind, because=because)


def attachment(*, by: Member, post: Post | None = None, **fields) -> Attachment:
    from django.core.files.base import ContentFile

    from community import clock

    details = {"name": "log.txt", "content_type": "text/plain", "size": 4, "created_at": clock.now()} | fields
    made = Attachment(uploader=by, post=post, **details)
    made.file.save("log.txt", ContentFile(b"four"), save=False)
    made.save()
    return made


def _in_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(DISTINCT))
        letters = DISTINCT[rest] + letters
    # Kept apart, so that neither "rn" nor "vv" can make two of them look alike.
    return "x".join(letters) + "q"
