"""No page of anybody breaks a script, the content security policy or the server."""

import pytest
from playwright.sync_api import expect

EVERYBODY = [
    "/",
    "/threads/",
    "/threads/?show=unanswered",
    "/tags/",
    "/spaces/",
    "/spaces/mail/",
    "/search/?q=keys",
    "/help/",
]
MEMBERS = ["/ask/", "/drafts/", "/threads/?show=mine", "/people/settings/", "/moderation/mine/", "/accounts/email/"]
SECURITY = ["/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/"]
MODERATORS = ["/moderation/", "/moderation/?show=decided", "/moderation/log/"]
AGENTS = ["/desk/"]
OPERATORS = ["/cms/", "/cms/pages/", "/admin/", "/admin/people/member/"]

PAGES = {
    None: [*EVERYBODY, "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"],
    "fenwick-it": EVERYBODY + MEMBERS + SECURITY,
    "osier": EVERYBODY + MODERATORS,
    "desk-2": EVERYBODY + AGENTS,
    "keeper": MODERATORS + AGENTS + OPERATORS,
}
LONG_THREADS = {
    "mail": "Signing keys expired after a rebuild",
    "mail-on-phones": "Push mail stops when the phone changes network",
}


@pytest.mark.parametrize("handle", PAGES)
def test_whoever_walks_through_the_forum_hears_no_complaint(coming, handle):
    reader = coming(handle)
    for address in PAGES[handle]:
        answer = reader.page.goto(address)

        assert answer.status == 200, (address, answer.status)
        expect(reader.page.locator("h1").first).to_be_attached()


def test_the_longest_threads_of_the_demo_are_quiet_for_the_team_too(coming):
    agent = coming("desk-2")
    for space, title in LONG_THREADS.items():
        agent.open(f"/spaces/{space}/")
        agent.page.get_by_role("link", name=title).click()
        thread = agent.arrived()

        agent.listen(thread)

        agent.posts.last.get_by_label("More about this post").click()
        expect(agent.page.get_by_role("link", name="What else, and why not")).to_be_visible()
