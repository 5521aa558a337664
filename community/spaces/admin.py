from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community import kept

from . import actions
from .models import Platform, Product, Space, Tag, Version


class OnEveryPage(admin.ModelAdmin):
    """What visitors were shown may name it, or be theirs no longer: after a change no kept page is right."""

    def save_related(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().save_related(request, *args, **kwargs)
        kept.outdate_on_commit()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        kept.outdate_on_commit()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        kept.outdate_on_commit()


@admin.register(Space)
class SpaceAdmin(OnEveryPage):
    list_display = ["name", "parent", "readers", "posters", "position"]
    list_filter = ["readers", "posters"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["members"]


class VersionInline(admin.TabularInline):
    model = Version
    extra = 1


@admin.register(Product)
class ProductAdmin(OnEveryPage):
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [VersionInline]


@admin.register(Platform)
class PlatformAdmin(OnEveryPage):
    list_display = ["name", "position"]


@admin.register(Tag)
class TagAdmin(OnEveryPage):
    list_display = ["name", "description", "merged_into"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.merged_into:
            actions.merge_tag(by=request.user, tag=obj, into=obj.merged_into)
