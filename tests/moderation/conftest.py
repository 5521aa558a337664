from types import SimpleNamespace

import pytest
from django.apps import apps

from community.moderation import actions
from community.moderation.models import Decision, Verb
from community.threads.models import EntryKind
from tests import make


@pytest.fixture
def trace():
    """All that could show that something was done: a refusal leaves it as it was."""

    def rows() -> dict:
        models = [
            model
            for app in ("threads", "moderation", "spaces")
            for model in apps.get_app_config(app).get_models(include_auto_created=True)
        ]
        return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}

    return rows


@pytest.fixture
def thread(customer, peer):
    """A question of the customer with one solution of the peer's."""
    made = make.thread(by=customer, space=make.space("Mail", slug="mail"), title="Keys expired")
    make.reply(made, by=peer, kind="solution")
    made.refresh_from_db()
    return made


@pytest.fixture
def acts(thread, moderator):
    """Everything a moderator does to a thread: how, what must have been done before, and what is written down of it."""
    mail, devices = thread.space, make.space("Devices", slug="devices")
    other = make.thread(title="The same")
    done = {
        "lock": lambda: actions.lock_thread(by=moderator, thread=thread, because="First reason."),
        "pin": lambda: actions.pin_thread(by=moderator, thread=thread),
        "close": lambda: actions.close_thread(by=moderator, thread=thread, because="First reason."),
        "merge": lambda: actions.merge_thread(by=moderator, thread=thread, into=other),
        "hide": lambda: actions.hide_thread(by=moderator, thread=thread, because="First reason."),
    }

    def act(action, verb, entry, *, because="", before="", after="", needs=None, is_told=False, **takes):
        return SimpleNamespace(
            action=action,
            takes={"thread": thread, "because": because} | takes if because else {"thread": thread} | takes,
            verb=verb,
            entry=entry,
            because=because,
            before=before,
            after=after,
            prepare=done[needs] if needs else lambda: None,
            told=thread.author if is_told else None,
        )

    why = "It is off topic."
    return {
        "lock": act(actions.lock_thread, Verb.LOCKED, EntryKind.LOCKED, because=why),
        "unlock": act(actions.unlock_thread, Verb.UNLOCKED, EntryKind.UNLOCKED, needs="lock"),
        "pin": act(actions.pin_thread, Verb.PINNED, EntryKind.PINNED),
        "unpin": act(actions.unpin_thread, Verb.UNPINNED, EntryKind.UNPINNED, needs="pin"),
        "move": act(
            actions.move_thread,
            Verb.MOVED,
            EntryKind.MOVED,
            because=why,
            before=mail.name,
            after=devices.name,
            space=devices,
        ),
        "close": act(actions.close_thread, Verb.CLOSED, EntryKind.CLOSED, because=why, before="answered"),
        "reopen": act(actions.reopen_thread, Verb.REOPENED, EntryKind.REOPENED, needs="close"),
        "merge": act(actions.merge_thread, Verb.MERGED, EntryKind.MERGED, after=f"#{other.pk}", into=other),
        "unmerge": act(
            actions.unmerge_thread, Verb.UNMERGED, EntryKind.UNMERGED, because=why, before=f"#{other.pk}", needs="merge"
        ),
        "hide": act(actions.hide_thread, Verb.HID_THREAD, EntryKind.THREAD_HIDDEN, because=why, is_told=True),
        "unhide": act(
            actions.unhide_thread,
            Verb.SHOWED_THREAD,
            EntryKind.THREAD_UNHIDDEN,
            because=why,
            needs="hide",
            is_told=True,
        ),
    }


@pytest.fixture
def decision():
    """The one decision written down last."""

    def last() -> Decision:
        return Decision.objects.order_by("pk").last()

    return last
