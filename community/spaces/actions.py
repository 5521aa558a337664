from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import kept
from community.people.models import Member
from community.policy import Invalid, require

from .models import Tag
from .policies import may_keep_tags


@transaction.atomic
def merge_tag(*, by: Member, tag: Tag, into: Tag) -> Tag:
    """Two names for one thing become one: threads carry the name that stays, the other one leads there.

    Raises Invalid("merged_into", …) where the two would lead round in a circle.
    """
    require(may_keep_tags(by))
    into = into.merged_into or into
    if into.pk == tag.pk:
        raise Invalid("merged_into", _("A tag is not merged into itself."))
    carried = Tag.threads.through.objects
    have_both = list(carried.filter(tag=into).values_list("thread_id", flat=True))
    carried.filter(tag=tag, thread_id__in=have_both).delete()
    carried.filter(tag=tag).update(tag=into)
    Tag.objects.filter(merged_into=tag).update(merged_into=into)
    tag.merged_into = into
    tag.save(update_fields=["merged_into"])
    kept.outdate_on_commit()
    return tag
