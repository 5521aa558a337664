"""Keeping what was signed. A file that was once shown is never replaced: people have acted on it."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import Invalid, require

from ..models import Agreement, AgreementVersion, Organisation
from ..policies import may_keep_agreements
from .keeping import locked


@transaction.atomic
def add_agreement(
    *, by: Member, organisation: Organisation, title: str, data: bytes, name: str, content_type: str
) -> AgreementVersion:
    """The first version of an agreement, or the next one where there is one of this title.

    Whoever calls has looked into `data` and says what it is. Raises NotAllowed, or Invalid("title", …).
    """
    organisation = locked(organisation.pk)
    require(may_keep_agreements(by, organisation))
    title = " ".join(title.split())
    if not title:
        raise Invalid("title", _("Say what was agreed."))
    agreement, _is_new = Agreement.objects.get_or_create(
        organisation=organisation, title__iexact=title, defaults={"title": title}
    )
    version = AgreementVersion(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        name=name,
        content_type=content_type,
        size=len(data),
        added_by=by,
        added_at=clock.now(),
    )
    version.file.save(name, ContentFile(data), save=False)
    version.save()
    return version
