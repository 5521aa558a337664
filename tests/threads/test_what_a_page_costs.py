import pytest
from django.core.cache import cache

from community.desk.models import Calendar, Clock, Target
from community.threads.actions import confirm_answer, retitle_thread
from community.threads.models import Thread
from community.tickets.actions import link_ticket
from tests import make

pytestmark = pytest.mark.django_db


def full(posts: int, customer, agent) -> Thread:
    """A thread with everything that could cost a query, once or often."""
    product = make.product(versions=("7.2", "7.3"))
    thread = make.thread(by=customer, product=product, version=product.versions.first(), tags=[make.tag(), make.tag()])
    accepted = make.reply(thread, by=agent, kind="solution")
    make.reply(thread, by=make.member(), kind="workaround")
    for version in product.versions.all():
        confirm_answer(by=make.member(), post=accepted, works=True, version=version)
    for _ in range(posts):
        make.reply(thread, by=make.member(), kind="solution")
        make.reply(thread, by=agent, kind="note")
    link_ticket(by=agent, thread=thread, system="console", number="R-88")
    retitle_thread(by=customer, thread=thread, title="Keys expired after rebuilding")
    return Thread.objects.get(pk=thread.pk)


@pytest.mark.parametrize("posts", [1, 25])
@pytest.mark.parametrize(("who", "most"), [(None, 8), ("customer", 12), ("peer", 12), ("moderator", 12), ("agent", 12)])
def test_a_page_costs_the_same_few_queries_however_many_posts(
    who, most, posts, customer, agent, visiting_as, request, django_assert_max_num_queries
):
    thread = full(posts, customer, agent)
    browser = visiting_as(request.getfixturevalue(who) if who else None)
    # As after a restart: the session comes from the database.
    cache.clear()

    with django_assert_max_num_queries(most) as counted:
        page = browser.get(thread.get_absolute_url())

    assert page.status_code == 200
    assert len(counted) == {None: 6, "customer": 10, "peer": 10, "moderator": 12, "agent": 12}[who]


def test_a_state_that_speaks_of_a_post_costs_one_query_more(customer, peer, visiting_as, django_assert_num_queries):
    thread = make.thread(by=customer)
    make.reply(thread, by=peer, kind="question")

    with django_assert_num_queries(6):
        visiting_as(None).get(thread.get_absolute_url())


def test_the_dearest_reply_stays_within_its_queries(customer, agent, visiting_as, django_assert_max_num_queries):
    """A solution by support, with a file and a mention, is accepted as it is posted and stops both clocks."""
    calendar = Calendar.objects.create(name="Always", is_round_the_clock=True)
    for kind in ("response", "solution"):
        Target.objects.create(kind=kind, minutes=240, calendar=calendar)
    thread, shot, browser = make.thread(by=customer), make.attachment(by=agent), visiting_as(agent)
    said = {"body": f"See {shot.markdown} @fenwick", "kind": "solution", "token": "of-this-form"}
    cache.clear()

    with django_assert_max_num_queries(25):
        answer = browser.post(f"/threads/{thread.pk}/reply/", said)

    assert answer.status_code == 302
    assert not Clock.objects.filter(thread=thread, stopped_at=None).exists()
