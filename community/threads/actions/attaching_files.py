from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import Invalid, OutOfStep
from community.threads.attaching import addresses_in
from community.threads.files import LARGEST_FILE, examine, too_large
from community.threads.models import Attachment, Draft

# Long enough to finish a post that was begun in the evening.
KEPT_UNPOSTED = timedelta(days=1)
# Nobody needs more than this beside drafts, and a disk is not free.
MOST_UNPOSTED = 100


def attach_file(*, by: Member, file: UploadedFile) -> Attachment:
    """Keep a file that a post of `by` will show. What it is, is read from its content; pictures are drawn anew.

    Raises Invalid("file", …) with the file's name and why it is not taken.
    """
    try:
        if (file.size or 0) > LARGEST_FILE:
            raise too_large(LARGEST_FILE)
        if Attachment.objects.filter(uploader=by, post=None).count() >= MOST_UNPOSTED:
            raise Invalid("file", _("You have many files that no post shows yet. Post or discard them first."))
        kept = examine(file.read(), file.name or "")
    except Invalid as refusal:
        raise Invalid("file", f"{(file.name or '')[:80]}: {refusal.reason}") from None
    attachment = Attachment(
        uploader=by,
        name=kept.name,
        content_type=kept.content_type,
        size=len(kept.data),
        width=kept.width,
        height=kept.height,
        created_at=clock.now(),
    )
    attachment.file.save(kept.name, ContentFile(kept.data), save=False)
    attachment.save()
    return attachment


def detach_file(*, by: Member, attachment: Attachment) -> None:
    """Drop a file of one's own that no post shows yet. Raises OutOfStep when one does."""
    if not remove(Attachment.objects.filter(pk=attachment.pk, uploader=by)):
        raise OutOfStep(_("A post shows this file, so it stays."))


def sweep_attachments() -> int:
    """Remove files brought more than a day ago that no post, no draft and nothing held shows; how many."""
    stale = Attachment.objects.filter(post=None, held_at=None, created_at__lt=clock.now() - KEPT_UNPOSTED)
    drafted = {
        key
        for body in Draft.objects.filter(body__contains="/attachments/").values_list("body", flat=True).iterator()
        for key in addresses_in(body)
    }
    unwanted = [pk for pk, key in stale.values_list("pk", "key") if key not in drafted]
    return sum(remove(Attachment.objects.filter(pk=pk)) for pk in unwanted)


@transaction.atomic
def remove(attachments: QuerySet[Attachment]) -> bool:
    """Remove one file that no post shows; whether there was one."""
    attachment = attachments.select_for_update().filter(post=None).first()
    if attachment is None:
        return False
    storage, path = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path))
    return True
