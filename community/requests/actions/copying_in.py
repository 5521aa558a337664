from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import OutOfStep, require
from community.threads.actions.reading import begin_following, follow
from community.threads.actions.record import record
from community.threads.models import EntryKind

from ..events import ColleagueCopiedIn, ColleagueTakenOut
from ..models import CopiedIn, ServiceRequest
from ..policies import may_be_copied_in, may_copy_in, may_take_out
from .changing import held


@transaction.atomic
def copy_in(*, by: Member, request: ServiceRequest, member: Member) -> CopiedIn:
    """From now on the colleague is told of what is said. Raises OutOfStep where he is copied in already."""
    request, at = held(request), clock.now()
    require(may_copy_in(by, request.thread))
    require(may_be_copied_in(member, request.thread, at=at))
    copied, is_new = CopiedIn.objects.get_or_create(
        thread=request.thread,
        member=member,
        defaults={"at": at, "followed_before": request.thread.follows.filter(member=member).exists()},
    )
    if not is_new:
        raise OutOfStep(_("%(name)s is copied in already.") % {"name": member.called})
    begin_following({member.pk}, request.thread, at=at)
    # The row as it is with one more follower, so that saving it takes nothing back.
    request = held(request)
    record(ColleagueCopiedIn, request.thread, EntryKind.COPIED_IN, by=by, at=at, member_id=member.pk)
    return copied


@transaction.atomic
def take_out(*, by: Member, request: ServiceRequest, member: Member) -> None:
    """He is told no more; what he read and wrote stays. Raises OutOfStep where he is not copied in."""
    request = held(request)
    require(may_take_out(by, member, request.thread))
    copied = CopiedIn.objects.filter(thread=request.thread, member=member).first()
    if copied is None:
        raise OutOfStep(_("%(name)s is not copied in any more.") % {"name": member.called})
    if not copied.followed_before:
        follow(by=member, thread=request.thread, on=False)
    copied.delete()
    request = held(request)
    record(ColleagueTakenOut, request.thread, EntryKind.TAKEN_OUT, by=by, at=clock.now(), member_id=member.pk)
