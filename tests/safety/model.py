"""Who may read what, written down by hand: what the forum does is held against this and never asked."""

from tests.safety.world import word

CURATORS = frozenset({"moderator", "administrator"})
TEAM = CURATORS | {"agent"}
# Who answers for the house looks after organisations; who only curates does not.
SUPPORT = frozenset({"agent", "administrator"})
CUSTOMERS = frozenset({"stranger", "author", "named", "insider"})
# Whoever was deactivated while a browser was open is a visitor from then on.
VISITORS = frozenset({"visitor", "deactivated"})
EVERYBODY = TEAM | CUSTOMERS | VISITORS

# Whose page of the thread, or whose post in it, opens for whom.
READS = {
    "open": EVERYBODY,
    "members": TEAM | {"author", "insider"},
    "teamspace": TEAM,
    "named": TEAM | {"author", "named"},
    "aside": TEAM | {"author"},
    "team": TEAM,
    "request": SUPPORT | {"author", "named"},
    "requestnote": SUPPORT,
    "theirs": SUPPORT | {"insider", "named"},
    "moved": TEAM,
    "hidden": TEAM | {"author"},
    "deleted": frozenset(),
    "gonemembers": frozenset(),
    "hiddenpost": TEAM | {"author"},
    "deletedpost": TEAM | {"author"},
    "note": TEAM,
    "membersnote": TEAM,
}
# Who is told that it was there and why it went; for all others it never was.
IS_TOLD = {
    "hidden": EVERYBODY - READS["hidden"],
    "deleted": EVERYBODY,
    "gonemembers": TEAM | {"author", "insider"},
    # The line that keeps its place is there for everybody.
    "hiddenpost": EVERYBODY,
    "deletedpost": EVERYBODY,
}
# Hidden threads are opened by those who decide about them, not come across.
NOT_LISTED = {"hidden", "hiddenpost", "deletedpost"}
# Of notes, lists tell nothing: they are no contributions, and the search is for what was said to all who read a thread.
NOT_COUNTED = NOT_LISTED | {"note", "membersnote", "requestnote"}
# Between an organisation and support: those who only keep the community in order decide nothing about them.
OF_ORGANISATIONS = {"request", "requestnote", "theirs"}
SPACES = {"members": TEAM | {"author", "insider"}, "teamspace": TEAM}

# What a moderator reads first: until then it is its author's and theirs.
HELD = dict.fromkeys(("heldquestion", "heldreply", "heldedit", "heldtitle"), CURATORS | {"author"})

# The people of each organisation, and support. One person has secondary access to both of them.
COMPANIES = {"north": SUPPORT | {"author", "named"}, "south": SUPPORT | {"insider", "named"}}
COMPANY = ("slug", "name", "code", "welcome", "agreement", "agreementfile", "agreementbody", "offer", "escalation")

NOW = ("title", "newtitle", "body", "reply", "file", "promise")
BEFORE = ("oldtitle", "oldbody", "because")


def words_of(things, parts=NOW) -> set[str]:
    return {word(thing, part) for thing in things for part in parts}


def readers(thing: str) -> frozenset[str]:
    return READS.get(thing) or HELD.get(thing) or COMPANIES.get(thing, frozenset())


def companies(who: str) -> set[str]:
    return words_of((thing for thing, people in COMPANIES.items() if who in people), COMPANY)


def readable(who: str) -> set[str]:
    return {thing for thing, readers in READS.items() if who in readers}


def listed(who: str) -> set[str]:
    return readable(who) - NOT_LISTED


def own(who: str) -> set[str]:
    """What one typed and has not sent."""
    if who == "stranger":
        return (
            words_of(("stranger",), ("draft", "drafttitle", "question"))
            | words_of(("moved", "hidden", "deleted"), ("draft",))
            | words_of(("open",), ("complaint",))
        )
    return words_of((who,), ("draft",)) if who in ("agent", "author") else set()


def spaces(who: str) -> set[str]:
    return {word(space, "space") for space, readers in SPACES.items() if who in readers}


def tickets(who: str) -> set[str]:
    return words_of(("moved", "hidden"), ("ticket",)) if who in TEAM else set()


def may_find(who: str, kind: str) -> set[str]:
    """The words that may stand in an answer of this kind to this person."""
    match kind:
        case "page":
            return words_of(readable(who)) | spaces(who) | own(who) | tickets(who) | companies(who)
        case "desk":
            # What happens without it is between the asker and those who decide.
            needs = words_of(READS, ("otherwise",)) if who in SUPPORT else set()
            return words_of(readable(who)) | spaces(who) | companies(who) | needs
        case "complaints":
            said = words_of(READS, ("complaint",)) if who in SUPPORT else set()
            return words_of(readable(who)) | spaces(who) | companies(who) | said
        case "report":
            return may_find(who, "desk") | may_find(who, "complaints")
        case "company":
            return companies(who)
        case "held":
            return words_of(readable(who)) | spaces(who) | words_of(thing for thing in HELD if who in HELD[thing])
        case "history":
            return words_of(readable(who), (*NOW, *BEFORE)) | spaces(who)
        case "list":
            return words_of(listed(who)) | spaces(who) | own(who) | tickets(who) | companies(who)
        case "outside":
            return words_of(listed("visitor"))
        case "care" if who in CURATORS:
            # Who decides about posts reads them, also those that are gone.
            things = set(READS) - (set() if who in SUPPORT else OF_ORGANISATIONS)
            return (
                words_of(things)
                | words_of(things, ("flag",))
                | words_of(HELD)
                | words_of(("wave",), ("link",))
                | spaces(who)
            )
        case "care":
            return spaces(who)
    raise ValueError(kind)
