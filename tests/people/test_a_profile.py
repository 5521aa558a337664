import pytest

from community.threads.models import Post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def tallow():
    return make.member(
        handle="Tallow",
        name="Berit Sandnes",
        email="tallow@wick.example",
        bio="Runs mail.\n\n<script>alert(1)</script>",
        website="https://wick.example/",
        helped_count=3,
        trust=1,
    )


def page_of(client, member, **query):
    return client.get(member.get_absolute_url(), query)


def counts(page):
    return [tab["count"] for tab in page.context["tabs"]]


def test_a_profile_says_who_somebody_is(client, tallow):
    page = page_of(client, tallow)

    text = page.content.decode()
    assert "Berit Sandnes" in text
    assert "@Tallow" in text
    assert 'rel="nofollow ugc noopener"' in text
    assert "<script>alert" not in text


def test_a_profile_never_tells_the_address_of_its_owner(client, tallow, people):
    for reader in (None, people.customer, people.moderator, people.administrator, tallow):
        if reader:
            client.force_login(reader)

        assert "tallow@wick.example" not in page_of(client, tallow).content.decode()


def test_a_handle_in_another_case_leads_to_the_one_address(client, tallow):
    answer = client.get("/people/tallow/")

    assert (answer.status_code, answer.url) == (301, "/people/Tallow/")


@pytest.mark.parametrize("handle", ["nobody", "ta1low", "..", "%00", "a" * 500, "%F0%9F%92%A9", "%ff"])
def test_nobody_is_not_found(client, tallow, handle):
    assert client.get(f"/people/{handle}/").status_code == 404


def test_each_tab_counts_what_it_lists(client, tallow):
    asked = make.thread(by=tallow, title="Backups stop at 98 %")
    answered = make.reply(make.thread(), by=tallow)
    Post.objects.filter(pk=answered.pk).update(confirmed_by_asker_at=answered.created_at)
    make.reply(asked, by=tallow)

    lists = ("replies", "threads", "confirmed", "thanks")
    listed = [len(page_of(client, tallow, show=shown).context["page"]) for shown in lists]

    assert counts(page_of(client, tallow)) == listed == [2, 1, 1, 0]


@pytest.mark.parametrize(("role", "found"), [(None, 0), ("customer", 0), ("moderator", 1), ("agent", 1)])
def test_what_a_reader_may_not_see_is_neither_listed_nor_counted(client, people, tallow, role, found):
    hidden_space = make.space(members=[tallow])
    secret = make.thread(by=tallow, space=hidden_space, title="The secret plan")
    make.reply(secret, by=tallow, body="nobody shall read this")
    if role:
        client.force_login(getattr(people, role))

    for shown in ("replies", "threads"):
        page = page_of(client, tallow, show=shown)
        assert counts(page) == [found, found, 0, 0]
        assert ("The secret plan" in page.content.decode()) is bool(found)
        assert ("nobody shall read this" in page.content.decode()) is (bool(found) and shown == "replies")


@pytest.mark.parametrize("query", [{"page": "-1"}, {"page": 10**9}, {"page": "NaN"}, {"page": "\x00"}, {"show": "x"}])
def test_a_strange_page_number_is_answered(client, tallow, query):
    make.thread(by=tallow)

    assert page_of(client, tallow, **query).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("shown", ["replies", "threads", "confirmed", "thanks"])
def test_a_profile_costs_the_same_however_much_was_written(client, tallow, django_assert_max_num_queries, rows, shown):
    for _ in range(rows):
        thread = make.thread(by=tallow)
        make.reply(thread, by=tallow)

    with django_assert_max_num_queries(8):
        page_of(client, tallow, show=shown)


def test_a_deactivated_member_keeps_a_name_and_loses_the_advertisement(client, tallow):
    tallow.is_active = False
    tallow.save()

    text = page_of(client, tallow).content.decode()

    assert "Berit Sandnes" in text
    assert "wick.example" not in text
    assert "Runs mail" not in text


@pytest.mark.parametrize("role", ["moderator", "agent", "administrator"])
def test_the_team_is_marked(client, people, role):
    member = getattr(people, role)

    assert "staff-tag" in page_of(client, member).content.decode()
