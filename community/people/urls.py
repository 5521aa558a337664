from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from community.people.views import others, own

app_name = "people"

urlpatterns = [
    path("language/", own.choose_language, name="language"),
    path("people/settings/", own.edit, name="settings"),
    path("people/settings/muted/", own.muted, name="muted"),
    path("people/settings/data/", own.own_data, name="own_data"),
    path("people/settings/data/<uuid:key>/", own.fetch_data, name="fetch_data"),
    path("people/settings/leave/", own.leave, name="leave"),
    path("people/<slug:handle>/", others.show, name="profile"),
    path("people/<slug:handle>/standing/", others.standing, name="standing"),
    path("people/<slug:handle>/role/", others.set_role, name="set_role"),
    path("people/<slug:handle>/deactivate/", others.deactivate, name="deactivate"),
    path("people/<slug:handle>/reactivate/", others.reactivate, name="reactivate"),
    path("people/<slug:handle>/mute/", own.mute, name="mute"),
    path("people/<slug:handle>/erase/", others.erase, name="erase"),
    path("people/<slug:handle>/face.svg", others.face, name="face"),
    # Wagtail's own sign-in has no limits and no second factor, and its pages about people know none of our rules.
    path("cms/login/", others.enter_pages, name="enter_pages"),
    path("cms/account/", RedirectView.as_view(pattern_name="people:settings")),
    path("cms/users/", RedirectView.as_view(pattern_name="admin:people_member_changelist")),
    path("cms/users/<path:page>", RedirectView.as_view(url="/cms/users/")),
]

if settings.DEMO_SIGN_IN:
    urlpatterns.insert(0, path("accounts/demo/", others.demo_sign_in, name="demo_sign_in"))
