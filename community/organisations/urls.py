from django.urls import path

from . import views

app_name = "organisations"

urlpatterns = [
    path("organisations/", views.index, name="list"),
    path("organisations/<slug:slug>/", views.show, name="detail"),
    path("organisations/<slug:slug>/people/", views.people, name="people"),
    path("organisations/<slug:slug>/people/<int:pk>/end/", views.end_seat, name="end_seat"),
    path("organisations/<slug:slug>/people/<int:pk>/swap/", views.swap, name="swap"),
    path("organisations/<slug:slug>/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("organisations/<slug:slug>/second-factor/", views.second_factor, name="second_factor"),
    path("organisations/<slug:slug>/agreements/", views.agreements, name="agreements"),
    path("organisations/<slug:slug>/agreements/<uuid:key>/<str:name>", views.agreement, name="agreement"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
