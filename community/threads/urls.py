from django.urls import path

from .feeds import PostFeed, SpaceFeed, TagFeed, ThreadFeed
from .views import asking, attachments, drafts, editing, judging, lists, menu, reading, replying, saved, writing

app_name = "threads"

urlpatterns = [
    # Lists
    path("threads/", lists.thread_list, name="list"),
    path("threads/new/", lists.new_count, name="new_count"),
    path("threads/saved/", saved.save, name="save_filter"),
    path("threads/saved/<int:pk>/remove/", saved.drop, name="drop_filter"),
    path("tags/", lists.tags, name="tags"),
    path("tags/<str:name>/", lists.tag, name="tag"),
    # Writing
    path("ask/", asking.ask, name="ask"),
    path("threads/<int:pk>/reply/", replying.reply, name="reply"),
    path("threads/<int:pk>/title/", editing.retitle, name="retitle"),
    path("threads/<int:pk>/draft/", drafts.save_reply, name="draft"),
    path("threads/<int:pk>/draft/discard/", drafts.discard_reply, name="draft_discard"),
    path("posts/<int:pk>/quote/", replying.quote, name="quote"),
    path("posts/<int:pk>/edit/", editing.edit, name="edit"),
    path("posts/<int:pk>/delete/", editing.delete, name="delete"),
    path("posts/<int:pk>/restore/", editing.restore, name="restore"),
    path("posts/<int:pk>/history/", editing.history, name="history"),
    path("preview/", writing.preview, name="preview"),
    path("mentions/", writing.mentions, name="mentions"),
    path("numbers/", writing.numbers, name="numbers"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/question/", drafts.save_question, name="draft_question"),
    path("drafts/question/discard/", drafts.discard_question, name="draft_question_discard"),
    path("attachments/", attachments.upload, name="upload"),
    path("attachments/<uuid:key>/remove/", attachments.remove, name="attachment_remove"),
    path("attachments/<uuid:key>/<str:name>", attachments.serve, name="attachment"),
    # Feeds
    path("feeds/threads/", ThreadFeed(), name="feed"),
    path("feeds/spaces/<str:slug>/", SpaceFeed(), name="feed_space"),
    path("feeds/tags/<str:name>/", TagFeed(), name="feed_tag"),
    path("feeds/threads/<int:pk>/", PostFeed(), name="feed_thread"),
    # Judging
    path("posts/<int:pk>/accept/", judging.accept, name="accept"),
    path("posts/<int:pk>/unaccept/", judging.unaccept, name="unaccept"),
    path("posts/<int:pk>/tried/", judging.tried, name="tried"),
    path("posts/<int:pk>/confirm/", judging.confirm, name="confirm"),
    path("posts/<int:pk>/vote/", judging.vote, name="vote"),
    path("posts/<int:pk>/bookmark/", judging.bookmark, name="bookmark"),
    path("threads/<int:pk>/me-too/", judging.me_too, name="me_too"),
    path("threads/<int:pk>/follow/", judging.follow, name="follow"),
    path("threads/<int:pk>/different/", judging.different, name="different"),
    path("threads/<int:pk>/helps/", judging.helps, name="helps"),
    # Reading
    path("posts/<int:pk>/", reading.post, name="post"),
    path("posts/<int:pk>/menu/", menu.menu, name="menu"),
    path("threads/<int:pk>/unread/", reading.unread, name="unread"),
    path("threads/<int:pk>/on/", reading.on_day, name="on_day"),
    path("threads/<int:pk>/read/", reading.mark_read, name="read"),
    path("threads/<int:pk>/seen/<int:number>/", reading.seen, name="seen"),
    path("threads/<int:pk>/merged/", reading.merged, name="merged"),
    path("threads/<int:pk>/state/", reading.state, name="state"),
    path("threads/<int:pk>/since/<int:seq>/", reading.since, name="since"),
    path("threads/<int:pk>/", reading.detail, name="short"),
    # Last: a title may be any word.
    path("threads/<int:pk>/<str:slug>/", reading.detail, name="detail"),
]
