from django.urls import path

from . import views

app_name = "tickets"

urlpatterns = [
    path("desk/tickets/", views.desk, name="desk"),
    path("threads/<int:pk>/ticket/", views.link, name="link"),
    path("threads/<int:pk>/ticket/new/", views.make, name="make"),
    path("tickets/hooks/<slug:slug>/", views.hook, name="hook"),
    path("tickets/<int:pk>/unlink/", views.unlink, name="unlink"),
    path("tickets/<int:pk>/close/", views.close, name="close"),
    path("tickets/<int:pk>/again/", views.send_again, name="send_again"),
]
