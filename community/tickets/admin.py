from django.contrib import admin

from .models import TicketLink


@admin.register(TicketLink)
class TicketLinkAdmin(admin.ModelAdmin):
    list_display = ["number", "system", "thread", "linked_by", "linked_at", "unlinked_at"]
    list_select_related = ["thread", "linked_by"]
    search_fields = ["number"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
