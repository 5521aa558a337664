from datetime import timedelta

import pytest

from community import clock
from community.people.models import Role
from community.threads.actions import accept_answer, edit_post, retitle_thread
from tests import make

pytestmark = pytest.mark.django_db


def test_words_in_titles_questions_and_replies_are_found(client, search):
    thread = make.thread(title="Keys expired", body="Since the rebuild nothing is signed.")
    make.reply(thread, body="Release the retired slot.")

    assert search(client, "expired") == ["Keys expired / 1"]
    assert search(client, "rebuild") == ["Keys expired / 1"]
    assert search(client, "retired slot") == ["Keys expired / 2"]
    assert search(client, "SLOT Retired") == ["Keys expired / 2"]


def test_a_word_in_a_title_says_more_than_one_in_a_text(client, search):
    make.thread(title="Calendar", body="Something about migration, and about other things that happen.")
    make.thread(title="Migration of mailboxes", body="It stops half way, every time, on every machine we have.")
    make.thread(title="Contacts", body="Nothing.")

    assert search(client, "migration") == ["Migration of mailboxes / 1", "Calendar / 1"]


def test_a_title_and_its_text_are_found_together(client, search):
    make.thread(title="Keys expired", body="Since the rebuild nothing is signed.")

    assert search(client, "expired rebuild") == ["Keys expired / 1"]


def test_the_beginning_of_a_word_is_enough(client, search):
    make.thread(title="Invitations twice")

    assert search(client, "invit") == ["Invitations twice / 1"]
    assert search(client, "in") == []


def test_where_nothing_has_all_the_words_what_has_some_is_found_and_said(client, search):
    make.thread(title="Keys expired", body="Nothing is signed.")
    make.thread(title="Backup stops", body="At 98 percent.")

    assert search(client, "keys zebra") == ["Keys expired / 1"]
    page = client.get("/search/", {"q": "keys zebra"})
    assert "No post has all these words; <b>1</b> thread has some." in page.text
    assert "<b>1</b> thread has these words." in client.get("/search/", {"q": "keys"}).text


def test_where_nothing_is_found_the_page_says_so_and_offers_to_ask(client, search):
    make.thread()

    assert search(client, "zebra") == []
    page = client.get("/search/", {"q": "zebra"})
    assert "Nobody has written about this yet." in page.text
    assert 'href="/ask/"' in page.text


def test_a_number_leads_to_its_thread_first(client, search, indexed):
    thread = make.thread(title="Keys expired")
    make.thread(title="Other", body=f"The same as in {thread.pk}.")

    for typed in (f"{thread.pk}", f"#{thread.pk}", f"  {thread.pk} "):
        page = client.get("/search/", {"q": typed})
        assert page.context["numbered"].key == thread.pk
        assert search(client, typed) == ["Other / 1"]
    for typed in ("99999999", "9" * 30, "#", "#x", "٣"):
        assert "numbered" not in client.get("/search/", {"q": typed}).context


def test_a_number_one_may_not_read_leads_nowhere(client, agent, visiting_as):
    thread = make.thread(by=agent, audience="team")

    assert "numbered" not in client.get("/search/", {"q": str(thread.pk)}).context
    assert visiting_as(agent).get("/search/", {"q": str(thread.pk)}).context["numbered"].key == thread.pk


def test_filters_narrow_what_is_found(client, search, agent):
    product, linux, keys = make.product(versions=("7.2", "7.3")), make.platform(), make.tag("keys")
    old, new = product.versions.order_by("name")
    mail = make.space("Mail", slug="mail")
    phones = make.space("Phones", slug="phones", parent=mail)
    make.thread(title="Old rebuild", space=mail, product=product, version=old, platform=linux, tags=[keys])
    answered = make.thread(title="New rebuild", space=phones, product=product, version=new)
    accept_answer(by=agent, post=make.reply(answered, body="Release the slot.", kind="solution"))
    make.thread(title="Other rebuild")
    everything = {"Old rebuild / 1", "New rebuild / 1", "Other rebuild / 1"}

    assert set(search(client, "rebuild")) == everything
    assert set(search(client, "rebuild", space="mail")) == {"Old rebuild / 1", "New rebuild / 1"}
    assert search(client, "rebuild", space="phones") == ["New rebuild / 1"]
    assert search(client, "rebuild", version=old.pk) == ["Old rebuild / 1"]
    assert set(search(client, "rebuild", product=product.pk)) == {"Old rebuild / 1", "New rebuild / 1"}
    assert search(client, "rebuild", platform=linux.pk) == ["Old rebuild / 1"]
    assert search(client, "rebuild", tag="keys") == ["Old rebuild / 1"]
    assert search(client, "rebuild", show="answered") == ["New rebuild / 1"]
    assert search(client, "rebuild", show="answered", space="mail", version=new.pk) == ["New rebuild / 1"]
    assert set(search(client, "rebuild", show="", version="x", space="")) == everything
    assert client.get("/search/?q=rebuild&space=nowhere").status_code == 404
    assert client.get("/search/?q=rebuild&tag=nothing").status_code == 404


def test_each_filter_says_how_many_threads_it_leads_to(client, search, agent):
    product, linux, keys = make.product(versions=("7.2", "7.3")), make.platform(), make.tag("keys")
    mail, phones = make.space("Mail", slug="mail"), make.space("Phones", slug="phones")
    old, new = product.versions.order_by("name")
    make.reply(make.thread(title="Old rebuild", space=mail, product=product, version=old, tags=[keys]), body="Rebuild.")
    answered = make.thread(title="New rebuild", space=phones, product=product, version=new, platform=linux)
    accept_answer(by=agent, post=make.reply(answered, body="Rebuild again.", kind="solution"))
    make.thread(title="A rebuild of the team", by=agent, space=make.space("Cellar", team_only=True))
    search(client, "rebuild")
    counted = 0

    for chosen in ("", "&space=mail", f"&version={new.pk}&show=answered", "&tag=keys&show=waiting_us", "&by=support"):
        for facet in client.get(f"/search/?q=rebuild{chosen}").context["facets"]:
            for choice in facet.choices:
                found = client.get(f"/search/{choice.url}").context["page"].paginator.count
                assert found == choice.count, (chosen, facet.name, choice.words)
                counted += 1
    assert counted > 20
    assert "Cellar" not in client.get("/search/?q=rebuild").text


def test_the_posts_of_one_thread_stand_together_the_best_first(client, search, agent):
    thread = make.thread(title="Keys expired", body="Nothing is signed since the rebuild.")
    best = make.reply(thread, body="Rebuild, rebuild, rebuild.")
    make.reply(thread, by=agent, body="A note about the rebuild.", kind="note")
    for number in range(7):
        make.reply(thread, body=f"{number} more words about another rebuild, and so many others that it says less.")
    make.thread(title="Other", body="It has to do with a rebuild, but not much, and goes on about other things.")

    assert search(client, "rebuild") == ["Keys expired / 2", "Other / 1"]
    page = client.get("/search/?q=rebuild")
    assert "<b>2</b> threads have these words." in page.text
    assert f'<a href="/posts/{best.pk}/">' in page.text
    also = page.context["page"].object_list[0].also
    assert len(also) == 5
    assert [f'<a href="/posts/{hit.pk}/">#{hit.number}</a>' in page.text for hit in also] == [True] * 5
    assert "+3" in page.text
    assert "a note" not in page.text


def test_who_wrote_it_and_when_narrow_what_is_found(client, search, agent, peer):
    clock.set_to(clock.now())
    make.reply(make.thread(title="Old rebuild"), by=peer, body="Rebuild it.")
    clock.advance(timedelta(days=40))
    make.reply(make.thread(title="New rebuild"), by=agent, body="The rebuild is official.", kind="solution")

    assert search(client, "rebuild", by=peer.handle) == ["Old rebuild / 2"]
    assert search(client, "rebuild", by=peer.handle.upper()) == ["Old rebuild / 2"]
    assert search(client, "rebuild", by="support") == ["New rebuild / 2"]
    assert search(client, "rebuild", when="month") == ["New rebuild / 1"]
    assert search(client, "rebuild", when="week", by=peer.handle) == []
    assert set(search(client, "rebuild", when="yesterday", by="")) == {"Old rebuild / 1", "New rebuild / 1"}
    assert client.get("/search/?q=rebuild&by=nobody-at-all").status_code == 404
    page = client.get(f"/search/?q=rebuild&when=week&by={peer.handle}").text
    assert '<input type="hidden" name="when" value="week">' in page


def test_other_words_are_looked_for_where_one_was(client, search):
    make.thread(title="Old rebuild", space=make.space("Mail", slug="mail"))
    search(client, "rebuild")

    page = client.get("/search/?q=zebra&space=mail").text

    assert '<input type="hidden" name="space" value="mail">' in page


def test_results_have_pages(client, search, monkeypatch):
    monkeypatch.setattr("community.search.views.results.ON_A_PAGE", 2)
    for number in range(5):
        make.thread(title=f"Rebuild {number}")

    pages = [search(client, "rebuild", page=page) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({found for page in pages for found in page}) == 5
    assert "<b>5</b> threads have these words." in client.get("/search/?q=rebuild&page=2").text
    for page in ("0", "4", "-1", "NaN", "9" * 20):
        assert client.get(f"/search/?q=rebuild&page={page}").status_code == 404


def test_a_new_title_is_found_and_the_old_one_no_longer(client, search, customer):
    thread = make.thread(by=customer, title="It does not work")
    assert search(client, "work") == ["It does not work / 1"]

    retitle_thread(by=customer, thread=thread, title="Keys expired")

    assert search(client, "work") == []
    assert search(client, "expired") == ["Keys expired / 1"]


def test_edited_words_are_found_and_the_old_ones_no_longer(client, search, customer):
    thread = make.thread(by=customer, title="Keys", body="Since Monday.")

    edit_post(by=customer, post=thread.posts.get(), body="Since Tuesday.", seen_revision=0)

    assert search(client, "monday") == []
    assert search(client, "tuesday") == ["Keys / 1"]


def test_notes_are_found_by_the_team_only(client, search, customer, agent, visiting_as):
    thread = make.thread(by=customer, title="Keys")
    make.reply(thread, by=agent, body="The vendor knows of this.", kind="note")

    assert search(client, "vendor") == []
    assert search(visiting_as(customer), "vendor") == []
    assert search(visiting_as(make.member(role=Role.MODERATOR)), "vendor") == ["Keys / None"]
