"""From the ask page to a new thread."""

import pytest
from django.urls import reverse

from community import prose
from community.spaces.models import Openness
from community.threads.models import Audience, Draft, Genre, Thread
from tests import make

pytestmark = pytest.mark.django_db
ASK = "/ask/"


@pytest.fixture
def space():
    return make.space("Mail")


def question(space, **changes):
    return {"space": space.pk, "title": "No keys after a rebuild", "body": "It says no.", "token": "one"} | changes


def test_a_question_leads_to_its_thread(customer, space, visiting_as):
    product, platform, tag = make.product(versions=("7.3", "7.2")), make.platform(), make.tag("keys")
    version = product.versions.get(name="7.2")

    answer = visiting_as(customer).post(
        ASK, question(space, version=version.pk, platform=platform.pk, tags="keys", product=product.pk)
    )

    thread = Thread.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, thread.get_absolute_url())
    assert (thread.author, thread.space, thread.genre, thread.audience) == (
        customer,
        space,
        Genre.QUESTION,
        Audience.EVERYONE,
    )
    assert (thread.product, thread.version, thread.platform, [*thread.tags.all()]) == (
        product,
        version,
        platform,
        [tag],
    )


def test_a_double_click_makes_one_thread(customer, space, visiting_as):
    browser = visiting_as(customer)

    answers = {browser.post(ASK, question(space))["Location"] for _press in range(3)}

    assert answers == {Thread.objects.get().get_absolute_url()}


def test_another_question_in_a_form_that_was_sent_before_is_kept_and_asked_about(customer, space, visiting_as):
    browser = visiting_as(customer)
    browser.post(ASK, question(space))

    answer = browser.post(ASK, question(space, title="Quite another thing"))

    assert answer.status_code == 409
    assert "Quite another thing" in answer.content.decode()
    assert Thread.objects.count() == 1


def test_a_version_names_its_product(customer, space, visiting_as):
    product = make.product()

    visiting_as(customer).post(ASK, question(space, version=product.versions.get().pk))

    assert Thread.objects.get().product == product


def test_versions_stand_under_their_product(customer, visiting_as):
    make.product("Relay Mail", versions=("7.3", "7.2"))

    page = visiting_as(customer).get(ASK).content.decode()

    assert '<optgroup label="Relay Mail">' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "Say in one sentence what happened."),
        ({"title": "x" * 201}, "Keep the title under 200 characters."),
        ({"body": ""}, "Write something first."),
        ({"body": "word " * (prose.MAX_LENGTH // 5 + 1)}, "a post can have"),
        ({"space": ""}, "Choose where it belongs."),
        ({"space": "999999999999999999999"}, "Select a valid choice."),
        ({"version": "-1"}, "Select a valid choice."),
        ({"platform": "NaN"}, "Select a valid choice."),
        ({"genre": "announcement"}, "Select a valid choice."),
        ({"audience": "team"}, "Select a valid choice."),
        ({"tags": "no-such-tag"}, "There is no tag"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_words_are_kept(customer, space, visiting_as, changes, words):
    answer = visiting_as(customer).post(ASK, question(space) | {"body": "Every word of it."} | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert changes.get("body", "Every word of it.") in page
    assert not Thread.objects.exists()


def test_a_version_of_another_product_is_refused(customer, space, visiting_as):
    mail, console = make.product("Mail"), make.product("Console")

    answer = visiting_as(customer).post(ASK, question(space, product=mail.pk, version=console.versions.get().pk))

    assert answer.status_code == 422
    assert "Choose a version of the chosen product." in answer.content.decode()
    assert not Thread.objects.exists()


def test_a_space_where_one_may_not_post_is_not_offered(customer, visiting_as):
    news = make.space("News", posters=Openness.TEAM)
    hidden = make.space("Back room", team_only=True)
    browser = visiting_as(customer)

    page = browser.get(ASK).content.decode()
    answers = [browser.post(ASK, question(space)) for space in (news, hidden)]

    assert "News" not in page
    assert "Back room" not in page
    assert [answer.status_code for answer in answers] == [422, 422]
    assert not Thread.objects.exists()


def test_tags_are_read_by_name_and_merged_names_mean_the_tag_they_went_into(customer, space, visiting_as):
    keys = make.tag("keys")
    make.tag("key-slots", merged_into=keys)
    mail = make.tag("mail")

    visiting_as(customer).post(ASK, question(space, tags="Key-Slots, keys , #MAIL,"))

    assert set(Thread.objects.get().tags.all()) == {keys, mail}


def test_six_tags_are_one_too_many(customer, space, visiting_as):
    names = [make.tag(f"tag{letter}").name for letter in "abcdef"]

    answer = visiting_as(customer).post(ASK, question(space, tags=",".join(names)))

    assert answer.status_code == 422
    assert "Choose at most 5 tags." in answer.content.decode()


def test_a_misspelt_tag_is_told_what_comes_near(customer, space, visiting_as):
    make.tag("encryption")

    answer = visiting_as(customer).post(ASK, question(space, tags="encription"))

    assert "Did you mean encryption?" in answer.content.decode()


def test_a_question_for_the_team_is_read_by_nobody_else(customer, peer, agent, space, visiting_as):
    visiting_as(customer).post(ASK, question(space, audience="named"))

    thread = Thread.objects.get()
    assert thread.audience == Audience.NAMED
    assert Thread.objects.visible_to(customer).get() == thread
    assert Thread.objects.visible_to(agent).get() == thread
    assert not Thread.objects.visible_to(peer).exists()


def test_the_team_announces(agent, space, visiting_as):
    visiting_as(agent).post(ASK, question(space, genre="announcement"))

    assert Thread.objects.get().genre == Genre.ANNOUNCEMENT


def test_a_visitor_signs_in_and_finds_the_question_again(customer, space, visiting_as):
    browser = visiting_as(None)

    answer = browser.post(ASK, question(space, body="Typed before", tags="keys"))
    browser.force_login(customer)
    page = browser.get(ASK).content.decode()

    assert answer["Location"] == "/accounts/login/?next=/ask/"
    assert "Typed before" in page
    assert f'<option value="{space.pk}" selected' in page
    assert Draft.objects.for_place(customer).get().fields["tags"] == "keys"
    assert not Thread.objects.exists()


def test_a_visitor_is_led_to_the_sign_in_and_back_to_the_begun_form(visiting_as):
    assert visiting_as(None).get("/ask/?space=mail")["Location"] == "/accounts/login/?next=/ask/%3Fspace%3Dmail"


def test_the_address_may_begin_the_form(customer, space, visiting_as):
    page = visiting_as(customer).get(f"{ASK}?space={space.slug}&title=From+the+search").content.decode()

    assert "From the search" in page
    assert f'<option value="{space.pk}" selected' in page


def test_too_many_questions_at_once_are_asked_to_wait_and_lose_nothing(customer, space, visiting_as, settings):
    settings.RATE_LIMITS = True
    browser = visiting_as(customer)

    answers = [browser.post(ASK, question(space, title=f"Question {n}", token=f"token-{n}")) for n in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Question 3" in answers[-1].content.decode()
    assert Thread.objects.count() == 3


def test_the_title_can_be_made_truer(customer, space, visiting_as):
    thread = make.thread(by=customer, title="Help!!")
    tag = make.tag("keys")
    browser = visiting_as(customer)
    address = reverse("threads:retitle", args=[thread.pk])

    shown = browser.get(address).content.decode()
    refused = browser.post(address, {"title": "", "tags": ""})
    answer = browser.post(address, {"title": "Keys are gone after a rebuild", "tags": "keys"})

    thread.refresh_from_db()
    assert "Help!!" in shown
    assert refused.status_code == 422
    assert answer["Location"] == thread.get_absolute_url()
    assert (thread.title, [*thread.tags.all()]) == ("Keys are gone after a rebuild", [tag])


def test_others_do_not_change_the_title(peer, visiting_as):
    thread = make.thread(title="Mine")

    answer = visiting_as(peer).post(reverse("threads:retitle", args=[thread.pk]), {"title": "Yours"})

    thread.refresh_from_db()
    assert answer.status_code == 403
    assert "Yours" in answer.content.decode()
    assert thread.title == "Mine"


def test_nothing_but_what_the_form_asks_for_is_taken(customer, agent, space, visiting_as):
    forged = {
        "author": agent.pk,
        "state": "confirmed",
        "pinned_at": "2000-01-01",
        "locked_at": "2000-01-01",
        "accepted_by_support_at": "2000-01-01",
        "named": agent.pk,
        "slug": "forged",
        "me_too_count": 99,
        "created_at": "2000-01-01",
        "is_staff": "1",
        "role": "administrator",
    }

    visiting_as(customer).post(ASK, question(space) | forged)

    thread = Thread.objects.get()
    assert (thread.author, thread.state, thread.slug) == (customer, "waiting_us", "no-keys-after-a-rebuild")
    assert (thread.pinned_at, thread.locked_at, thread.accepted_by_support_at) == (None, None, None)
    assert (thread.me_too_count, thread.named.count()) == (0, 0)
    customer.refresh_from_db()
    assert (customer.role, customer.is_staff) == ("customer", False)
