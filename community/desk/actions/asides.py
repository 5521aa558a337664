from django.db import transaction

from community import clock
from community.desk.events import AsideOpened
from community.desk.models import Aside
from community.desk.policies import may_open_aside
from community.people.models import Member
from community.policy import require
from community.threads.actions.record import locked, record, rendered
from community.threads.events import QuestionAsked
from community.threads.models import Audience, EntryKind, Follow, Kind, Post, ReadMark, State, Thread


def open_aside(*, by: Member, thread: Thread, body: str) -> Thread:
    """Begin a private talk with the asker about a public thread, in which one neutral line says that there is one.

    It is the asker's thread and begins with a question by support: his word makes it our turn, as everywhere. Asked
    again it gives the talk that there is. Raises Invalid("body", …).
    """
    html = rendered(body)
    with transaction.atomic():
        about = locked(thread.pk)
        if known := Aside.objects.select_related("thread").filter(about=about).first():
            return known.thread
        require(may_open_aside(by, about))
        at = clock.now()
        private = Thread.objects.create(
            title=about.title,
            space_id=about.space_id,
            author_id=about.author_id,
            audience=Audience.NAMED,
            product_id=about.product_id,
            version_id=about.version_id,
            platform_id=about.platform_id,
            created_at=at,
            last_post_at=at,
            last_poster=by,
            state=State.WAITING_ASKER,
            state_since=at,
            post_count=1,
            follower_count=2,
        )
        first = Post.objects.create(
            thread=private,
            number=1,
            position=1,
            author=by,
            kind=Kind.QUESTION,
            is_official=True,
            body=body,
            html=html,
            created_at=at,
        )
        Follow.objects.bulk_create(Follow(thread=private, member_id=pk, at=at) for pk in (by.pk, about.author_id))
        ReadMark.objects.create(thread=private, member=by, number=1, at=at)
        Aside.objects.create(thread=private, about=about, opened_by=by, opened_at=at)
        record(QuestionAsked, private, EntryKind.ASKED, by=by, at=at, post=first)
        record(AsideOpened, about, EntryKind.ASIDE_OPENED, by=by, at=at, aside_id=private.pk)
        return private
