"""The three facts, and the states that follow from them."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from community.threads.models import Confirmation, Genre, Post, State, Thread, Voice
from community.threads.turns import latest, no_without_a_new_proposal

OF_POST = ("accepted_by_support_at", "confirmed_by_asker_at", "asker_says_no_at")
OF_THREAD = ("accepted_by_support_at", "confirmed_by_asker_at")
OF_OTHERS = ("others_confirmed_count", "others_failed_count")


def voices_on_posts() -> Iterator[str]:
    """What a post says of itself equals the words people gave on it."""
    heard = {
        row["post"]: row
        for row in Confirmation.objects.order_by()
        .values("post")
        .annotate(
            accepted_by_support_at=Max("at", filter=Q(voice=Voice.SUPPORT)),
            confirmed_by_asker_at=Max("at", filter=Q(voice=Voice.ASKER, works=True)),
            asker_says_no_at=Max("at", filter=Q(voice=Voice.ASKER, works=False)),
            others_confirmed_count=Count("pk", filter=Q(voice=Voice.OTHER, works=True)),
            others_failed_count=Count("pk", filter=Q(voice=Voice.OTHER, works=False)),
        )
    }
    silent = dict.fromkeys(OF_POST) | dict.fromkeys(OF_OTHERS, 0)
    spoken_of = Q(pk__in=heard) | ~Q(**silent)
    for post in Post.objects.filter(spoken_of).values("pk", *silent):
        for fact in silent:
            real = heard.get(post["pk"], silent)[fact]
            if post[fact] != real:
                yield f"post {post['pk']}: {fact} says {post[fact]}, people said {real}"


def facts_of_threads() -> Iterator[str]:
    """What a thread says equals what its standing answers say."""
    answers = Post.objects.standing().replies().filter(thread=OuterRef("pk")).order_by().values("thread")
    real = {f"real_{fact}": Subquery(answers.annotate(real=Max(fact)).values("real")) for fact in OF_THREAD}
    real |= {
        f"real_{fact}": Coalesce(Subquery(answers.annotate(real=Sum(fact)).values("real")), 0) for fact in OF_OTHERS
    }
    own = ("works_as_elsewhere", "said_of_elsewhere_at")
    for thread in Thread.objects.annotate(**real).values("pk", *own, *OF_THREAD, *OF_OTHERS, *real).iterator():
        if thread["works_as_elsewhere"]:
            # What the asker said of the solution his question was merged with is his word on his own question.
            word = thread["said_of_elsewhere_at"]
            thread["real_confirmed_by_asker_at"] = latest([thread["real_confirmed_by_asker_at"], word])
        for fact in (*OF_THREAD, *OF_OTHERS):
            if thread[fact] != thread[f"real_{fact}"]:
                yield f"thread {thread['pk']}: {fact} says {thread[fact]}, its answers say {thread[f'real_{fact}']}"


def refusals() -> Iterator[str]:
    """The asker's no stands for the thread until somebody proposes something new."""
    refused = Post.objects.exclude(asker_says_no_at=None)
    elsewhere = Q(works_as_elsewhere=False)
    threads = Thread.objects.filter(
        Exists(refused.filter(thread=OuterRef("pk"))) | ~Q(asker_says_no_at=None) | elsewhere
    )
    for thread in threads.only("pk", "asker_says_no_at", "said_of_elsewhere_at", "works_as_elsewhere"):
        answers = list(Post.objects.standing().replies().filter(thread=thread).defer("body", "html"))
        possible = {
            no_without_a_new_proposal(answers, thread.no_of_elsewhere_at),
            latest([*(answer.asker_says_no_at for answer in answers), thread.no_of_elsewhere_at]),
        }
        if thread.asker_says_no_at not in possible:
            yield f"thread {thread.pk}: asker_says_no_at says {thread.asker_says_no_at}, its answers say otherwise"


def best_answers() -> Iterator[str]:
    for name in ("best", "workaround"):
        pointing = Thread.objects.exclude(**{name: None})
        removed = ~Q(**{f"{name}__hidden_at": None, f"{name}__deleted_at": None})
        for thread in pointing.filter(removed | ~Q(**{f"{name}__thread": F("pk")})).only("pk"):
            yield f"thread {thread.pk}: {name} is removed or belongs to another thread"


def states() -> Iterator[str]:
    """A state and the times beside it say the same."""
    questions = Thread.objects.filter(genre=Genre.QUESTION)
    wrong = {
        "is closed and says otherwise": Thread.objects.exclude(closed_at=None).exclude(state=State.CLOSED),
        "says it is closed and is not": Thread.objects.filter(closed_at=None, state=State.CLOSED),
        "is no question and waits for somebody": Thread.objects.exclude(genre=Genre.QUESTION).exclude(
            state__in=(State.OPEN, State.CLOSED)
        ),
        "is a question and nobody's turn": questions.filter(state=State.OPEN),
        "says the asker confirmed it and he did not": Thread.objects.filter(
            state=State.CONFIRMED, confirmed_by_asker_at=None
        ),
        "says a workaround is known and knows none": Thread.objects.filter(state=State.WORKAROUND, workaround=None),
    }
    for what, threads in wrong.items():
        for thread in threads.only("pk"):
            yield f"thread {thread.pk}: {what}"


CHECKS = (voices_on_posts, facts_of_threads, refusals, best_answers, states)
