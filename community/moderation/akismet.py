"""The door to Akismet, which knows what is sent to other places too. Without a key nobody is asked.

What leaves the house: the text, the name under which it would stand, and the network address it came from. When the
answer does not come in time nothing is held because of it.
"""

import logging
from typing import Protocol

import requests
from django.conf import settings

from community.threads.gate import Offer

logger = logging.getLogger(__name__)

ADDRESS = "https://rest.akismet.com/1.1/comment-check"
# Somebody waits for his post to appear.
PATIENCE = 1.5
# Akismet's own word for trying whether it is there.
CERTAIN = "akismet-guaranteed-spam"


class SpamCheck(Protocol):
    def is_spam(self, offer: Offer) -> bool: ...


class Akismet:
    def __init__(self, key: str):
        self.key = key

    def is_spam(self, offer: Offer) -> bool:
        """Raises requests.RequestException, or ValueError for an answer that is none."""
        asked = {
            "api_key": self.key,
            "blog": settings.SITE_URL,
            "user_ip": offer.signs.address or "127.0.0.1",
            "comment_type": "forum-post" if offer.what == "question" else "reply",
            "comment_author": offer.by.called,
            "comment_content": f"{offer.title}\n\n{offer.body}".strip(),
        }
        answer = requests.post(ADDRESS, data=asked, timeout=PATIENCE)
        answer.raise_for_status()
        if answer.text.strip() not in ("true", "false"):
            raise ValueError(answer.headers.get("X-akismet-debug-help", "no answer"))
        return answer.text.strip() == "true"


class ConsoleSpamCheck:
    """For development and tests: keeps what it was asked, and knows one word."""

    def __init__(self) -> None:
        self.asked: list[Offer] = []

    def is_spam(self, offer: Offer) -> bool:
        self.asked.append(offer)
        return CERTAIN in offer.body


def door() -> SpamCheck | None:
    return Akismet(settings.AKISMET_KEY) if settings.AKISMET_KEY else None


def says_spam(offer: Offer) -> bool:
    check = door()
    try:
        return check is not None and check.is_spam(offer)
    except (requests.RequestException, ValueError) as trouble:
        logger.warning("Akismet gave no answer: %s", type(trouble).__name__)
        return False
