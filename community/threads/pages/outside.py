"""A thread as others show it: search engines, previews of links."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from community import prose
from community.people.models import Member
from community.threads.models import Kind, Post, Thread

from .record import Record

DESCRIPTION_LENGTH = 160
# The whole of nearly every post. The words stand on the page again, so a novel need not stand there twice.
TEXT_LENGTH = 5_000
# A question back or a thank-you answers nothing.
NO_ANSWER = (Kind.QUESTION, Kind.ACKNOWLEDGEMENT, Kind.NOTE)
# Inside a script element these could end it, whatever JSON thinks of them.
UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def absolute(path: str) -> str:
    """From the configured site, never from the request, which anybody can make up."""
    return f"{settings.SITE_URL}{path}"


def canonical(thread: Thread, page: int) -> str:
    """The one address of this page; a merged thread stands under the one it leads to."""
    other = thread.merged_into
    if other is not None and other.is_open_to_all:
        return absolute(other.get_absolute_url())
    return absolute(thread.get_absolute_url(page))


def description(record: Record) -> str:
    """The first words that can be read on the page."""
    first = next((post for post in record.posts if not post.is_removed and not post.is_note), None)
    return prose.excerpt(first.html, DESCRIPTION_LENGTH) if first else ""


def structured_data(thread: Thread, record: Record) -> SafeString | str:
    """JSON-LD for the first page of a thread that everybody may read: a QAPage or a discussion."""
    if record.pages.number != 1 or not thread.is_open_to_all or thread.is_merged or not record.posts:
        return ""
    first = record.posts[0]
    if first.is_removed:
        return ""
    said = [post for post in record.posts[1:] if not post.is_removed and post.kind not in NO_ANSWER]
    about = question(thread, record, first, said) if thread.is_question else discussion(thread, first, said)
    return script({"@context": "https://schema.org"} | about)


def question(thread: Thread, record: Record, first: Post, said: list[Post]) -> dict[str, Any]:
    best = thread.best
    answers = [post for post in said if post.author_id != thread.author_id or post.offers_a_way]
    suggested = [answer(post, thread) for post in answers if best is None or post.pk != best.pk]
    entity = {
        "@type": "Question",
        "name": thread.title,
        "text": words(first.html),
        "url": absolute(thread.get_absolute_url()),
        "answerCount": len(suggested) + (best is not None),
        "upvoteCount": first.vote_count,
        "datePublished": first.created_at.isoformat(),
        "author": person(first.author),
    }
    if first.edited_at:
        entity["dateModified"] = first.edited_at.isoformat()
    if best is not None:
        entity["acceptedAnswer"] = answer(best, thread)
    if suggested:
        entity["suggestedAnswer"] = suggested
    return {"@type": "QAPage", "mainEntity": entity}


def answer(post: Post, thread: Thread) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": words(post.html),
        "url": absolute(thread.get_absolute_url(post.page)) + f"#{post.anchor}",
        "upvoteCount": post.vote_count,
        "datePublished": post.created_at.isoformat(),
        "author": person(post.author),
    }


def discussion(thread: Thread, first: Post, said: list[Post]) -> dict[str, Any]:
    return {
        "@type": "DiscussionForumPosting",
        "headline": thread.title,
        "text": words(first.html),
        "url": absolute(thread.get_absolute_url()),
        "datePublished": first.created_at.isoformat(),
        "author": person(first.author),
        "comment": [
            {
                "@type": "Comment",
                "text": words(post.html),
                "url": absolute(thread.get_absolute_url(post.page)) + f"#{post.anchor}",
                "datePublished": post.created_at.isoformat(),
                "author": person(post.author),
            }
            for post in said
        ],
    }


# Reading HTML costs more than all the rest of the block, and the same posts are read all day.
@lru_cache(maxsize=1_000)
def words(html: str) -> str:
    return prose.excerpt(html, TEXT_LENGTH)


def person(member: Member) -> dict[str, Any]:
    return {"@type": "Person", "name": member.called, "url": absolute(member.get_absolute_url())}


def script(data: dict[str, Any]) -> SafeString:
    """A block of data, which browsers never run, so that the content security policy has nothing to say about it."""
    written = mark_safe(json.dumps(data, ensure_ascii=False).translate(UNSAFE))
    return format_html('<script type="application/ld+json">{}</script>', written)
