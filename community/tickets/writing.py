"""What is said over there about a thread, and how what was said there becomes a post."""

import re
from datetime import datetime

import nh3
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdownify import markdownify

from community import prose
from community.threads.models import Post, Thread

from .doors import Comment
from .models import Word

ADDRESS_OF_A_PERSON = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
OUR_FILE = re.compile(r"(\]\()(/)")
# A mail of megabytes is pictures and quotations; what somebody wrote stands in front.
MOST_HTML = 1_000_000
# Of what is left of it without styles and scripts; more than our words need, little enough for a parser in Python.
MOST_WASHED = 60_000
MOST_WORDS = 20_000
QUOTED = re.compile(r"(\n[^\n>]*:)?(\n\s*>[^\n]*|\n\s*)+\Z")
KEPT_TAGS = {
    *("p", "br", "div", "b", "strong", "i", "em", "code", "pre", "blockquote", "a", "ul", "ol", "li", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "del"),
}


def filled(thread: Thread, post: Post, *, with_private: bool) -> tuple[str, str]:
    """Subject and text of a new ticket, for the agent to read and change.

    Who asked, and addresses of people, are left out unless they are asked for.
    """
    about = [
        (_("Space"), thread.space.name),
        (_("Product"), " ".join(str(part) for part in (thread.product, thread.version) if part)),
        (_("Platform"), thread.platform.name if thread.platform else ""),
    ]
    if with_private:
        about += [(_("Asker"), f"{thread.author.called} (@{thread.author.handle}) {thread.author.email}".strip())]
    said = post.body if with_private else without_private(post.body)
    lines = [said_there(said), "", *(f"{name}: {value}" for name, value in about if value), address_of(post)]
    subject = thread.title if with_private else without_private(thread.title)
    return subject, "\n".join(lines)


def copied(post: Post, *, is_edit: bool = False) -> str:
    """A reply as it is copied to a ticket, or once more after an edit: who speaks by what they are, never by name."""
    with override(settings.LANGUAGE_CODE):
        if post.author_id == post.thread.author_id:
            who = _("The asker wrote:")
        elif post.is_official:
            who = _("Support answered in the forum:")
        else:
            who = _("Somebody else answered in the forum:")
        if is_edit:
            who = f"{who}\n{_('This was edited after it was copied. It now reads:')}"
    return "\n".join([who, "", said_there(without_private(post.body)), "", address_of(post)])


def word_about(post: Post, word: Word, *, at: datetime) -> str:
    """That it was taken away, or is back, or has lost somebody's data: never again the words that were taken away."""
    with override(settings.LANGUAGE_CODE):
        on = {"on": date_format(at, "j M Y, H:i")}
        told = {
            Word.REMOVED: _("This was taken out of the forum on %(on)s (UTC). Do not use it.") % on,
            Word.SHOWN: _("This can be read in the forum again since %(on)s (UTC).") % on,
            Word.ERASED: _("The data of a person was taken out of this on %(on)s (UTC). Take it out here as well.")
            % on,
        }[word]
    is_gone = word == Word.REMOVED or post.is_removed
    return f"{told}\n\n{address_of(post) if is_gone else copied(post)}"


def without_private(text: str) -> str:
    return ADDRESS_OF_A_PERSON.sub("[…]", text)


def said_there(text: str) -> str:
    """Our own addresses in full: a ticket stands on another site."""
    return OUR_FILE.sub(rf"\g<1>{settings.SITE_URL}/", text)


def address_of(post: Post) -> str:
    return f"{settings.SITE_URL}{post.permalink}"


def as_post(comment: Comment) -> str:
    """The comment as Markdown: without pictures from elsewhere, without what it quotes at its end, and short enough."""
    text = as_markdown(comment.text[:MOST_HTML]) if comment.is_html else comment.text[:MOST_HTML]
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\0", "")).strip()
    text = QUOTED.sub("", text).strip() or text
    if len(text) > MOST_WORDS or len(comment.text) > MOST_HTML:
        with override(settings.LANGUAGE_CODE):
            text = f"{text[:MOST_WORDS].rstrip()} …\n\n{_('This answer is longer. Support has the rest of it.')}"
    return text


def as_plain_post(comment: Comment) -> str:
    """The same words between two lines of ```, for what is too much to be shown with its formatting."""
    return "```\n" + as_post(comment).replace("```", "'''") + "\n```"


def as_markdown(html: str) -> str:
    washed = nh3.clean(html, tags=KEPT_TAGS, attributes={"a": {"href"}}, link_rel=None)
    return markdownify(
        washed[:MOST_WASHED], heading_style="ATX", escape_misc=False, escape_underscores=False, escape_asterisks=False
    )


def is_too_much(text: str) -> bool:
    try:
        prose.render(text)
    except prose.TooMuch:
        return True
    return False
