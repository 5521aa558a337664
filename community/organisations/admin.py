from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from . import actions
from .models import Domain, Organisation, Plan, Seat


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ["name", "caller_seats"]


class DomainInline(admin.TabularInline):
    model = Domain
    extra = 1


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "plan", "expires_on", "account_manager", "deputy"]
    list_filter = ["plan"]
    list_select_related = ["plan", "account_manager", "deputy"]
    search_fields = ["name", "subscription_code"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["account_manager", "deputy"]
    inlines = [DomainInline]

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in form.cleaned_data if name in actions.KEPT}
        if change:
            kept = actions.edit_organisation(by=request.user, organisation=obj, **said)
        else:
            kept = actions.found_organisation(by=request.user, **said)
        obj.pk, obj._state.adding = kept.pk, False

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    """To look up who had which seat when; seats change through actions."""

    list_display = ["member", "organisation", "kind", "manages", "given_at", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["member", "organisation"]
    search_fields = ["member__handle", "organisation__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Seat | None = None) -> bool:
        return False
