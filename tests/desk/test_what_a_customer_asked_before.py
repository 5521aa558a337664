"""One press from a thread: what its asker or organisation asked before, and how it came out."""

import pytest

from community.desk.models import Breach
from community.threads.actions import confirm_answer
from tests import make

pytestmark = pytest.mark.django_db


def test_every_count_is_the_length_of_its_list(promised, customer, agent, visiting_as):
    threads = [make.thread(by=customer, title=f"Thread {place}") for place in range(4)]
    make.thread(title="Of another")
    answers = [make.reply(thread, by=agent, kind="solution") for thread in threads[:2]]
    confirm_answer(by=customer, post=answers[0], works=True)
    Breach.objects.create(
        thread=threads[3], kind="response", minutes=1, due_at=threads[3].created_at, recorded_at=threads[3].created_at
    )
    browser = visiting_as(agent)

    pages = {
        show: browser.get(f"/desk/people/{customer.handle}/", {"show": show})
        for show in ("all", "open", "answered", "confirmed", "closed", "late")
    }

    for page in pages.values():
        assert {tab.key: tab.count for tab in page.context["tabs"]} == {
            show: len(pages[show].context["rows"]) for show in pages
        }
    assert {show: [row.title[-1] for row in page.context["rows"]] for show, page in pages.items()} == {
        "all": ["3", "2", "1", "0"],
        "open": ["3", "2"],
        "answered": ["1"],
        "confirmed": ["0"],
        "closed": [],
        "late": ["3"],
    }


def test_the_thread_leads_there_and_the_requests_of_others_stay_out_of_sight(
    promised, agent, moderator, customer, visiting_as
):
    fenwick = make.organisation("Fenwick Freight")
    make.seat(fenwick, customer)
    request = make.thread(by=customer, organisation=fenwick, title="Among us")
    public = make.thread(by=customer, title="In public")
    ours, theirs = visiting_as(agent), visiting_as(moderator)

    assert f'href="/desk/organisations/{fenwick.slug}/"' in ours.get(request.get_absolute_url()).text
    assert f'href="/desk/people/{customer.handle}/"' in ours.get(public.get_absolute_url()).text
    assert "Among us" in ours.get(f"/desk/organisations/{fenwick.slug}/").text
    assert theirs.get(f"/desk/organisations/{fenwick.slug}/").status_code == 404
    seen = theirs.get(f"/desk/people/{customer.handle}/").text
    assert "In public" in seen
    assert "Among us" not in seen
    assert visiting_as(customer).get(f"/desk/people/{customer.handle}/").status_code == 403
