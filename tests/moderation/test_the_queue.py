from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from community import clock
from community.moderation.actions import (
    appeal_sanction,
    decline_flag,
    flag_thing,
    hide_post,
    pin_thread,
    sanction_member,
    uphold_flag,
)
from community.moderation.actions.contradictions import line_up_contradiction
from community.moderation.actions.waves import hold_account
from community.moderation.events import TextHeld
from community.moderation.models import Decision, Flag, Held
from community.moderation.reactions import line_up_held
from community.people.actions import set_role
from community.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def flagged(why: str, *, body: str, by=None):
    return flag_thing(by=by or make.member(), thing=make.reply(make.thread(), body=body), why=why)


def bodies(page) -> list[str]:
    return [case.post.body for case in page.context["cases"]]


def test_the_gravest_comes_first_then_what_has_waited_longest(moderator, visiting_as):
    clock.set_to(clock.now())
    for why in ("outdated", "spam", "private", "abuse", "spam", "place"):
        flagged(why, body=f"{why} {clock.now():%H%M%S}")
        clock.advance(timedelta(seconds=1))

    found = bodies(visiting_as(moderator).get("/moderation/"))

    assert [body.split()[0] for body in found] == ["private", "abuse", "spam", "spam", "outdated", "place"]
    assert found[2] < found[3]


def test_several_flags_on_one_post_are_one_thing_to_decide(moderator, customer, visiting_as):
    post = make.reply(make.thread(), body="Buy seats.")
    flag_thing(by=customer, thing=post, why="spam", words="Advertises.")
    flag_thing(by=make.member("sanne"), thing=post, why="abuse", words="And is rude.")
    flagged("spam", body="Another one.")

    page = visiting_as(moderator).get("/moderation/")

    assert bodies(page) == ["Buy seats.", "Another one."]
    assert [tab["count"] for tab in page.context["tabs"][:4]] == [2, 2, 0, 0]
    assert "<b>2</b> wait for a decision" in page.text
    first = page.context["cases"][0]
    assert [flag.words for flag in first.flags] == ["And is rude.", "Advertises."]
    assert first.since == min(flag.created_at for flag in first.flags)
    for words in ("Advertises.", "And is rude.", "fenwick", "sanne"):
        assert words in page.text


def test_what_was_decided_together_stands_together_the_latest_first(moderator, customer, visiting_as):
    clock.set_to(clock.now())
    post = make.reply(make.thread(), body="Buy seats.")
    flag_thing(by=customer, thing=post, why="spam")
    decline_flag(by=moderator, flag=flag_thing(by=make.member(), thing=post, why="place"), because="Not yet.")
    clock.advance(timedelta(days=1))
    uphold_flag(by=moderator, flag=flag_thing(by=customer, thing=post, why="spam"), because="Enough.")

    page = visiting_as(moderator).get("/moderation/?show=decided")

    assert [(case.first.decided_because, len(case.flags)) for case in page.context["cases"]] == [
        ("Enough.", 1),
        ("Not yet.", 2),
    ]
    assert [tab["count"] for tab in page.context["tabs"][:2]] == [0, 0]


def test_an_empty_queue_says_so(moderator, visiting_as):
    browser = visiting_as(moderator)

    assert "Nothing waits." in browser.get("/moderation/").text
    assert "Nothing was decided yet." in browser.get("/moderation/?show=decided").text
    assert "Nothing was decided yet." in browser.get("/moderation/log/").text
    assert browser.get("/moderation/?show=nothing").status_code == 404


def test_a_long_queue_has_pages(moderator, visiting_as, monkeypatch):
    monkeypatch.setattr("community.moderation.views.reviewing.ON_A_PAGE", 2)
    for number in range(5):
        flagged("spam", body=f"Seats {number}.")

    browser = visiting_as(moderator)
    pages = [bodies(browser.get(f"/moderation/?page={page}")) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert {body for page in pages for body in page} == {f"Seats {number}." for number in range(5)}


def test_what_is_out_of_sight_already_says_so(moderator, visiting_as):
    flag = flagged("spam", body="Buy seats.")
    hide_post(by=moderator, post=flag.post, because="Seen elsewhere.")

    page = visiting_as(moderator).get("/moderation/")

    assert "Already out of sight. Reason: <bdi>Seen elsewhere.</bdi>" in page.text


def test_an_open_queue_asks_how_many_flags_have_come(moderator, visiting_as):
    flag = flagged("spam", body="One.")
    browser = visiting_as(moderator)
    newest = browser.get("/moderation/").context["newest"]
    flagged("spam", body="Two.")

    assert newest == flag.case_id
    assert browser.get(f"/moderation/new/?after={newest}").json() == {"count": 1}
    for after in ("", "x", "-1", "9" * 30):
        assert browser.get(f"/moderation/new/?after={after}").json() == {"count": 2}


@pytest.mark.parametrize("address", ["/moderation/", "/moderation/log/", "/moderation/new/"])
@pytest.mark.parametrize(("who", "status"), [(None, 302), ("customer", 403), ("agent", 403), ("moderator", 200)])
def test_the_queue_and_the_log_are_for_moderators(address, who, status, request, visiting_as):
    browser = visiting_as(request.getfixturevalue(who) if who else None)

    assert browser.get(address).status_code == status


def test_the_log_says_who_did_what_to_what_and_why(moderator, visiting_as):
    thread = make.thread(title="Keys expired")
    pin_thread(by=moderator, thread=thread)
    hide_post(by=moderator, post=make.reply(thread), because="Advertising.")
    administrator = make.member("keeper", role=Role.ADMINISTRATOR)
    set_role(by=administrator, member=make.member("wanda"), role=Role.MODERATOR)

    text = visiting_as(moderator).get("/moderation/log/").text

    for words in ("osier", "pinned a thread", "Keys expired", "hid a post", "Advertising."):
        assert words in text
    for words in ("keeper", "changed a role", "wanda", "Customer → Moderator"):
        assert words in text


def test_decisions_are_never_changed_not_even_in_the_back_office(client):
    administrator = make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    pin_thread(by=administrator, thread=make.thread())
    decision = Decision.objects.get()
    flag = flagged("spam", body="Buy seats.")
    client.force_login(administrator)

    for kind, row in (("decision", decision), ("flag", flag)):
        assert client.get(f"/admin/moderation/{kind}/").status_code == 200
        assert client.get(f"/admin/moderation/{kind}/{row.pk}/change/").status_code == 200
        assert client.post(f"/admin/moderation/{kind}/{row.pk}/change/", {"because": "Other."}).status_code == 403
        assert client.post(f"/admin/moderation/{kind}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"/admin/moderation/{kind}/add/").status_code == 403
        deleting = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        client.post(f"/admin/moderation/{kind}/", deleting)
    assert Decision.objects.get().because == ""
    assert Flag.objects.count() == 1


def test_a_flag_without_an_outcome_is_not_decided():
    flag = flagged("spam", body="Buy seats.")

    with pytest.raises(IntegrityError, match="decided_flags_have_an_outcome"), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(decided_at=clock.now())


def test_what_is_decided_about_stands_there_as_it_was_written(moderator, visiting_as):
    code = "Run this:\n\n```\nmake clean\n  make all\n```\n"
    post = make.reply(make.thread(), body=code, kind="solution")
    flag_thing(by=make.member(), thing=post, why="spam")
    long = flagged("place", body=f"Long. {'And on. ' * 2000}").post
    about = {"by": post.author, "space": post.thread.space, "at": clock.now()}
    held = Held.objects.create(what="reply", thread=post.thread, body=code, **about)
    line_up_held(TextHeld(held_id=held.pk, member_id=held.by_id))
    line_up_contradiction(post, at=clock.now())

    page = visiting_as(moderator).get("/moderation/").text

    assert page.count("make clean\n  make all") == 3
    # What is longer than two screens is opened where it stands.
    assert page.count("And on.") < 60
    assert long.get_absolute_url() in page


def test_the_tabs_of_moderation_stay_on_the_pages_beside_the_queue(moderator, visiting_as):
    browser = visiting_as(moderator)

    for path in ("log", "words", "rules", "trust"):
        page = browser.get(f"/moderation/{path}/").text
        for other in ("/moderation/", "/moderation/?show=held", "/moderation/log/", "/moderation/words/"):
            assert f'<a href="{other}"' in page, (path, other)
    assert '<a href="/moderation/log/" aria-current="page">' in browser.get("/moderation/log/").text


def test_every_kind_of_case_stands_on_a_page_of_a_dozen_questions(moderator, visiting_as):
    sanctioned, spammer = make.member(), make.member()
    post = make.reply(make.thread())
    picture = make.attachment(by=post.author, post=post)
    for thing in (post, make.reply(make.thread()), make.thread(), make.thread(), make.member(bio="Seats."), picture):
        flag_thing(by=make.member(), thing=thing, why="spam")
    line_up_contradiction(make.reply(make.thread(), kind="solution"), at=clock.now())
    hold_account(spammer, ["trap"], at=clock.now())
    held = Held.objects.create(
        by=spammer, what="reply", space=post.thread.space, thread=post.thread, body="Seats.", at=clock.now()
    )
    line_up_held(TextHeld(held_id=held.pk, member_id=spammer.pk))
    warning = sanction_member(by=make.member(role=Role.MODERATOR), member=sanctioned, kind="warning", because="So.")
    appeal_sanction(by=sanctioned, sanction=warning, words="It was a quotation.")
    browser = visiting_as(moderator)
    browser.get("/moderation/")

    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/moderation/")

    assert len({line.case.kind for line in page.context["cases"]}) == 5
    assert len(page.context["cases"]) == 10
    assert len(asked) == 12
    # With more tables at once PostgreSQL takes longer to plan than to answer.
    assert max(query["sql"].count(" JOIN ") for query in asked) == 13
