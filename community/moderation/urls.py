from django.urls import path

from . import views

app_name = "moderation"

urlpatterns = [
    path("moderation/", views.queue, name="queue"),
    path("moderation/log/", views.log, name="log"),
    path("moderation/new/", views.new_count, name="new_count"),
    path("moderation/mine/", views.mine, name="mine"),
    path("moderation/flags/<int:pk>/", views.decide, name="decide"),
    path("posts/<int:pk>/flag/", views.flag, name="flag"),
    path("posts/<int:pk>/hide/", views.hide_post, name="hide_post"),
    path("posts/<int:pk>/unhide/", views.unhide_post, name="unhide_post"),
    path("threads/<int:pk>/curate/", views.curate, name="curate"),
    path("threads/<int:pk>/curate/<str:act>/", views.act_on_thread, name="act"),
]
