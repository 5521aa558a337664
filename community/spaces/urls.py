from django.urls import path

from . import views

app_name = "spaces"

urlpatterns = [
    path("spaces/", views.index, name="index"),
    path("spaces/<str:slug>/", views.detail, name="detail"),
]
