"""The living page of the look: every component in every state, from the real templates. For development and demo."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

from cms import brand
from cms.colours import RULES, Measure, measured
from community import clock, prose
from community.threads.differences import changes_between
from forum.design_mails import FRAMING

WORDS = """Free that slot, then ask for new keys:

1. In the console open **Devices**, choose *Retired*, and find the old name.
2. Press `Release key slot`. ~~Wait an hour.~~ The row disappears within a minute.

```python
def renew(slot: str = "auto") -> int:
    # Two keys are issued, the old ones are withdrawn.
    return issue(2, slot=slot, note="valid until 2028")
```

> … its old name, or a new one?
>
> > A new one.

| Version | Works for | Failed for |
| --- | --: | --: |
| 7.2 | 12 | 0 |
| 7.3 | 0 | 3 |

- [x] restarted
- [ ] signed out and in

See https://example.org/keys and ask @tallow.
"""

# Wider than a column: it scrolls by itself, and the page does not.
WIDE_TABLE = """
| Machine | System | Version | Last seen | Mail waiting | Keys until | Who looks after it |
| --- | --- | --: | --- | --: | --- | --- |
| mail-01.fenwick.example | Relay Server for Linux | 7.2.4 | 12 Nov, 09:14 | 0 | 2028-01-31 | @fenwick-it |
| mail-02.fenwick.example | Relay Server for Linux | 7.3.0 | 12 Nov, 09:15 | 1,204 | 2026-11-30 | @fenwick-it |
"""

# As an edit is told: words in a line, lines that came, lines that went, a passage that was written anew.
EDITS = [
    ("Words", "Both keys can be renewed by hand.", "Both keys can be renewed in the console."),
    ("Added", "Restart the machine.", "Restart the machine.\n\nThen sign in once; it takes a minute."),
    ("Removed", "Restart the machine.\nWait an hour.", "Restart the machine."),
    ("Written anew", "It does not work!!!", "Since Monday new mail comes only when the app is open."),
]

TITLES = [
    "Calendar invitations arrive twice after joining two accounts",
    "Backup of the console stops at 98 %",
    "Signing keys expired after a rebuild, and 7.2 will not issue new ones",
    "لا تصل الإشعارات بعد تغيير الهاتف",
    "Moving 40 mailboxes without a weekend of downtime",
    "Relay Desktop 5 will not start on a new computer",
]
SHOWN_BESIDE_ITSELF: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


class SampleForm(forms.Form):
    title = forms.CharField(label="In one sentence", help_text="What you did, and what came instead.", min_length=12)
    version = forms.ChoiceField(label="Version", choices=[("7.2", "7.2"), ("7.3", "7.3")])
    details = forms.CharField(label="Details", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    audience = forms.ChoiceField(
        label="Who sees it",
        choices=[("all", "Everybody"), ("team", "Support only")],
        widget=forms.RadioSelect,
    )
    attach = forms.BooleanField(label="Attach the results of the checks", required=False)


def sample_rows() -> list[SimpleNamespace]:
    now = clock.now()
    states = [
        {"turn_since": now - timedelta(days=2, hours=4), "turn_more": "waiting for us", "tone": "owe"},
        {"turn_since": now - timedelta(minutes=40), "turn_more": "waiting for you", "tone": "act", "unread": True},
        {"turn": "Answered", "turn_more": "by support, not confirmed", "support": True, "others": 14, "pinned": True},
        {"turn_since": now - timedelta(minutes=26), "turn_more": "the asker says no", "tone": "owe", "asker": "no"},
        {"turn": "Confirmed", "turn_more": "by the asker on 7.2", "tone": "ok", "asker": "yes", "support": True},
        {"turn": "Closed", "turn_more": "service ended", "locked": True, "hidden": True},
    ]
    return [sample_row(number, title, state) for number, (title, state) in enumerate(zip(TITLES, states, strict=True))]


def sample_row(number: int, title: str, state: dict) -> SimpleNamespace:
    marks = {key: state.pop(key, "") for key in ("support", "asker", "others")}
    told = {"turn": "", "turn_since": None, "tone": "", "worth": "With support" if number == 1 else ""}
    about = ["Mail", "7.2", "Android", f"{number} replies"]
    last_at = clock.now() - timedelta(hours=7 * number)
    facts = told | {"key": 4100 + number, "url": "#rows", "title": title, "about": about, "last_at": last_at} | state
    return SimpleNamespace(marks=marks, too=number * 7, **facts)


def icon_names() -> list[str]:
    sprite = Path(finders.find("forum/icons.svg") or "")
    return re.findall(r'<symbol id="([^"]+)"', sprite.read_text()) if sprite.is_file() else []


def contrasts() -> list[tuple[Measure, Measure]]:
    """Each rule of the colours as measured by day and by night, in the brand of the house."""
    found = measured(brand.current().palette)
    return list(zip(found[: len(RULES)], found[len(RULES) :], strict=True))


@require_GET
@csp_override(FRAMING)
def sides(request: HttpRequest) -> HttpResponse:
    """The sheet four times: by day and by night, read from either side."""
    sheets = [
        ("By day", "?scheme=day"),
        ("By night", "?scheme=night"),
        ("By day, right to left", "?scheme=day&dir=rtl"),
        ("By night, right to left", "?scheme=night&dir=rtl"),
    ]
    return render(request, "design_sides.html", {"sheets": sheets})


@require_GET
@xframe_options_sameorigin
@csp_override(SHOWN_BESIDE_ITSELF)
def show(request: HttpRequest) -> HttpResponse:
    refused = SampleForm(
        auto_id="wrong_%s", data={"title": "help!!!", "version": "7.2", "details": "It is broken.", "audience": ""}
    )
    people = {
        "agent": SimpleNamespace(called="Mail desk, agent 2", is_team=True, answers_officially=True, handle=""),
        "moderator": SimpleNamespace(called="osier", is_team=True, curates=True, handle=""),
        "asker": SimpleNamespace(called="fenwick-it", helped_count=3, handle=""),
    }
    context = {
        "scheme": request.GET.get("scheme") if request.GET.get("scheme") in ("day", "night") else "",
        "contrasts": contrasts(),
        "sizes": [12, 13, 15, 16, 18, 22, 26],
        "dir": "rtl" if request.GET.get("dir") == "rtl" else "ltr",
        "rows": sample_rows(),
        "form": SampleForm(),
        "refused": refused,
        "people": people,
        "words": prose.render(WORDS),
        "wide_table": prose.render(WIDE_TABLE),
        "edits": [(name, changes_between(before, after)) for name, before, after in EDITS],
        "icons": icon_names(),
        "page": Paginator(range(171), 30).get_page(3),
        "tabs": [
            {"words": "All", "url": "#tabs", "count": 9836, "current": True},
            {"words": "Waiting for us", "url": "#tabs", "count": 23},
            {"words": "Waiting for the asker", "url": "#tabs", "count": 42},
            {"words": "Confirmed", "url": "#tabs", "count": 9406},
        ],
        "kinds": [("information", "Information"), ("solution", "Solution"), ("note", "Internal note")],
        "saved_at": clock.now(),
        "colours": ["act", "owe", "ok", "late", "inner"],
        "spans": [
            timedelta(minutes=41),
            timedelta(hours=3, minutes=12),
            timedelta(days=2, hours=4),
            timedelta(days=40),
        ],
    }
    return render(request, "design.html", context)
