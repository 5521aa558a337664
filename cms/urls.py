from django.conf import settings
from django.urls import include, path, re_path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.views import serve

from . import views

# Wagtail's editor writes scripts and styles into its pages and shows previews in a frame. Only editors get these pages,
# and nothing that customers write is shown on them.
EDITORS_CSP = settings.SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}

# The home page has a name of its own, because every page leads to it; Wagtail answers it like any other.
urlpatterns = [
    path("cms/", include(decorate_urlpatterns(admin_urls.urlpatterns, csp_override(EDITORS_CSP)))),
    path("media/images/<path:path>", views.picture, name="picture"),
    path("brand/<slug:version>.css", views.brand_style, name="brand_style"),
    path("documents/", include(document_urls)),
    path("", views.home, name="home"),
    # Wagtail's own would take a password without limits and without asking for the second factor.
    path(
        "_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"
    ),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
