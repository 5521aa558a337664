from django.contrib import admin

from .models import Platform, Product, Space, Tag, Version


@admin.register(Space)
class SpaceAdmin(admin.ModelAdmin):
    list_display = ["name", "parent", "readers", "posters", "position"]
    list_filter = ["readers", "posters"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["members"]


class VersionInline(admin.TabularInline):
    model = Version
    extra = 1


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["name", "position"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [VersionInline]


@admin.register(Platform)
class PlatformAdmin(admin.ModelAdmin):
    list_display = ["name", "position"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "description", "merged_into"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
