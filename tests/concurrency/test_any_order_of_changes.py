"""Whatever people do, in whatever order: every count and fact is as its rows, and an open page ends as a fresh one."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.db import transaction
from django.db.models import Count, F
from hypothesis import HealthCheck, Phase
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from community import clock
from community.moderation import actions as moderation
from community.people.models import Member, Role
from community.policy import Refusal
from community.threads import actions
from community.threads.models import Confirmation, Genre, Kind, Post, Thread, Voice
from community.threads.turns import settle
from forum.consistency import cases, counters, facts, log, merging
from tests import make
from tests.concurrency.open_page import Page, fresh, same_words
from tests.concurrency.sizes import SOAK

pytestmark = pytest.mark.django_db

CHECKS = (*counters.CHECKS, *log.CHECKS, *facts.CHECKS, *merging.CHECKS, *cases.CHECKS)
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
# So short that "12 min ago" says the same at the end.
STEP = timedelta(milliseconds=1)
# One page of a thread, so that the whole of it is seen.
MOST_POSTS = 15

PEOPLE = ("asker", "peer", "other", "agent", "moderator")
# These say at both ends what happened, so that the other end learns of it by its own frames.
MERGES = (moderation.merge_thread, moderation.unmerge_thread, actions.call_it_different, actions.say_it_helps)
people = st.sampled_from(PEOPLE)
threads = st.integers(0, 2)
back = st.integers(0, 8)
yes = st.booleans()
word = st.sampled_from(["apart", "yes", "no"])


class Forum(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        clock.set_to(NOON)
        roles = {"agent": Role.AGENT, "moderator": Role.MODERATOR}
        self.people = {name: make.member(role=roles.get(name, Role.CUSTOMER)) for name in PEOPLE}
        self.spaces = [make.space(), make.space()]
        product = make.product(versions=("7.3", "7.2"))
        about = {"product": product, "version": product.versions.get(name="7.2"), "space": self.spaces[0]}
        asker = self.people["asker"]
        self.threads = [
            make.thread(by=asker, **about),
            make.thread(by=self.people["peer"], space=self.spaces[1], title="Push stops"),
            make.thread(by=asker, genre=Genre.DISCUSSION, space=self.spaces[1], title="What do you use?"),
        ]
        self.pages = {thread.pk: Page(self.read(thread.pk)) for thread in self.threads}

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        clock.reset()

    def read(self, pk: int) -> Thread:
        return Thread.objects.for_page().get(pk=pk)

    def thread(self, which: int) -> Thread:
        return Thread.objects.get(pk=self.threads[which].pk)

    def post(self, thread: int, back: int) -> Post:
        """The newest post, or one further back."""
        posts = list(Post.objects.filter(thread=self.threads[thread]).select_related("thread").order_by("pk"))
        return posts[-1 - back % len(posts)]

    def do(self, thread: int, by: str, act, /, **what) -> None:
        """Try it; a refusal leaves no trace. Whoever has the thread open hears of it."""
        clock.advance(STEP)
        pk = self.threads[thread].pk
        before = Thread.objects.filter(pk=pk).values().get()
        try:
            with transaction.atomic():
                act(by=self.people[by], **what)
        except Refusal:
            assert Thread.objects.filter(pk=pk).values().get() == before
        now = self.read(pk)
        if before["deleted_at"] or now.is_deleted:
            # Such a page says that it is gone and has to be loaded again.
            self.pages[pk] = Page(now)
        self.pages[pk].hear(now)
        self.compare(now)
        # What a page says of another thread it learns when it is loaded.
        for other in Thread.objects.for_page().filter(merged_into=pk):
            self.pages[other.pk] = Page(other)
        if now.merged_into_id in self.pages and act not in MERGES:
            self.pages[now.merged_into_id] = Page(self.read(now.merged_into_id))

    def compare(self, thread: Thread) -> None:
        page = self.pages[thread.pk]
        items, regions = fresh(thread)
        assert list(page.items) == list(items)
        for name, html in chain(items.items(), regions.items()):
            shown = page.items.get(name) or page.regions[name]
            assert same_words(shown) == same_words(html), f"{name} is out of date"

    @rule(thread=threads, by=people, kind=st.sampled_from(Kind))
    def reply(self, thread, by, kind):
        if self.thread(thread).post_count < MOST_POSTS:
            words = f"Words of {clock.now()}."
            self.do(thread, by, actions.post_reply, thread=self.thread(thread), body=words, kind=kind)

    @rule(thread=threads, back=back, by=people, kind=st.none() | st.sampled_from(Kind))
    def edit(self, thread, back, by, kind):
        post, words = self.post(thread, back), f"Other words of {clock.now()}."
        seen = post.revision_count
        self.do(thread, by, actions.edit_post, post=post, body=words, seen_revision=seen, kind=kind)

    @rule(thread=threads, by=people)
    def retitle(self, thread, by):
        title = f"Keys expired at {clock.now():%f}"
        self.do(thread, by, actions.retitle_thread, thread=self.thread(thread), title=title)

    @rule(thread=threads, back=back, by=people)
    def delete(self, thread, back, by):
        self.do(thread, by, actions.delete_post, post=self.post(thread, back), because="Not needed")

    @rule(thread=threads, back=back, by=people)
    def restore(self, thread, back, by):
        self.do(thread, by, actions.restore_post, post=self.post(thread, back))

    @rule(thread=threads, back=back, by=people, works=yes)
    def confirm(self, thread, back, by, works):
        self.do(thread, by, actions.confirm_answer, post=self.post(thread, back), works=works)

    @rule(thread=threads, back=back, by=people)
    def withdraw(self, thread, back, by):
        self.do(thread, by, actions.withdraw_confirmation, post=self.post(thread, back))

    @rule(thread=threads, back=back, by=st.sampled_from(["asker", "agent"]))
    def accept(self, thread, back, by):
        self.do(thread, by, actions.accept_answer, post=self.post(thread, back))

    @rule(thread=threads, back=back, by=st.sampled_from(["asker", "agent"]))
    def unaccept(self, thread, back, by):
        self.do(thread, by, actions.unaccept_answer, post=self.post(thread, back))

    @rule(thread=threads, back=back, by=people, on=yes)
    def hide(self, thread, back, by, on):
        act = moderation.hide_post if on else moderation.unhide_post
        self.do(thread, by, act, post=self.post(thread, back), because="Not nice")

    @rule(thread=threads, back=back, by=people, on=yes)
    def flag(self, thread, back, by, on):
        """Flagged by one, decided by a moderator in the next breath."""
        try:
            flag = moderation.flag_thing(by=self.people[by], thing=self.post(thread, back), why="spam")
        except Refusal:
            return
        decide = moderation.uphold_flag if on else moderation.decline_flag
        self.do(thread, "moderator", decide, flag=flag, because="Spam")

    @rule(thread=threads, on=yes, what=st.sampled_from(["lock", "hide", "close"]))
    def lock_hide_or_close(self, thread, on, what):
        act = {
            ("lock", True): moderation.lock_thread,
            ("lock", False): moderation.unlock_thread,
            ("hide", True): moderation.hide_thread,
            ("hide", False): moderation.unhide_thread,
            ("close", True): moderation.close_thread,
            ("close", False): moderation.reopen_thread,
        }[what, on]
        self.do(thread, "moderator", act, thread=self.thread(thread), because="Enough")

    @rule(thread=threads, on=yes)
    def pin(self, thread, on):
        act = moderation.pin_thread if on else moderation.unpin_thread
        self.do(thread, "moderator", act, thread=self.thread(thread))

    @rule(thread=threads, to=st.integers(0, 1))
    def move(self, thread, to):
        self.do(thread, "moderator", moderation.move_thread, thread=self.thread(thread), space=self.spaces[to])

    @rule(thread=threads, into=threads)
    def merge(self, thread, into):
        self.do(thread, "moderator", moderation.merge_thread, thread=self.thread(thread), into=self.thread(into))
        self.reread(into)

    @rule(thread=threads, by=st.sampled_from(["moderator", "asker", "peer"]), how=word)
    def take_apart(self, thread, by, how):
        into = self.thread(thread).merged_into_id
        merged = self.thread(thread)
        if by == "moderator":
            self.do(thread, by, moderation.unmerge_thread, thread=merged, because="Not the same")
        elif how == "apart":
            self.do(thread, by, actions.call_it_different, thread=merged)
        else:
            self.do(thread, by, actions.say_it_helps, thread=merged, works=how == "yes")
        for other in range(3):
            if self.threads[other].pk == into:
                self.reread(other)

    @rule(thread=threads, first=st.integers(2, 9), more=st.integers(0, 2), to=st.integers(0, 1))
    def split(self, thread, first, more, to):
        posts = list(range(first, first + more + 1))
        about = {"space": self.spaces[to], "title": "Apart", "because": "Another matter"}
        self.do(thread, "moderator", moderation.split_thread, thread=self.thread(thread), posts=posts, **about)

    def reread(self, which: int) -> None:
        """The other end of what happened hears of it too."""
        now = self.read(self.threads[which].pk)
        self.pages[now.pk].hear(now)
        self.compare(now)

    @invariant()
    def every_count_and_fact_is_as_its_rows(self):
        assert [fault for check in CHECKS for fault in check()] == []

    @invariant()
    def whoever_helped_is_credited_for_it(self):
        words = Confirmation.objects.filter(works=True).exclude(voice=Voice.SUPPORT)
        of_others = words.exclude(post__author=F("post__thread__author")).order_by()
        helped = dict(of_others.values_list("post__author").annotate(n=Count("pk")))
        assert dict(Member.objects.filter(helped_count__gt=0).values_list("pk", "helped_count")) == helped

    @invariant()
    def settling_what_is_settled_changes_nothing(self):
        for thread in Thread.objects.all():
            before = {field.attname: getattr(thread, field.attname) for field in Thread._meta.concrete_fields}
            settle(thread, clock.now())
            assert {name: getattr(thread, name) for name in before} == before


def test_any_order_of_changes():
    checks = how(
        # Two hundred changes; two thousand by `make faults`.
        max_examples=8 if SOAK == 1 else 14 * SOAK,
        stateful_step_count=25,
        # The same orders in every run: what is found is found by the one who changed something.
        derandomize=SOAK == 1,
        database=None,
        # A sequence is read in less time than it takes to make it shorter.
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Forum, settings=checks)
