"""The table of contents: every address of the forum begins here, except those of forum/running/probes.py."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from forum import design, design_mails

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("community.people.urls")),
    path("", include("community.organisations.urls")),
    path("", include("community.requests.urls")),
    path("", include("community.inbox.urls")),
    path("", include("community.spaces.urls")),
    path("", include("community.moderation.urls")),
    path("", include("community.tickets.urls")),
    path("", include("community.desk.urls")),
    path("", include("community.search.urls")),
    # Last of the community: whatever follows the number of a thread is else taken for its title.
    path("", include("community.threads.urls")),
    path("", include("forum.outside")),
    path("", include("forum.pocket")),
    path("", include("forum.running.page")),
]

if settings.DEBUG or settings.DEMO_SIGN_IN:
    urlpatterns += [
        path("design/", design.show, name="design"),
        path("design/sides/", design.sides, name="design_sides"),
        path("design/mails/", design_mails.index, name="design_mails"),
        path("design/mails/<path:name>/", design_mails.show, name="design_mail"),
    ]

# Editors name the addresses of their pages, so theirs are looked up last of all.
urlpatterns.append(path("", include("cms.urls")))

handler400 = "forum.errors.bad_request"
handler403 = "forum.errors.forbidden"
handler404 = "forum.errors.not_found"
handler429 = "forum.errors.too_often"
handler500 = "forum.errors.server_error"
