from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from community.people.models import Member

# Signing in to the back office takes the one way in, with its limits and second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    """To look people up and to make editors of pages; roles and standing change through actions."""

    list_display = ("handle", "name", "email", "role", "trust", "is_active", "joined_at")
    list_filter = ("role", "is_active", "trust")
    search_fields = ("handle", "name", "email")
    ordering = ("-joined_at",)
    fields = (
        "handle",
        "name",
        "email",
        "role",
        "trust",
        "helped_count",
        "is_active",
        "deactivated_because",
        "joined_at",
        "last_login",
        "groups",
    )
    readonly_fields = tuple(field for field in fields if field != "groups")
    filter_horizontal = ("groups",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False
