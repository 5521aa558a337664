"""Files: that they are there, whose they are, and for what they are kept."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, FileField

from community import clock
from community.moderation.actions.holding import held_since, settle_files
from community.moderation.models import Held
from community.threads.actions.attaching_files import KEPT_UNPOSTED
from community.threads.attaching import addresses_in
from community.threads.models import Attachment, Draft


def files() -> Iterator[str]:
    """Every row that names a file has it: attachments, agreements, archives, pictures and documents of pages."""
    for model in apps.get_models():
        for field in (field for field in model._meta.local_concrete_fields if isinstance(field, FileField)):
            named = model._default_manager.exclude(**{field.name: ""}).exclude(**{field.name: None})
            for pk, name in named.order_by().values_list("pk", field.name).iterator():
                if not field.storage.exists(name):
                    yield f"{model._meta.verbose_name} {pk}: its file {name} is not there"


def owners_of_files() -> Iterator[str]:
    for attachment in Attachment.objects.exclude(post=None).exclude(post__author=F("uploader")).only("pk"):
        yield f"attachment {attachment.pk}: shown in a post by somebody else than who brought it"


def files_nobody_shows() -> Iterator[str]:
    """What no post, draft or waiting text shows is swept away after a day; what is there still, the sweeper missed."""
    drafted = {
        key for draft in Draft.objects.filter(body__contains="/attachments/") for key in addresses_in(draft.body)
    }
    forgotten = Attachment.objects.filter(post=None, held_at=None, created_at__lt=clock.now() - 2 * KEPT_UNPOSTED)
    for attachment in forgotten.exclude(key__in=drafted).only("pk", "created_at"):
        yield f"attachment {attachment.pk}: shown by no post since {attachment.created_at:%Y-%m-%d}"


def differing_held() -> Iterator[Attachment]:
    since = held_since(Held.objects.waiting())
    for file in Attachment.objects.filter(post=None) | Attachment.objects.exclude(held_at=None):
        if file.held_at != (None if file.post_id else since.get((file.uploader_id, file.key))):
            yield file


def held_files() -> Iterator[str]:
    """A moderator opens what a waiting text shows, and nothing else that no post shows."""
    for file in differing_held():
        yield f"attachment {file.pk}: kept for a moderator otherwise than the waiting texts say"


def mend() -> Iterator[str]:
    for file in list(differing_held()):
        if file.post_id:
            Attachment.objects.exclude(post=None).filter(pk=file.pk).update(held_at=None)
        else:
            settle_files(file.uploader)
        yield f"attachment {file.pk}: kept for a moderator as the waiting texts say"


CHECKS = (files, owners_of_files, files_nobody_shows, held_files)
