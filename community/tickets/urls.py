from django.urls import path

from . import views

app_name = "tickets"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("threads/<int:pk>/ticket/", views.link, name="link"),
    path("tickets/<int:pk>/unlink/", views.unlink, name="unlink"),
]
