"""Who may listen is `visible_to`; what is not there and what is not for you look the same."""

import pytest
from asgiref.sync import sync_to_async

from community.people.models import Role
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = ("visitor", "customer", "asker", "named", "insider", "moderator", "agent", "administrator")
TEAM = {"moderator", "agent", "administrator"}
EVERYBODY = set(PEOPLE)

STREAMS = {
    "thread: open": EVERYBODY,
    "thread: named": TEAM | {"asker", "named"},
    "thread: team": TEAM,
    "thread: members' space": TEAM | {"insider"},
    "thread: hidden": TEAM | {"asker"},
    "thread: deleted": set(),
    "thread: missing": set(),
    "team lane: open": TEAM,
    "team lane: deleted": set(),
    "space: open": EVERYBODY,
    "space: members": TEAM | {"insider"},
    "space: missing": set(),
    "list": EVERYBODY,
    "member: customer": {"customer"},
    "member: missing": set(),
}


def build():
    people = {role: make.member(role=role) for role in ("moderator", "agent", "administrator")}
    people |= {name: make.member(role=Role.CUSTOMER) for name in ("customer", "asker", "named", "insider")}
    asker = people["asker"]
    insiders = make.space(members=[people["insider"], asker])
    open_thread = make.thread(by=asker)
    named = make.thread(by=asker, audience=Audience.NAMED)
    named.named.add(people["named"])
    team = make.thread(by=people["agent"], audience=Audience.TEAM)
    inside = make.thread(by=asker, space=insiders)
    hidden = make.thread(by=asker, hidden_at=asker.joined_at, hidden_because="spam")
    deleted = make.thread(by=asker, deleted_at=asker.joined_at, deleted_because="spam")
    insiders.members.remove(asker)
    names = {
        "thread: open": f"thread:{open_thread.pk}",
        "thread: named": f"thread:{named.pk}",
        "thread: team": f"thread:{team.pk}",
        "thread: members' space": f"thread:{inside.pk}",
        "thread: hidden": f"thread:{hidden.pk}",
        "thread: deleted": f"thread:{deleted.pk}",
        "thread: missing": "thread:999999999999999999",
        "team lane: open": f"thread:{open_thread.pk}:team",
        "team lane: deleted": f"thread:{deleted.pk}:team",
        "space: open": f"list:space-{open_thread.space_id}",
        "space: members": f"list:space-{insiders.pk}",
        "space: missing": "list:space-123456",
        "list": "list:all",
        "member: customer": f"member:{people['customer'].pk}",
        "member: missing": "member:999999",
    }
    return people, names


@pytest.mark.parametrize("who", PEOPLE)
async def test_a_stream_is_open_to_those_who_may_read_it(visiting, who):
    people, names = await sync_to_async(build)()

    answers = {}
    async with visiting(people.get(who)) as reader:
        for called, stream in names.items():
            answers[called] = await reader.listen(stream)

    heard = {called for called, answer in answers.items() if answer["kind"] == "subscribed"}
    assert heard == {called for called, listeners in STREAMS.items() if who in listeners}
    for called in set(names) - heard:
        assert answers[called] == {"stream": names[called], "seq": None, "kind": "refused"}


async def test_names_that_are_no_streams_are_refused_like_any_other(visiting):
    async with visiting() as reader:
        for name in (
            "thread:",
            "thread:0x1",
            "thread:1:all",
            "thread:1:team:team",
            "list:space-",
            "posts:1",
            "thread:-1",
        ):
            assert (await reader.listen(name))["kind"] == "refused"


async def test_the_answer_says_how_far_the_log_is(visiting):
    thread = await sync_to_async(make.thread)()
    await sync_to_async(make.reply)(thread)
    await sync_to_async(thread.refresh_from_db)()

    async with visiting() as reader:
        answer = await reader.listen(f"thread:{thread.pk}", since=1)

    assert answer["head"] == thread.seq == 2


async def test_a_socket_listens_to_twenty_streams_and_no_more(visiting, monkeypatch):
    monkeypatch.setattr("community.live.consumers.MESSAGES_AT_ONCE", 100)
    threads = [await sync_to_async(make.thread)() for _ in range(3)]
    monkeypatch.setattr("community.live.consumers.STREAMS_PER_SOCKET", 2)

    async with visiting() as reader:
        kinds = [(await reader.listen(f"thread:{thread.pk}")).get("code", "ok") for thread in threads]
        again = await reader.listen(f"thread:{threads[0].pk}")
        await reader.say("unsubscribe", f"thread:{threads[0].pk}")
        await reader.next()
        instead = await reader.listen(f"thread:{threads[2].pk}")

    assert kinds == ["ok", "ok", "too_many"]
    assert again["kind"] == instead["kind"] == "subscribed"
