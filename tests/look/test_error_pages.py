"""When something did not happen: what, why, and a way on."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

STATUSES = [400, 403, 404, 405, 409, 410, 413, 422, 429]
TYPED = "Since this morning <nothing> is signed."


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATUSES)
def test_a_refusal_gives_the_text_back_and_shows_a_way_on(status, rf):
    request = rf.get("/threads/")
    request.user = AnonymousUser()
    page = render_to_string(f"errors/{status}.html", {"typed": TYPED, "reason": ""}, request=request)

    assert "Since this morning &lt;nothing&gt; is signed.</textarea>" in page
    assert re.search(rf">\s*{status}\s*<", page)
    assert 'href="/threads/"' in page


@pytest.mark.parametrize("status", [403, 409, 410, 422, 429])
def test_the_reason_of_a_policy_is_what_the_page_says(status, rf):
    request = rf.get("/threads/")
    request.user = AnonymousUser()
    page = render_to_string(f"errors/{status}.html", {"reason": "This thread is locked."}, request=request)

    assert "This thread is locked." in page


@pytest.mark.parametrize("status", [500, 503])
def test_when_the_house_is_ill_its_page_asks_nobody_anything(status):
    page = render_to_string(f"errors/{status}.html", {})

    assert re.search(rf">\s*{status}\s*<", page)
    assert 'class="find' not in page
