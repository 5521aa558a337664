"""Which words are watched and what is read before it is published. It counts from the next text on, everywhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.moderation import watch, words
from community.moderation.models import LIMITED, ApprovalRule, Limits, Verb, WatchedAct, WatchedWord, default_limits
from community.moderation.policies import may_watch
from community.people.models import Member, Trust
from community.policy import Invalid, OutOfStep, require
from community.spaces.models import Space

from .decisions import changed, said_by
from .sanctions import as_now

TROUBLES = {
    "no_word": _("Write a word, several words, or a domain such as example.com."),
    "too_wide": _("Beside a star stand at least two letters; else it would be in almost every word."),
    "not_a_word": _("A pattern is made of letters, digits, spaces and stars, or it is a domain."),
}


def check_pattern(pattern: str) -> None:
    """Raises Invalid for what cannot be watched."""
    if trouble := words.trouble_with(pattern):
        raise Invalid("pattern", TROUBLES[trouble])


@transaction.atomic
def watch_word(
    *,
    by: Member,
    pattern: str,
    act: str,
    spaces: Iterable[Space] = (),
    note: str = "",
    is_on: bool = True,
    word: WatchedWord | None = None,
) -> WatchedWord:
    """Watch for a word, a phrase or a domain; with `word`, change what is watched."""
    require(may_watch(as_now(by)))
    pattern = " ".join(pattern.split())
    check_pattern(pattern)
    if act not in WatchedAct.values:
        raise Invalid("act", _("Choose what happens."))
    others = WatchedWord.objects.exclude(pk=word.pk) if word else WatchedWord.objects.all()
    if others.filter(pattern__iexact=pattern).exists():
        raise Invalid("pattern", _("This is watched already."))
    before = said_by(word) if word else {}
    word = word or WatchedWord()
    word.pattern, word.act, word.note, word.is_on = pattern, act, " ".join(note.split())[:200], is_on
    word.save()
    word.spaces.set(spaces)
    changed(Verb.CHANGED_WORD, word, before, by=by, of=f"“{pattern}”")
    watch.changed()
    return word


@transaction.atomic
def drop_word(*, by: Member, word: WatchedWord) -> None:
    require(may_watch(as_now(by)))
    before = said_by(word)
    if not WatchedWord.objects.filter(pk=word.pk).delete()[0]:
        raise OutOfStep(_("Somebody has dropped it already."))
    changed(Verb.CHANGED_WORD, None, before, by=by, of=f"“{word.pattern}”")
    watch.changed()


@transaction.atomic
def set_rule(*, by: Member, space: Space | None, **details: Any) -> ApprovalRule:
    """What a moderator reads first in a space, or, without one, everywhere. `details`: the fields of ApprovalRule."""
    require(may_watch(as_now(by)))
    codes = str(details.get("languages", "")).lower().replace(",", " ").split()
    if any(not (code.isalpha() and len(code) == 2) for code in codes):
        raise Invalid("languages", _("Write codes of two letters with spaces between them, such as “en de”."))
    details["languages"] = " ".join(codes)
    before = said_by(ApprovalRule.objects.filter(space=space).first() or ApprovalRule(space=space))
    rule, _new = ApprovalRule.objects.update_or_create(
        space=space, defaults=details, create_defaults=details | {"is_site_wide": space is None}
    )
    changed(Verb.CHANGED_RULE, rule, before, by=by, of=space.name if space else _("In all spaces"))
    watch.changed()
    return rule


@transaction.atomic
def set_limits(*, by: Member, levels: Mapping[int, Mapping[str, int | None]]) -> None:
    """What members of each level may put into a post, and how often they post: by the fields named in LIMITED."""
    require(may_watch(as_now(by)))
    for trust, most in levels.items():
        if most.get("posts_an_hour") == 0:
            raise Invalid("posts_an_hour", _("At least one. Whoever must not post is silenced, and reads why."))
        before = said_by(Limits.objects.filter(trust=trust).first() or default_limits(trust))
        row, _new = Limits.objects.update_or_create(trust=trust, defaults={name: most.get(name) for name in LIMITED})
        changed(Verb.CHANGED_LIMITS, row, before, by=by, of=Trust(trust).label)
    watch.changed()
