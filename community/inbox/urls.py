from django.urls import path

from . import views

app_name = "inbox"

urlpatterns = [
    path("inbox/", views.index, name="list"),
    path("inbox/count/", views.count, name="count"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/mail/", views.mail, name="mail"),
    path("inbox/mail/stop/<str:signed>/", views.stop_mail, name="stop_mail"),
    path("inbox/<int:pk>/read/", views.read, name="read"),
]
