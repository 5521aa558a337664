"""Mail as people see it: the words stand once, as plain text, and the HTML part is the same words in our look.

A part of the text that is nothing but an address becomes a button with the address under it, one that is nothing but a
code is set large. So no mail can say one thing to a plain client and another to the rest, and each is translated once.

They leave by a queue of their own, each by itself: a mail server may be away for a day, and nobody waits for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import TaskResultStatus, task
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

# So long a letter is tried; a mail server may be away for a day.
TRIED_FOR = timedelta(days=2)
# Again after as long as it has taken so far, and at most after this.
AGAIN_WITHIN = timedelta(hours=1)
# What ends the words and begins the name of the sender, in every mail program.
SIGNATURE = "\n--\n"
_CODE = re.compile(r"[0-9A-Z]{3,}(-[0-9A-Z]{2,})*")


@dataclass(frozen=True)
class Part:
    """What stands between two empty lines."""

    kind: str
    words: str


def parts_of(text: str) -> list[Part]:
    return [part_of(words.strip()) for words in re.split(r"\n\s*\n", text) if words.strip()]


def part_of(words: str) -> Part:
    if words.startswith(("https://", "http://")) and not re.search(r"\s", words):
        return Part("link", words)
    if _CODE.fullmatch(words):
        return Part("code", words)
    return Part("words", words)


def as_html(subject: str, text: str) -> str:
    words, _, signature = text.replace("\r\n", "\n").partition(SIGNATURE)
    context = {"subject": subject, "parts": parts_of(words), "signature": signature.strip()}
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=render_to_string("mail/day.css"))
    page = inliner.inline(render_to_string("mail/letter.html", context))
    # What asks for the scheme of the reader cannot stand at the elements; it is read from the head or not at all.
    return page.replace("</head>", f"<style>{render_to_string('mail/night.css')}</style></head>", 1)


class NotNow(Exception):
    """The mail server asks to try later: then it may take the same letter."""


class Away(NotNow):
    """It takes nothing from anybody at the moment."""


class Refused(Exception):
    """It will never take this letter."""


class NoSuchAddress(Refused):
    """Nor any other to this address."""


def send_letter(template: str, address: str, **context: Any) -> None:
    """One mail in the language of the house, made of `<template>_subject.txt` and `<template>.txt`; to nobody, none.

    It leaves once the transaction is through, so that whoever notes in it that a letter was sent is never wrong.
    """
    if not address:
        return
    message = letter(template, address, language=settings.LANGUAGE_CODE, **context)
    if settings.LETTERS_ARE_QUEUED:
        name = message.extra_headers["Message-ID"]
        deliver.enqueue(address, subject=str(message.subject), text=str(message.body), name=name)
    else:
        hand_over(message)


@task()
def deliver(address: str, *, subject: str, text: str, name: str) -> None:
    """Whoever runs it tries again what ends with NotNow; a letter that arrives twice carries the same name."""
    message = dress(EmailMultiAlternatives(subject, text, to=[address]))
    message.extra_headers["Message-ID"] = name
    hand_over(message)


def drop_letters(addresses: Iterable[str]) -> None:
    """What waits for one of them, or could not be sent, is no longer anybody's."""
    queued = DBTaskResult.objects.filter(task_path=deliver.module_path).exclude(status=TaskResultStatus.RUNNING)
    for address in addresses:
        queued.filter(args_kwargs__args__0__iexact=address).delete()


def hand_over(message: EmailMultiAlternatives) -> None:
    """The one door to the mail server. Raises NotNow or Refused, with its words."""
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        [(code, words), *_] = refused.recipients.values()
        raise (NoSuchAddress if code >= 500 else NotNow)(in_words(code, words)) from refused
    except SMTPDataError as refused:
        told = in_words(refused.smtp_code, refused.smtp_error)
        raise (Refused if refused.smtp_code >= 500 else NotNow)(told) from refused
    except OSError as away:
        # Also when it does not know us any more: that is mended by those who run it, and nothing is lost meanwhile.
        raise Away(str(away)) from away


def in_words(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def letter(template: str, address: str, *, language: str, **context: Any) -> EmailMultiAlternatives:
    with override(language):
        words = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL} | context
        # A title is a person's words, and a subject is one line.
        subject = " ".join(render_to_string(f"{template}_subject.txt", words).split())
        text = render_to_string(f"{template}.txt", words)
        return dress(EmailMultiAlternatives(subject, text, to=[address]))


def dress(message: EmailMultiAlternatives) -> EmailMultiAlternatives:
    """Adds the HTML part, and what tells other programs that a machine sent this and where it came from."""
    message.attach_alternative(as_html(str(message.subject), str(message.body)), "text/html")
    message.extra_headers |= {
        # No out-of-office note needs to answer a code (RFC 3834; the second is for Exchange).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        # Not the name of the machine, which is nobody's business and no domain of ours.
        "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
    }
    return message
