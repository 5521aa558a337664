"""Lists that a member has given a name."""

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import Member
from community.policy import Invalid, require
from community.threads.models import SavedFilter
from community.threads.policies import may_save_filter

# What makes a list the list it is; anything else in an address is passed over.
WORDS_OF_A_LIST = ("show", "space", "tag", "product", "version", "platform", "order")


@transaction.atomic
def save_filter(*, by: Member, name: str, query: str) -> SavedFilter:
    """Keep a list under a name; the same name again means the new list."""
    name, query = " ".join(name.split()), plain_query(query)
    if not name:
        raise Invalid("name", _("Give the list a name."))
    if len(name) > 40:
        raise Invalid("name", _("A name has 40 characters at most."))
    if len(query) > 500:
        raise Invalid("query", _("This list cannot be kept: its address is too long."))
    # Lock first, ask second: two tabs may save at once.
    Member.objects.select_for_update().get(pk=by.pk)
    require(may_save_filter(by, name))
    saved, _is_new = SavedFilter.objects.update_or_create(
        member=by, name=name, defaults={"query": query, "saved_at": clock.now()}
    )
    return saved


def drop_filter(*, by: Member, pk: int) -> bool:
    return bool(SavedFilter.objects.filter(member=by, pk=pk).delete()[0])


def plain_query(query: str) -> str:
    """What of a query names a list, in one order, so that one list has one address."""
    asked = QueryDict(query.removeprefix("?"))
    plain = QueryDict(mutable=True)
    for word in WORDS_OF_A_LIST:
        value = asked.get(word, "").replace("\x00", "")
        if value and (word, value) not in (("show", "latest"), ("order", "latest")):
            plain[word] = value
    return plain.urlencode()
