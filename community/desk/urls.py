from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    path("desk/replies/", views.replies, name="replies"),
    path("desk/replies/new/", views.add, name="reply_add"),
    path("desk/replies/find/", views.find, name="reply_find"),
    path("desk/replies/<int:pk>/", views.change, name="reply_change"),
    path("desk/replies/<int:pk>/drop/", views.drop, name="reply_drop"),
]
