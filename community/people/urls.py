from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from community.people import views

app_name = "people"

urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("people/settings/", views.edit, name="settings"),
    path("people/settings/muted/", views.muted, name="muted"),
    path("people/settings/leave/", views.leave, name="leave"),
    path("people/<slug:handle>/", views.show, name="profile"),
    path("people/<slug:handle>/standing/", views.standing, name="standing"),
    path("people/<slug:handle>/role/", views.set_role, name="set_role"),
    path("people/<slug:handle>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<slug:handle>/reactivate/", views.reactivate, name="reactivate"),
    path("people/<slug:handle>/mute/", views.mute, name="mute"),
    path("people/<slug:handle>/erase/", views.erase, name="erase"),
    path("people/<slug:handle>/face.svg", views.face, name="face"),
    # Wagtail's own sign-in has no limits and no second factor, and its pages about people know none of our rules.
    path("cms/login/", views.enter_pages, name="enter_pages"),
    path("cms/account/", RedirectView.as_view(pattern_name="people:settings")),
    path("cms/users/", RedirectView.as_view(pattern_name="admin:people_member_changelist")),
    path("cms/users/<path:page>", RedirectView.as_view(url="/cms/users/")),
]

if settings.DEMO_SIGN_IN:
    urlpatterns.insert(0, path("accounts/demo/", views.demo_sign_in, name="demo_sign_in"))
