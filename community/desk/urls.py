from django.urls import path

from .views import clocks, handling, inbox, ready_replies

app_name = "desk"

urlpatterns = [
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/new/", inbox.new_count, name="new_count"),
    path("desk/threads/<int:pk>/", handling.handle, name="handle"),
    path("desk/threads/<int:pk>/<slug:name>/", handling.act, name="act"),
    path("desk/clocks/", clocks.clocks, name="clocks"),
    path("desk/replies/", ready_replies.replies, name="replies"),
    path("desk/replies/new/", ready_replies.add, name="reply_add"),
    path("desk/replies/find/", ready_replies.find, name="reply_find"),
    path("desk/replies/<int:pk>/", ready_replies.change, name="reply_change"),
    path("desk/replies/<int:pk>/drop/", ready_replies.drop, name="reply_drop"),
]
