"""What the libraries we build on keep of a member: addresses, factors, sessions, letters, pages of the back office."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from community.letters import drop_letters
from community.people.models import Member, Muting


def addresses_of(member: Member) -> list[str]:
    addresses = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    return sorted({address.lower() for address in (*addresses, member.email) if address})


def remove(member: Member) -> None:
    """Nothing is left to sign in with, and nothing that says where somebody signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for seen in UserSession.objects.filter(user=member):
        store(seen.session_key).delete()
        seen.delete()
    drop_letters(addresses_of(member))
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()
    Muting.objects.filter(Q(by=member) | Q(member=member)).delete()
    member.groups.clear()
    member.user_permissions.clear()
    for profile in apps.get_model("wagtailusers", "UserProfile").objects.filter(user=member):
        if profile.avatar:
            transaction.on_commit(lambda file=profile.avatar: file.storage.delete(file.name))
        profile.delete()


def rename(member: Member) -> None:
    """The logs of the back offices say by its name which row was changed."""
    about = {"content_type": ContentType.objects.get_for_model(Member), "object_id": str(member.pk)}
    LogEntry.objects.filter(**about).update(object_repr=member.handle)
    apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(**about).update(label=member.handle)
