from django.contrib import admin

from .models import ServiceRequest


@admin.register(ServiceRequest)
class ServiceRequestAdmin(admin.ModelAdmin):
    """To look things up. Changes are made where they are announced."""

    list_display = ["number", "thread", "severity", "level", "contact"]
    list_select_related = ["thread"]
    list_filter = ["severity", "level"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
