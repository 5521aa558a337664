from django.conf import settings
from django.urls import path

from community.people import views

app_name = "people"

urlpatterns = [
    path("people/settings/", views.edit, name="settings"),
    path("people/<slug:handle>/", views.show, name="profile"),
    path("people/<slug:handle>/face.svg", views.face, name="face"),
]

if settings.DEMO_SIGN_IN:
    urlpatterns.insert(0, path("accounts/demo/", views.demo_sign_in, name="demo_sign_in"))
