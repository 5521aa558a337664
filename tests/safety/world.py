"""A forum in which every text is one of a kind, so that whoever finds a word has found that text and no other."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from cms import first_pages
from community import clock
from community.desk.actions import complain, escalate, make_promise, open_aside, state_deadline
from community.desk.models import Calendar, Complaint, Deadline, Escalation, Target
from community.moderation.actions import flag_thing, hide_post, hide_thread, move_thread
from community.moderation.actions.holding import hold_back
from community.moderation.models import Held, Wave
from community.organisations.actions import add_agreement, invite
from community.organisations.models import AgreementVersion, Invitation, Organisation
from community.people.models import Member, Role
from community.requests.models import ServiceRequest
from community.search import entries
from community.spaces.models import Space, Tag
from community.threads.actions import delete_post, edit_post, post_reply, retitle_thread, save_draft
from community.threads.gate import Offer, What
from community.threads.models import Attachment, Audience, Post, Thread
from community.tickets.actions import link_ticket
from tests import make

# Stands in every text; a search for it finds all that a reader may find.
COMMON = "rebuilt"
MARKER = re.compile(r"zq[a-z]+")
# Every word that was given away; tokens in pages may begin like one.
given: set[str] = set()


def word(thing: str, part: str) -> str:
    """The one word of this part of this thing."""
    given.add(f"zq{thing}{part}")
    return f"zq{thing}{part}"


def words_in(text: str) -> set[str]:
    return given.intersection(MARKER.findall(text.lower()))


@dataclass
class World:
    people: dict[str, Member | None]
    spaces: dict[str, Space]
    tag: Tag
    threads: dict[str, Thread]
    # The question of each thread, and the posts that not all of its readers read.
    posts: list[tuple[str, Post]] = field(default_factory=list)
    files: list[tuple[str, Attachment]] = field(default_factory=list)
    companies: dict[str, Organisation] = field(default_factory=dict)
    requests: dict[str, ServiceRequest] = field(default_factory=dict)
    agreements: list[tuple[str, AgreementVersion]] = field(default_factory=list)
    offers: list[tuple[str, Invitation]] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    held: list[tuple[str, Held]] = field(default_factory=list)
    wave: Wave | None = None

    def post_of(self, thing: str) -> Post:
        return next(post for of, post in self.posts if of == thing)


def build() -> World:
    promise()
    people = people_of_every_kind()
    spaces = {
        "open": make.space("Gardens", slug="gardens"),
        "members": make.space(
            f"House {word('members', 'space')}",
            slug="house",
            description=word("members", "space"),
            members=[people["author"], people["insider"]],
        ),
        "team": make.space(f"Cellar {word('teamspace', 'space')}", slug="cellar", team_only=True),
    }
    world = World(people, spaces, make.tag("shared"), {})
    author, agent, moderator, stranger = (people[name] for name in ("author", "agent", "moderator", "stranger"))

    for thing in ("open", "hidden", "deleted", "moved"):
        start(world, thing, by=author)
    start(world, "members", by=author, space=spaces["members"])
    start(world, "gonemembers", by=author, space=spaces["members"])
    start(world, "teamspace", by=agent, space=spaces["team"])
    start(world, "team", by=agent, audience=Audience.TEAM)
    start(world, "named", by=author, audience=Audience.NAMED).named.add(people["named"])
    aside(world, "aside", "open", by=agent)
    found(world, "north", manages="author")
    found(world, "south", manages="insider")
    for thing, asker, company in (("request", author, "north"), ("theirs", people["insider"], "south")):
        asked = start(world, thing, by=asker, organisation=world.companies[company])
        world.requests[thing] = ServiceRequest.objects.create(thread=asked)

    say(world, "open", "hiddenpost", by=author)
    say(world, "open", "deletedpost", by=author)
    say(world, "open", "note", by=agent, kind="note")
    say(world, "members", "membersnote", by=agent, kind="note")
    say(world, "request", "requestnote", by=agent, kind="note")

    for thing in ("open", "request", "members"):
        look_ahead(world, thing, by=author)
    # What has ended, and did not help somebody who reads along.
    Thread.objects.filter(pk=world.threads["open"].pk).update(closed_at=clock.now(), closed_because="So.")
    words = word("open", "complaint")
    world.complaints.append(complain(by=stranger, thread=world.threads["open"], words=words))
    Thread.objects.filter(pk=world.threads["open"].pk).update(closed_at=None, closed_because="")
    for thing, caller, company in (("request", author, "north"), ("theirs", people["insider"], "south")):
        about = {"organisation": world.companies[company], "thread": world.threads[thing]}
        world.escalations.append(escalate(by=caller, because=word(company, "escalation"), **about))

    # Indexed, flagged and begun to be answered while it could still be read.
    entries.write(Post.objects.select_related("thread"))
    for thing in ("moved", "hidden", "deleted"):
        address = f"https://tickets.example/{word(thing, 'ticket')}"
        flag_thing(by=stranger, thing=world.post_of(thing), why="other", words=word(thing, "flag"))
        save_draft(by=stranger, thread=world.threads[thing], body=word(thing, "draft"))
        link_ticket(by=agent, thread=world.threads[thing], system="console", number="R-1", url=address)
    flag_thing(by=people["insider"], thing=world.post_of("members"), why="spam", words=word("members", "flag"))
    flag_thing(by=people["named"], thing=world.post_of("request"), why="private", words=word("request", "flag"))
    refresh(world)
    flagged = [("request", world.threads["request"], "named"), ("open", author, "stranger")]
    flagged += [(thing, file, "named") for thing, file in world.files if thing in ("request", "named")]
    for thing, what, flagger in flagged:
        flag_thing(by=people[flagger], thing=what, why="other", words=word(thing, "flag"))
    save_draft(by=author, organisation=world.companies["north"], body=word("author", "draft"))
    save_draft(by=stranger, thread=world.threads["open"], body=word("stranger", "draft"))
    save_draft(by=stranger, title=word("stranger", "drafttitle"), body=word("stranger", "question"))
    save_draft(by=agent, thread=world.threads["open"], body=word("agent", "draft"), kind="note")

    hide_post(by=moderator, post=world.post_of("hiddenpost"), because="Beside the point.")
    delete_post(by=moderator, post=world.post_of("deletedpost"), because="Beside the point.")
    hide_thread(by=moderator, thread=world.threads["hidden"], because="Beside the point.")
    for thing in ("deleted", "gonemembers"):
        delete_post(by=moderator, post=world.post_of(thing), because="Beside the point.")
    move_thread(by=moderator, thread=world.threads["moved"], space=spaces["team"])
    retitle(world, "moved", by=moderator)
    for what in ("question", "reply", "edit", "title"):
        hold(world, f"held{what}", What(what), by=author)
    world.wave = Wave.objects.create(
        signature=f"link:{word('wave', 'link')}", began_at=clock.now(), last_at=clock.now()
    )
    Held.objects.update(wave=world.wave)

    refresh(world)
    return world


def promise() -> None:
    """So that every question has its clocks."""
    calendar = Calendar.objects.create(name="Always", is_round_the_clock=True)
    for kind in ("response", "solution"):
        Target.objects.create(kind=kind, minutes=60, calendar=calendar)


def look_ahead(world: World, thing: str, *, by: Member) -> None:
    """A deadline that conflicts with what is promised, and a promise."""
    thread, soon = world.threads[thing], clock.now() + timedelta(minutes=10)
    otherwise = word(thing, "otherwise")
    world.deadlines.append(state_deadline(by=by, thread=thread, at=soon, otherwise=otherwise, least=otherwise))
    what = f"{COMMON} {word(thing, 'promise')}"
    make_promise(by=world.people["agent"], thread=thread, what=what, until=soon + timedelta(days=1))


def found(world: World, thing: str, *, manages: str) -> None:
    """An organisation with a named caller, somebody who reads along, an agreement and an open invitation."""
    agent = world.people["agent"]
    company = make.organisation(
        word(thing, "name"),
        slug=word(thing, "slug"),
        subscription_code=f"7-{word(thing, 'code')}",
        welcome=word(thing, "welcome"),
        account_manager=agent,
    )
    make.seat(company, world.people[manages], manages=True)
    make.seat(company, world.people["named"], kind="reader")
    signed = add_agreement(
        by=agent,
        organisation=company,
        title=word(thing, "agreement"),
        data=word(thing, "agreementbody").encode(),
        name=f"{word(thing, 'agreementfile')}.txt",
        content_type="text/plain",
    )
    world.companies[thing] = company
    world.agreements.append((thing, signed))
    offered = invite(by=agent, organisation=company, email=f"{word(thing, 'offer')}@example.com", kind="reader")
    world.offers.append((thing, offered))


def build_home(world: World) -> None:
    """A home page with every kind of part, which chooses every thread there is."""
    first_pages.build()
    home = first_pages.HomePage.objects.get()
    numbers = [thread.pk for thread in world.threads.values()]
    home.body = [
        *[(block.block_type, block.value) for block in home.body],
        ("threads", {"heading": "New", "show": "latest", "most": 12}),
        ("featured", {"heading": "Chosen", "numbers": numbers}),
    ]
    home.save_revision().publish()


def people_of_every_kind() -> dict[str, Member | None]:
    people: dict[str, Member | None] = {
        name: make.member(f"person-{name}", email=f"{word(name, 'mail')}@example.com")
        for name in ("stranger", "author", "named", "insider", "deactivated")
    }
    people |= {
        role: make.member(f"person-{role}", role=role)
        for role in (Role.MODERATOR.value, Role.AGENT.value, Role.ADMINISTRATOR.value)
    }
    people["visitor"] = None
    return people


def start(world: World, thing: str, *, by: Member, **details) -> Thread:
    """A thread, edited and renamed once, with a file and a reply."""
    thread = make.thread(
        by=by,
        title=f"{COMMON} {word(thing, 'oldtitle')}",
        body=f"{COMMON} {word(thing, 'oldbody')}",
        tags=[world.tag],
        **{"space": world.spaces["open"]} | details,
    )
    return furnish(world, thing, thread, by=by)


def aside(world: World, thing: str, about: str, *, by: Member) -> Thread:
    """A private talk of support with the asker about a thread that everybody reads, and renamed by the asker."""
    public = world.threads[about]
    thread = open_aside(by=by, thread=public, body=f"{COMMON} {word(thing, 'oldbody')}")
    thread = retitle_thread(by=public.author, thread=thread, title=f"{COMMON} {word(thing, 'oldtitle')}")
    thread.tags.add(world.tag)
    return furnish(world, thing, thread, by=public.author)


def furnish(world: World, thing: str, thread: Thread, *, by: Member) -> Thread:
    world.threads[thing] = thread
    question = thread.posts.select_related("author").get(number=1)
    file = make.attachment(by=question.author, name=f"{word(thing, 'file')}.txt")
    body = f"{COMMON} {word(thing, 'body')}\n\n{file.markdown}"
    edit_post(
        by=question.author,
        post=question,
        body=body,
        seen_revision=question.revision_count,
        because=word(thing, "because"),
    )
    retitle(world, thing, by=by)
    post_reply(by=by, thread=thread, body=f"{COMMON} {word(thing, 'reply')}", kind="solution")
    world.posts.append((thing, question))
    world.files.append((thing, file))
    return thread


def hold(world: World, thing: str, what: What, *, by: Member) -> None:
    """Something that a moderator reads first, with a file."""
    thread = world.threads["open"]
    file = make.attachment(by=by, name=f"{word(thing, 'file')}.txt")
    offer = Offer(
        by=by,
        what=what,
        space_id=thread.space_id,
        thread=None if what == What.QUESTION else thread,
        post=world.post_of("open") if what == What.EDIT else None,
        title=f"{COMMON} {word(thing, 'title')}" if what in (What.QUESTION, What.TITLE) else "",
        body="" if what == What.TITLE else f"{COMMON} {word(thing, 'body')}\n\n{file.markdown}",
    )
    world.held.append((thing, hold_back(offer, [("word", COMMON)])))
    if what != What.TITLE:
        world.files.append((thing, file))


def retitle(world: World, thing: str, *, by: Member) -> None:
    title = f"{COMMON} {word(thing, 'title')}"
    thread = world.threads[thing]
    thread.refresh_from_db()
    if thread.title == title:
        # Renamed again where fewer may read it: the new name was never read by others.
        title = f"{title} {word(thing, 'newtitle')}"
    world.threads[thing] = retitle_thread(by=by, thread=thread, title=title)


def say(world: World, thread: str, thing: str, *, by: Member, **details) -> None:
    """A reply, edited once, with a file."""
    file = make.attachment(by=by, name=f"{word(thing, 'file')}.txt")
    post = post_reply(by=by, thread=world.threads[thread], body=f"{COMMON} {word(thing, 'oldbody')}", **details)
    body = f"{COMMON} {word(thing, 'body')}\n\n{file.markdown}"
    edit_post(by=by, post=post, body=body, seen_revision=0, because=word(thing, "because"))
    world.posts.append((thing, post))
    world.files.append((thing, file))


def refresh(world: World) -> None:
    for thread in world.threads.values():
        thread.refresh_from_db()
    for _thing, row in (*world.posts, *world.files):
        row.refresh_from_db()
