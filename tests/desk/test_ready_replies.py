"""Support keeps words ready, with places for what differs; what no thread could fill is refused when it is saved."""

import pytest

from community.desk.actions import add_ready_reply, change_ready_reply, drop_ready_reply
from community.desk.filling import filled
from community.desk.models import ReadyReply
from community.policy import Invalid, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db

REPLIES = "/desk/replies/"
GREETING = "Hello {{ asker }}, on {{product}} {{ version }} see {{ thread }}. {{ me }}"


@pytest.fixture
def thread(customer):
    product = make.product("Relay Mail")
    return make.thread(by=customer, product=product, version=product.versions.get())


@pytest.fixture
def greeting(agent) -> ReadyReply:
    return add_ready_reply(by=agent, name="Greeting", body=GREETING)


def find(browser, thread, q=""):
    return browser.get(f"{REPLIES}find/", {"q": q, "thread": thread.pk})


def test_the_places_are_filled_from_the_thread_and_the_writer(thread, greeting, agent, visiting_as):
    (offered,) = find(visiting_as(agent), thread, "gre").json()["replies"]

    assert offered["name"] == "Greeting"
    assert offered["body"] == f"Hello fenwick, on Relay Mail 7.2 see #{thread.pk}. desk-two"
    assert offered["missing"] == []


def test_a_place_the_thread_has_nothing_for_stays_to_be_seen(customer, agent):
    made = filled("On {{ version }}.", make.thread(by=customer), agent)

    assert (made.body, made.missing) == ("On [version?].", ["version"])


def test_a_name_that_looks_like_markdown_stays_a_name(agent):
    asker = make.member(name="Ann *the* [one](x)")

    assert filled("{{ asker }}", make.thread(by=asker), agent).body == r"Ann \*the\* \[one\](x)"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Hello {{ custmer }}", "There is no {{ custmer }}. You can use: {{ asker }}"),
        ("Hello {{ asker", "stands alone"),
        ("Hello {{}}", "There is no"),
        ("  ", "Write something"),
    ],
)
def test_what_nothing_could_fill_is_refused_and_the_words_are_kept(body, said, agent, visiting_as):
    answer = visiting_as(agent).post(f"{REPLIES}new/", {"name": "Greeting", "body": body})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert body.strip() in page
    assert not ReadyReply.objects.exists()


def test_two_may_not_have_one_name(greeting, agent):
    with pytest.raises(Invalid, match="Another ready reply has this name"):
        add_ready_reply(by=agent, name="greeting ", body="Other words.")


def test_a_reply_is_written_changed_and_dropped_on_pages(agent, visiting_as):
    browser = visiting_as(agent)

    browser.post(f"{REPLIES}new/", {"name": "Which version", "body": "Which version is it?"})
    reply = ReadyReply.objects.get()
    browser.post(f"{REPLIES}{reply.pk}/", {"name": "Which version", "body": "Which version, {{ asker }}?"})
    page = browser.get(REPLIES).content.decode()

    assert "Which version, {{ asker }}?" in page
    assert "What is deleted" in browser.get(f"{REPLIES}{reply.pk}/drop/").content.decode()
    assert ReadyReply.objects.exists()
    browser.post(f"{REPLIES}{reply.pk}/drop/")
    assert not ReadyReply.objects.exists()


@pytest.mark.parametrize("who", ["customer", "peer", "moderator"])
def test_only_who_answers_for_support_has_them(who, request, thread, greeting, visiting_as):
    member = request.getfixturevalue(who)
    browser = visiting_as(member)

    assert find(browser, thread).status_code == 403
    assert browser.get(REPLIES).status_code == 403
    assert "data-ready-url" not in browser.get(thread.get_absolute_url()).content.decode()
    for press in (
        lambda: add_ready_reply(by=member, name="Mine", body="Words."),
        lambda: change_ready_reply(by=member, reply=greeting, name="Mine", body="Words."),
        lambda: drop_ready_reply(by=member, reply=greeting),
    ):
        with pytest.raises(NotAllowed):
            press()
    assert ReadyReply.objects.get().body == GREETING


def test_a_thread_that_is_gone_fills_nothing(thread, greeting, agent, visiting_as):
    type(thread).objects.filter(pk=thread.pk).update(deleted_at=thread.created_at, deleted_because="So.")

    assert find(visiting_as(agent), thread).status_code == 404


def test_without_scripts_it_is_put_behind_what_is_written(thread, greeting, agent, visiting_as):
    browser = visiting_as(agent)
    address = f"/threads/{thread.pk}/reply/"
    assert "Put it in" in browser.get(address).content.decode()

    page = browser.post(address, {"body": "First this.", "do": "ready", "ready": greeting.pk}).content.decode()

    assert "First this.\n\nHello fenwick, on Relay Mail 7.2" in page
    assert thread.posts.count() == 1


def test_the_list_costs_the_same_few_queries(agent, visiting_as, django_assert_max_num_queries):
    for number in range(4):
        add_ready_reply(by=agent, name=f"Greeting {number}", body="Hello.")
    browser = visiting_as(agent)
    browser.get(REPLIES)

    with django_assert_max_num_queries(6):
        browser.get(REPLIES)
