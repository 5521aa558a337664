import pytest

from community.people.models import Role
from community.policy import Invalid, NotAllowed
from community.spaces.actions import merge_tag
from community.spaces.models import Tag
from tests import make

pytestmark = pytest.mark.django_db


def names_on(thread) -> list[str]:
    return sorted(thread.tags.values_list("name", flat=True))


def test_threads_carry_the_name_that_stays_once(moderator):
    key, keys = make.tag("key"), make.tag("keys")
    one, both = make.thread(tags=[key]), make.thread(tags=[key, keys])

    merge_tag(by=moderator, tag=key, into=keys)

    assert (names_on(one), names_on(both)) == (["keys"], ["keys"])


def test_names_merged_earlier_lead_straight_to_the_last_name(moderator, client):
    slot, key, keys = make.tag("slot"), make.tag("key"), make.tag("keys")
    merge_tag(by=moderator, tag=slot, into=key)

    merge_tag(by=moderator, tag=key, into=keys)

    assert client.get("/tags/slot/").url == "/tags/keys/"
    assert list(Tag.objects.in_use()) == [keys]


def test_merging_into_a_merged_name_means_the_one_it_leads_to(moderator):
    key, keys, slot = make.tag("key"), make.tag("keys"), make.tag("slot")
    key = merge_tag(by=moderator, tag=key, into=keys)

    merged = merge_tag(by=moderator, tag=slot, into=key)

    assert merged.merged_into == keys


def test_two_tags_do_not_lead_to_each_other(moderator):
    key, keys = make.tag("key"), make.tag("keys")
    key = merge_tag(by=moderator, tag=key, into=keys)

    with pytest.raises(Invalid, match="into itself"):
        merge_tag(by=moderator, tag=keys, into=key)

    assert list(Tag.objects.in_use()) == [keys]


@pytest.mark.parametrize("role", [Role.CUSTOMER, Role.AGENT])
def test_only_who_curates_merges(role):
    key, keys = make.tag("key"), make.tag("keys")
    thread = make.thread(tags=[key])

    with pytest.raises(NotAllowed, match="look after tags"):
        merge_tag(by=make.member(role=role), tag=key, into=keys)

    assert names_on(thread) == ["key"]
    assert Tag.objects.in_use().count() == 2


def test_the_back_office_merges_by_the_same_door(client):
    key, keys = make.tag("key"), make.tag("keys")
    thread = make.thread(tags=[key])
    administrator = make.member(role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    client.force_login(administrator)

    sent = {"name": "key", "slug": "key", "description": "", "merged_into": keys.pk}
    assert client.post(f"/admin/spaces/tag/{key.pk}/change/", sent).status_code == 302

    assert names_on(thread) == ["keys"]


def test_a_merged_name_is_offered_to_nobody(customer, moderator, visiting_as):
    key, keys = make.tag("key"), make.tag("keys")
    merge_tag(by=moderator, tag=key, into=keys)

    page = visiting_as(customer).get("/ask/")

    assert ">key<" not in page.text
    assert 'value="key"' not in page.text
