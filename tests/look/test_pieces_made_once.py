"""Pieces of pages that are made once (forum/templatetags/made_once.py) say of each reader what is true of him."""

import re

import pytest
from django.template import Context, Template

from community.people.models import Role
from forum.templatetags.made_once import MARK
from tests import make

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')


def made(tag: str, **given) -> str:
    return Template(f"{{% load made_once %}}{{% made_once {tag} %}}").render(Context(given))


def masthead(browser, path="/threads/") -> str:
    page = browser.get(path).content.decode()
    assert MARK not in page
    return page[page.index('<header class="mast">') : page.index("</header>")]


def test_each_masthead_is_its_readers_own(customer, agent, visiting_as):
    own = {who: masthead(visiting_as(who)) for who in (customer, agent, None)}

    assert [">Desk<" in own[who] for who in (customer, agent, None)] == [False, True, False]
    assert [customer.get_absolute_url() in own[who] for who in (customer, agent, None)] == [True, False, False]
    assert [f"member:{agent.pk}" in own[who] for who in (customer, agent, None)] == [False, True, False]
    assert "Sign in" in own[None]


def test_what_changes_of_a_reader_changes_in_his_masthead(customer, visiting_as):
    browser = visiting_as(customer)
    before = masthead(browser)

    customer.role, customer.name, customer.unread_notices = Role.AGENT, 'F. "Fen" <b>', 7
    customer.save()
    raised = masthead(browser)
    customer.role, customer.language = Role.CUSTOMER, "de"
    customer.save()
    lowered = masthead(browser)

    assert ">Desk<" not in before
    assert "data-inbox-count hidden>0<" in before
    assert ">Desk<" in raised
    assert "data-inbox-count>7<" in raised
    assert "F. &quot;Fen&quot; &lt;b&gt;" in raised
    assert ">Desk<" not in lowered
    assert "Frage stellen" in lowered


def test_a_page_has_its_own_token_address_and_words_in_them(customer, peer, visiting_as):
    thread = make.thread(by=customer)
    first, second = (visiting_as(reader).get(thread.get_absolute_url()).content.decode() for reader in (customer, peer))
    elsewhere = visiting_as(peer).get('/search/?q="x"<i>').content.decode()

    assert len(set(TOKEN.findall(first))) == 1
    assert not set(TOKEN.findall(first)) & set(TOKEN.findall(second))
    assert f'name="next" value="{thread.get_absolute_url()}"' in first
    assert 'value="&quot;x&quot;&lt;i&gt;"' in elsewhere
    assert 'name="next" value="/search/?q=%22x%22%3Ci%3E"' in elsewhere
    assert [f'data-live-me="{reader.handle}"' in page for reader, page in ((customer, first), (peer, second))] == [
        True
    ] * 2
    assert MARK not in first + second + elsewhere


def test_where_one_is_is_marked(customer, visiting_as):
    browser = visiting_as(customer)
    thread = make.thread(by=customer)

    assert 'href="/threads/" aria-current="page"' in masthead(browser)
    assert 'href="/threads/" aria-current="true"' in masthead(browser, thread.get_absolute_url())
    assert "aria-current" not in masthead(browser, "/search/")


def test_what_changes_and_stays_equal_decides_nothing(customer):
    with pytest.raises(TypeError, match=r"user of components/keys\.html may change and stay equal"):
        made('"components/keys.html" user=user', user=customer)
