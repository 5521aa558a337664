"""No page comes into the forum without being photographed, measured and read by everybody's rules."""

from tests.safety.ways import OURS, walk
from tests.sights.elsewhere import ELSEWHERE, OF_OTHERS
from tests.sights.pages import SIGHTS

# Only where the demo is.
IN_OTHER_SETTINGS = {"design", "design_mails", "design_sides", "people:demo_sign_in"}


def addresses() -> set[str]:
    from django.urls import get_resolver

    named = walk(get_resolver().url_patterns)
    return {name for namespace, name in named if namespace in OURS and not name.startswith(OF_OTHERS)}


def test_every_address_is_a_sight_or_says_why_not():
    seen = {sight.of for sight in SIGHTS}

    assert addresses() - seen - ELSEWHERE == set(), "Enter these in tests/sights/pages.py or tests/sights/elsewhere.py."
    assert (seen | ELSEWHERE) - addresses() - IN_OTHER_SETTINGS == set()
    assert seen & ELSEWHERE == set()


def test_every_sight_has_a_name_of_its_own():
    names = [sight.name for sight in SIGHTS]

    assert len(names) == len(set(names))
