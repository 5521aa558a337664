"""Secrets of the ticket systems, written so that a copy of the database does not tell them."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(secret: str) -> str:
    return keys().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Empty when it was sealed with a key that we no longer have: then it has to be entered again."""
    try:
        return keys().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def keys() -> MultiFernet:
    """Made from SECRET_KEY; what was sealed with a former key can still be read."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"community.tickets:" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
