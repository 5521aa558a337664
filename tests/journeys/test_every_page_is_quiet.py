"""No page of anybody breaks a script, the content security policy or the server."""

import pytest
from playwright.sync_api import expect

from tests.sights import Places
from tests.sights.pages import AGENT, KEEPER, SIGHTS

# What is missing or forbidden is told to the browser as an error, and it says so.
FOUND = [sight for sight in SIGHTS if sight.status == 200]
# In applications of others, and so in no list of ours.
OPERATORS = ["/cms/", "/cms/pages/", "/admin/", "/admin/people/member/"]
LONG_THREADS = {
    "mail": "Signing keys expired after a rebuild",
    "mail-on-phones": "Push mail stops when the phone changes network",
}


@pytest.mark.parametrize("handle", sorted({sight.who for sight in FOUND}, key=str))
def test_whoever_walks_through_the_forum_hears_no_complaint(coming, forum, handle):
    reader, places = coming(handle), Places(forum)
    for address in dict.fromkeys(sight.address(places) for sight in FOUND if sight.who == handle):
        answer = reader.page.goto(address)

        assert answer.status == 200, (address, answer.status)
        expect(reader.page.locator("h1").first).to_be_attached()


def test_who_runs_the_house_hears_none_either(coming):
    keeper = coming(KEEPER)
    for address in OPERATORS:
        answer = keeper.page.goto(address)

        assert answer.status == 200, (address, answer.status)


def test_the_longest_threads_of_the_demo_are_quiet_for_the_team_too(coming):
    agent = coming(AGENT)
    for space, title in LONG_THREADS.items():
        agent.open(f"/spaces/{space}/")
        agent.page.get_by_role("link", name=title).click()
        thread = agent.arrived()

        agent.listen(thread)

        agent.posts.last.get_by_label("More about this post").click()
        expect(agent.page.get_by_role("link", name="What else, and why not")).to_be_visible()
