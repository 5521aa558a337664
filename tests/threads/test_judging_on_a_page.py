import pytest
from django.test import Client

from community.moderation.actions import hide_post
from community.threads.models import Audience, Bookmark, Confirmation, Follow, LogEntry, MeToo, Vote
from tests import make

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}
ON_POSTS = ("accept", "unaccept", "confirm", "vote", "bookmark")
ON_THREADS = ("me-too", "follow", "read")


@pytest.fixture
def thread(customer):
    product = make.product(versions=("7.3", "7.2"))
    return make.thread(by=customer, product=product, version=product.versions.get(name="7.2"))


@pytest.fixture
def answer(thread, peer):
    return make.reply(thread, by=peer, kind="solution")


def everything() -> list:
    models = (Vote, Bookmark, Confirmation, MeToo, Follow, LogEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]


def addresses(answer) -> list[str]:
    on_posts = [f"/posts/{answer.pk}/{act}/" for act in ON_POSTS]
    return on_posts + [f"/threads/{answer.thread_id}/{act}/" for act in ON_THREADS]


def test_the_asker_confirms_without_scripts(answer, customer, visiting_as):
    browser = visiting_as(customer)
    assert f'action="/posts/{answer.pk}/confirm/"' in browser.get(answer.thread.get_absolute_url()).content.decode()

    done = browser.post(f"/posts/{answer.pk}/confirm/", {"works": "yes"})

    assert done["Location"] == f"{answer.thread.get_absolute_url()}#best"
    answer.thread.refresh_from_db()
    assert answer.thread.state == "confirmed"
    assert answer.thread.confirmed_on.name == "7.2"


def test_the_asker_says_it_is_still_broken(answer, customer, visiting_as):
    visiting_as(customer).post(f"/posts/{answer.pk}/confirm/", {"works": "no"})

    answer.thread.refresh_from_db()
    assert answer.thread.state == "waiting_us"


def test_support_accepts_and_takes_back(answer, agent, visiting_as):
    browser = visiting_as(agent)

    browser.post(f"/posts/{answer.pk}/accept/")
    answer.refresh_from_db()
    assert answer.accepted_by_support_at

    browser.post(f"/posts/{answer.pk}/unaccept/")
    answer.refresh_from_db()
    assert answer.accepted_by_support_at is None


def test_others_say_on_which_version_and_take_it_back(answer, visiting_as):
    other = make.member()
    browser = visiting_as(other)
    version = answer.thread.product.versions.get(name="7.3")

    browser.post(f"/posts/{answer.pk}/confirm/", {"works": "yes", "version": version.pk})
    assert Confirmation.objects.get(member=other).version == version

    browser.post(f"/posts/{answer.pk}/confirm/", {"works": "withdraw"})
    assert not Confirmation.objects.exists()


def test_the_form_asks_for_the_version_and_remembers(answer, visiting_as):
    browser = visiting_as(make.member())
    version = answer.thread.product.versions.get(name="7.3")

    before = browser.get(f"/posts/{answer.pk}/tried/?works=no").content.decode()
    browser.post(f"/posts/{answer.pk}/confirm/", {"works": "yes", "version": version.pk})
    after = browser.get(f"/posts/{answer.pk}/tried/", headers={"hx-request": "true"}).content.decode()

    assert "7.2</option>" in before
    assert f'<option value="{version.pk}" selected>' in after
    assert "You said that it works for you." in after
    assert "<html" not in after


@pytest.mark.parametrize("said", [{}, {"works": "perhaps"}, {"works": "yes", "version": "of another product"}])
def test_what_is_no_word_is_refused_and_leaves_no_trace(answer, said, visiting_as):
    if "version" in said:
        said = said | {"version": make.product().versions.get().pk}
    browser, before = visiting_as(make.member()), everything()

    assert browser.post(f"/posts/{answer.pk}/confirm/", said).status_code == 422
    assert everything() == before


@pytest.mark.parametrize(("act", "rows"), [("vote", Vote), ("bookmark", Bookmark)], ids=["a vote", "a bookmark"])
def test_a_press_and_a_second_one(answer, visiting_as, act, rows):
    browser = visiting_as(make.member())

    on = browser.post(f"/posts/{answer.pk}/{act}/", {"on": "1"}, **JSON).json()
    assert on["on"] is True
    assert rows.objects.count() == 1

    browser.post(f"/posts/{answer.pk}/{act}/", {"on": "1"}, **JSON)
    off = browser.post(f"/posts/{answer.pk}/{act}/", {"on": "0"}, **JSON).json()
    assert off["on"] is False
    assert rows.objects.count() == 0


def test_me_too_counts_once_and_follows(thread, peer, visiting_as):
    browser = visiting_as(peer)

    counts = [browser.post(f"/threads/{thread.pk}/me-too/", **JSON).json()["count"] for _ in range(2)]

    assert counts == [1, 1]
    assert Follow.objects.filter(member=peer, thread=thread).exists()


def test_following_without_scripts_leads_back(thread, peer, visiting_as):
    browser = visiting_as(peer)

    assert browser.post(f"/threads/{thread.pk}/follow/", {"on": "1"})["Location"] == thread.get_absolute_url()
    assert 'aria-pressed="true"' in browser.get(thread.get_absolute_url()).content.decode()


def test_looking_changes_nothing(answer, customer, visiting_as):
    for reader in (None, customer):
        before = everything()
        statuses = {visiting_as(reader).get(address).status_code for address in addresses(answer)}
        assert statuses == {405}
        assert everything() == before


def test_a_press_from_elsewhere_is_refused(answer, customer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(customer)
    before = everything()

    statuses = {browser.post(address, {"works": "yes"}).status_code for address in addresses(answer)}

    assert statuses == {403}
    assert everything() == before


def test_visitors_sign_in_and_come_back_to_the_post(client, answer):
    before = everything()

    for act in ON_POSTS:
        location = client.post(f"/posts/{answer.pk}/{act}/")["Location"]
        assert location == f"/accounts/login/?next=/posts/{answer.pk}/"
    refused = client.post(f"/posts/{answer.pk}/vote/", **JSON)

    assert refused.status_code == 403
    assert refused.json()["sign_in"] == f"/accounts/login/?next=/posts/{answer.pk}/"
    assert everything() == before


def test_nobody_judges_what_he_cannot_see(agent, peer, visiting_as):
    thread = make.thread(by=agent, audience=Audience.TEAM)
    answer = make.reply(thread, by=agent)
    before = everything()

    statuses = {visiting_as(peer).post(address, {"works": "yes"}).status_code for address in addresses(answer)}

    assert statuses == {404}
    assert everything() == before


def test_a_removed_answer_cannot_be_accepted(answer, customer, moderator, visiting_as):
    hide_post(by=moderator, post=answer, because="Spam.")
    before = everything()

    refused = visiting_as(customer).post(f"/posts/{answer.pk}/accept/")

    assert refused.status_code == 403
    assert "removed" in refused.content.decode()
    assert everything() == before


@pytest.mark.parametrize(("act", "reason"), [("vote", "Others vote for your posts."), ("accept", "Only the asker")])
def test_a_refusal_says_why(answer, peer, visiting_as, act, reason):
    before = everything()

    refused = visiting_as(peer).post(f"/posts/{answer.pk}/{act}/", **JSON)

    assert refused.status_code == 403
    assert reason in refused.json()["reason"]
    assert everything() == before


def test_the_menu_says_what_one_may_do_and_why_not_the_rest(answer, peer, moderator, visiting_as):
    own = visiting_as(peer).get(f"/posts/{answer.pk}/menu/").content.decode()
    curating = visiting_as(moderator).get(f"/posts/{answer.pk}/menu/").content.decode()
    visitors = visiting_as(None).get(f"/posts/{answer.pk}/menu/").content.decode()

    assert f'href="/posts/{answer.pk}/edit/"' in own
    assert "Others vote for your posts." in own
    assert f'href="/posts/{answer.pk}/hide/"' in curating
    assert f'href="/posts/{answer.pk}/hide/"' not in own
    assert "Sign in to vote." in visitors
    assert "csrf" not in visitors


def test_the_menu_opens_beside_the_post(answer, peer, visiting_as):
    fragment = visiting_as(peer).get(f"/posts/{answer.pk}/menu/", headers={"hx-request": "true"})

    assert "<html" not in fragment.content.decode()
    assert "no-store" in fragment["Cache-Control"]


def test_what_a_removed_post_said_is_shown_to_its_author_and_the_team(answer, peer, moderator, visiting_as):
    hide_post(by=moderator, post=answer, because="Spam.")
    path = f"/posts/{answer.pk}/menu/"

    seen = [
        answer.html in visiting_as(who).get(path).content.decode() for who in (None, make.member(), peer, moderator)
    ]

    assert seen == [False, False, True, True]
