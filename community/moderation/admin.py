from django.contrib import admin

from .models import CannedReason, Decision, Flag


class ReadOnly(admin.ModelAdmin):
    """Decisions are made on the pages of moderation, where each has a reason; here they are only looked at."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = ["at", "actor", "verb", "thread", "because"]
    list_filter = ["verb"]
    list_select_related = ["actor", "thread"]


@admin.register(Flag)
class FlagAdmin(ReadOnly):
    list_display = ["created_at", "reason", "subject", "flagger", "outcome"]
    list_filter = ["reason", "outcome"]
    list_select_related = ["flagger"]


@admin.register(CannedReason)
class CannedReasonAdmin(admin.ModelAdmin):
    list_display = ["words", "outcome", "position"]
    list_filter = ["outcome"]
