from django.urls import path

from .views import asides, calls, clocks, handling, history, inbox, line, ready_replies, rota

app_name = "desk"

urlpatterns = [
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/new/", inbox.new_count, name="new_count"),
    path("desk/threads/<int:pk>/", handling.handle, name="handle"),
    path("desk/threads/<int:pk>/aside/", asides.aside, name="aside"),
    path("desk/threads/<int:pk>/<slug:name>/", handling.act, name="act"),
    path("desk/people/<slug:handle>/", history.of_person, name="of_person"),
    path("desk/organisations/<slug:slug>/", history.of_organisation, name="of_organisation"),
    path("desk/clocks/", clocks.clocks, name="clocks"),
    path("organisations/<slug:slug>/call/", calls.call, name="call"),
    path("organisations/<slug:slug>/call/now/", calls.now, name="call_now"),
    path("threads/<int:pk>/call/", calls.call_here, name="call_here"),
    path("calls/<int:pk>/leave/", calls.leave, name="call_leave"),
    path("calls/<int:pk>/take/", line.take, name="call_take"),
    path("calls/<int:pk>/back/", line.give_back, name="call_back"),
    path("desk/line/", line.line, name="line"),
    path("desk/line/now/", line.now, name="line_now"),
    path("desk/rota/", rota.rota, name="rota"),
    path("desk/rota/<int:pk>/drop/", rota.drop, name="shift_drop"),
    path("desk/replies/", ready_replies.replies, name="replies"),
    path("desk/replies/new/", ready_replies.add, name="reply_add"),
    path("desk/replies/find/", ready_replies.find, name="reply_find"),
    path("desk/replies/<int:pk>/", ready_replies.change, name="reply_change"),
    path("desk/replies/<int:pk>/drop/", ready_replies.drop, name="reply_drop"),
]
