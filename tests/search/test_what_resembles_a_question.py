"""Whoever asks is shown what was asked and explained before: what may be read, and shares more than small words."""

import pytest

from cms import first_pages
from cms.models import HelpArticle, HelpCentre
from community.threads.models import Audience
from tests import make

pytestmark = pytest.mark.django_db

SIMILAR = "/ask/similar/"
TYPED = "signing keys expired after rebuild"


@pytest.fixture
def offered(visiting_as, indexed):
    """Titles that are offered to somebody who types."""

    def offer(member, title=TYPED, **more):
        indexed()
        page = visiting_as(member).get(SIMILAR, {"title": title} | more)
        assert page.status_code == 200
        found = page.context["similar"]
        return [one.title for one in (*found.articles, *found.threads)]

    return offer


def article(title="Rebuild a machine and keep its keys", *, product=None, confirmed_on=None, live=True) -> HelpArticle:
    first_pages.build()
    words = {"summary": "Release the slot first.", "product": product, "confirmed_on": confirmed_on, "live": live}
    return HelpCentre.objects.get().add_child(instance=HelpArticle(title=title, body=[], **words))


def test_a_question_with_the_same_words_is_offered_and_one_with_others_is_not(customer, offered):
    make.thread(title="Keys expire when a machine is rebuilt", body="Signing stops.")
    make.thread(title="The calendar forgets birthdays", body="Every single one.")

    assert offered(customer) == ["Keys expire when a machine is rebuilt"]


def test_words_that_stand_in_every_question_make_nothing_alike(customer, offered):
    make.thread(title="Why does this not work after the update please help", body="What should we do with it?")

    assert offered(customer, "Why does it not work with this please help") == []


def test_one_word_in_common_is_not_enough(customer, offered):
    make.thread(title="Keys of the piano stick", body="In winter.")

    assert offered(customer) == []


def test_most_alike_stands_first_and_the_product_at_hand_decides(customer, offered):
    product, other = make.product(), make.product()
    make.thread(title="Keys expired", body="After a while.", product=other)
    make.thread(title="Keys expired", body="After an hour.", product=product)
    make.thread(title="Signing keys expired after a rebuild", body="On Friday.", product=other)

    titles = offered(customer, product=product.pk)

    assert titles == ["Signing keys expired after a rebuild", "Keys expired", "Keys expired"]


def test_nobody_is_offered_what_he_may_not_read(customer, peer, agent, offered):
    make.thread(by=peer, title="Signing keys expired in private", audience=Audience.NAMED)
    make.thread(by=agent, title="Signing keys expired for the team", space=make.space(team_only=True))

    assert offered(customer) == []
    assert offered(peer) == ["Signing keys expired in private"]


def test_an_article_is_offered_with_the_version_it_was_confirmed_on(customer, visiting_as):
    product = make.product("Relay Mail")
    article(product=product, confirmed_on=product.versions.get())

    page = visiting_as(customer).get(SIMILAR, {"title": TYPED}).content.decode()

    assert "Rebuild a machine and keep its keys" in page
    assert "confirmed on 7.2" in page


def test_an_article_that_is_not_published_is_not_offered(customer, offered):
    article(live=False)

    assert offered(customer) == []


def test_the_state_of_a_question_stands_beside_it_in_words(customer, visiting_as, indexed):
    make.thread(title="Signing keys expired after a rebuild")
    indexed()

    page = visiting_as(customer).get(SIMILAR, {"title": TYPED}).content.decode()

    assert "waiting for us" in page


def test_a_visitor_is_asked_to_sign_in(visiting_as):
    assert visiting_as(None).get(SIMILAR, {"title": TYPED}).status_code == 403


def test_what_is_offered_costs_the_same_few_queries(customer, visiting_as, indexed, django_assert_max_num_queries):
    for _ in range(8):
        make.thread(title="Signing keys expired after a rebuild")
        article()
    indexed()
    browser = visiting_as(customer)
    browser.get(SIMILAR, {"title": TYPED})

    with django_assert_max_num_queries(10):
        browser.get(SIMILAR, {"title": TYPED})


def test_beside_a_thread_stands_what_is_like_it_and_not_the_thread_itself(customer, visiting_as, indexed):
    thread = make.thread(title="Signing keys expired after a rebuild")
    make.thread(title="Signing keys expired again")
    make.thread(by=customer, title="Signing keys expired in private", audience=Audience.NAMED)
    indexed()
    beside = f"/threads/{thread.pk}/similar/"

    for_all = visiting_as(None).get(beside).content.decode()

    assert "Signing keys expired again" in for_all
    assert thread.title not in for_all
    assert "in private" not in for_all
    assert "in private" in visiting_as(customer).get(beside).content.decode()


def test_a_search_shows_articles_too_on_its_first_page_only(client, indexed):
    found = article()
    make.thread(title="Rebuild a machine", body="Its keys are gone.")
    article(title="Rebuild a machine in secret", live=False)
    indexed()

    page = client.get("/search/?q=rebuild+machine").text

    assert f'<a href="{found.url}"><bdi>Rebuild a machine and keep its keys</bdi></a>' in page
    assert "in secret" not in page
    assert "keep its keys" not in client.get("/search/?q=rebuild+machine&page=1").text
    only = client.get("/search/?q=keep+keys+machine").text
    assert "keep its keys" in only
    assert "Nobody has written about this yet." not in only
