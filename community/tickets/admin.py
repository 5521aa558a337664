from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community import clock
from community.people.models import OFFICIALS, Member

from . import doors
from .models import OutsideSystem, TicketLink
from .systems import door_of

NEVER_SHOWN = forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False)
SETTING_UP = [
    (
        "Request Tracker",
        _(
            "Queue: the name of the queue. Account and secret: a user of RT and its password, "
            "or no account and a token. "
            'Webhook: a scrip on correspond and status that posts {"ticket": id}, signed as Standard Webhooks says.'
        ),
    ),
    (
        "Zammad",
        _(
            "Queue: the name of the group. Secret: an access token with ticket.agent. "
            "Webhook: a trigger on every change, with our webhook secret as its HMAC SHA1 signature token."
        ),
    ),
    (
        "Zendesk",
        _(
            "Queue: the name of the group. Account: the e-mail address of an agent. Secret: an API token. "
            'Webhook: a trigger that posts {"ticket": id}; its signing secret is our webhook secret.'
        ),
    ),
    (
        "Jira",
        _(
            "Queue: the key of the project. Account: the e-mail address of the API token, "
            "or empty for a personal token. "
            "Only public replies of a service project come back. Webhook: issue and comment events, with a secret."
        ),
    ),
    (
        "GitHub",
        _(
            "Queue: owner/repository. Secret: a token that may write issues. "
            "Comments of members come back from public repositories only. Webhook: issues and issue comments."
        ),
    ),
]


class OutsideSystemForm(forms.ModelForm):
    """Secrets go in and never come out; left empty they stay as they are."""

    new_secret = forms.CharField(label=_("Secret"), required=False, widget=NEVER_SHOWN, strip=True)
    new_hook_secret = forms.CharField(label=_("Webhook secret"), required=False, widget=NEVER_SHOWN, strip=True)

    class Meta:
        model = OutsideSystem
        fields = ["slug", "name", "kind", "address", "queue", "account", "secret_from", "speaks_as"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaks_as"].queryset = Member.objects.filter(role__in=OFFICIALS, is_active=True)
        for name in ("new_secret", "new_hook_secret"):
            self.fields[name].help_text = _("Kept sealed and never shown again. Left empty, it stays as it is.")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug == doors.CONSOLE.slug:
            raise forms.ValidationError(_("Choose another short name."))
        return slug

    def save(self, commit=True):
        if secret := self.cleaned_data["new_secret"]:
            self.instance.keep_secret(secret)
        if secret := self.cleaned_data["new_hook_secret"]:
            self.instance.keep_hook_secret(secret)
        return super().save(commit)


@admin.register(OutsideSystem)
class OutsideSystemAdmin(admin.ModelAdmin):
    form = OutsideSystemForm
    list_display = ["name", "kind", "address", "queue", "retired_at"]
    list_select_related = ["speaks_as"]
    readonly_fields = ["hook_address", "retired_at"]
    actions = ["try_connection", "retire", "use_again"]
    change_form_template = "tickets/admin_system.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"setting_up": SETTING_UP} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def get_readonly_fields(self, request, obj=None):
        # Links know their system by this name.
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("address for the webhook"))
    def hook_address(self, system: OutsideSystem) -> str:
        return f"{settings.SITE_URL}{reverse('tickets:hook', args=[system.slug])}" if system.slug else ""

    @admin.action(description=_("Try the connection"))
    def try_connection(self, request, systems) -> None:
        for system in systems:
            try:
                # A search that finds nothing, and shows that we are let in.
                door_of(system).made("0" * 32)
            except doors.TicketTrouble as trouble:
                messages.error(request, f"{system.name}: {str(trouble)[:200]}")
            else:
                messages.success(request, _("%(name)s answers.") % {"name": system.name})

    @admin.action(description=_("Retire"))
    def retire(self, request, systems) -> None:
        systems.filter(retired_at=None).update(retired_at=clock.now())

    @admin.action(description=_("Use again"))
    def use_again(self, request, systems) -> None:
        systems.update(retired_at=None)


@admin.register(TicketLink)
class TicketLinkAdmin(admin.ModelAdmin):
    list_display = ["number", "system", "progress", "thread", "linked_by", "linked_at", "unlinked_at"]
    list_select_related = ["thread", "linked_by"]
    search_fields = ["number"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
