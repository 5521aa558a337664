"""Whatever a page missed, it gets from the log: every change once, in order, as things are now."""

import pytest
from django.urls import reverse

from community.live import frames
from community.people.models import Role
from community.threads.actions import accept_answer, delete_post, edit_post
from community.threads.models import Kind, Lane
from tests import make

pytestmark = pytest.mark.django_db


def since(client, thread, seq: int, query: str = ""):
    return client.get(reverse("threads:since", args=[thread.pk, seq]) + query)


def test_everything_after_a_number_comes_in_order(client):
    thread = make.thread()
    for _ in range(3):
        make.reply(thread)

    answer = since(client, thread, 1).json()

    assert (answer["stream"], answer["head"], answer["more"]) == (f"thread:{thread.pk}", 4, False)
    assert [(frame["seq"], frame["kind"], frame["place"]) for frame in answer["frames"]] == [
        (2, "replied", "append"),
        (3, "replied", "append"),
        (4, "replied", "append"),
    ]


def test_who_has_everything_gets_nothing(client):
    thread = make.thread()

    assert since(client, thread, 1).json() == {
        "stream": f"thread:{thread.pk}",
        "head": 1,
        "frames": [],
        "more": False,
    }


def test_who_has_more_than_there_is_loads_the_page_again(client):
    assert since(client, make.thread(), 7).json()["reload"] is True


def test_a_long_absence_is_caught_up_in_pieces(client, monkeypatch):
    monkeypatch.setattr(frames, "AT_A_TIME", 2)
    thread = make.thread()
    posts = [make.reply(thread) for _ in range(5)]

    seen, pieces = 1, []
    while True:
        answer = frames.catch_up(thread, seen, limit=2)
        pieces.append([frame["post"] for frame in answer["frames"]])
        seen = answer["frames"][-1]["seq"]
        if not answer["more"]:
            break

    assert pieces == [[posts[0].pk, posts[1].pk], [posts[2].pk, posts[3].pk], [posts[4].pk]]


def test_each_piece_brings_what_its_changes_made_the_page_say():
    agent = make.member(role=Role.AGENT)
    thread = make.thread()
    post = make.reply(thread, body="Renew the keys.", kind=Kind.SOLUTION)
    accept_answer(by=agent, post=post)
    for _ in range(3):
        make.reply(thread)

    pieces = [frames.catch_up(thread, seen, limit=3)["frames"][-1]["regions"] for seen in (0, 3)]

    assert "Renew the keys." in pieces[0]["best"]
    assert pieces[1].keys() == {"state", "turn", "people"}


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_the_words_of_a_post_removed_since_are_not_told(client, how):
    moderator = make.member(role=Role.MODERATOR)
    thread = make.thread()
    post = make.reply(thread, body="my password is swordfish")
    if how == "deleted":
        delete_post(by=moderator, post=post, because="Private data")
    else:
        from community.moderation.actions import hide_post

        hide_post(by=moderator, post=post, because="Private data")

    answer = since(client, thread, 1)

    assert "swordfish" not in answer.text
    assert [frame["kind"] for frame in answer.json()["frames"]] == ["replied", how]
    assert answer.json()["frames"][0]["html"].count("Private data") == 1


def test_an_edited_post_is_shown_as_it_is_now(client):
    author = make.member()
    thread = make.thread()
    post = make.reply(thread, by=author, body="first words")
    edit_post(by=author, post=post, body="second words", seen_revision=0)

    found = since(client, thread, 1).json()["frames"]

    assert [(frame["kind"], "second words" in frame["html"], "first words" in frame["html"]) for frame in found] == [
        ("replied", True, False),
        ("edited", True, False),
    ]


def test_accepting_brings_the_state_and_the_best_solution_along(client):
    agent = make.member(role=Role.AGENT)
    thread = make.thread()
    post = make.reply(thread, body="Renew the keys.", kind=Kind.SOLUTION)
    accept_answer(by=agent, post=post)

    last = since(client, thread, 2).json()["frames"][-1]

    assert last["kind"] == "accepted"
    assert {"state", "best", "turn", post.anchor} <= last["regions"].keys()
    assert "Renew the keys." in last["regions"]["best"]


def test_notes_are_for_the_team(client):
    agent = make.member(role=Role.AGENT)
    thread = make.thread()
    make.reply(thread, by=agent, body="Known since Tuesday.", kind=Kind.NOTE)

    assert since(client, thread, 0, "?lane=team").status_code == 404
    assert "Known since Tuesday." not in since(client, thread, 0).text
    client.force_login(agent)
    answer = since(client, thread, 0, "?lane=team").json()
    assert (answer["stream"], [frame["kind"] for frame in answer["frames"]]) == (f"thread:{thread.pk}:team", ["noted"])
    assert "Known since Tuesday." in answer["frames"][0]["html"]


@pytest.mark.parametrize("path", ["/threads/999999/since/0/", "/threads/1/since/-1/", "/threads/1/since/x/"])
def test_there_is_nothing_to_catch_up_where_nothing_is(client, path):
    assert client.get(path).status_code == 404


def test_a_frame_is_the_same_whoever_caused_it_and_carries_no_request(client):
    thread = make.thread()
    make.reply(thread)
    entry = frames.rows_of_log(thread).get(lane=Lane.ALL, seq=2)
    thread = type(thread).objects.for_page().get(pk=thread.pk)

    text = frames.text_of(entry, thread)

    assert "csrf" not in text
    assert len(text) < 8_000


def test_catching_up_asks_a_handful_of_questions_however_much_there_is(client, django_assert_max_num_queries):
    thread = make.thread()
    for _ in range(12):
        make.reply(thread)

    with django_assert_max_num_queries(9):
        since(client, thread, 0)
