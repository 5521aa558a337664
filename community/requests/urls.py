from django.urls import path

from . import views

app_name = "requests"

urlpatterns = [
    path("requests/", views.index, name="list"),
    path("requests/new/", views.choose, name="choose"),
    path("requests/<int:pk>/", views.detail, name="detail"),
    path("requests/<int:pk>/close/", views.close, name="close"),
    path("requests/<int:pk>/copy-in/", views.copy_in, name="copy_in"),
    path("requests/<int:pk>/take-out/", views.take_out, name="take_out"),
    path("requests/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("requests/<int:pk>/severity/", views.severity, name="severity"),
    path("organisations/<slug:slug>/requests/new/", views.new, name="new"),
    path("organisations/<slug:slug>/requests/draft/", views.save_draft, name="draft"),
    path("organisations/<slug:slug>/requests/draft/discard/", views.discard_draft, name="draft_discard"),
]
