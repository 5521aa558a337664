from django.urls import path

from .feeds import PostFeed, SpaceFeed, TagFeed, ThreadFeed
from .views import lists

app_name = "threads"

urlpatterns = [
    # Lists
    path("threads/", lists.thread_list, name="list"),
    path("threads/new/", lists.new_count, name="new_count"),
    path("tags/", lists.tags, name="tags"),
    path("tags/<str:name>/", lists.tag, name="tag"),
    # Feeds
    path("feeds/threads/", ThreadFeed(), name="feed"),
    path("feeds/spaces/<str:slug>/", SpaceFeed(), name="feed_space"),
    path("feeds/tags/<str:name>/", TagFeed(), name="feed_tag"),
    path("feeds/threads/<int:pk>/", PostFeed(), name="feed_thread"),
]
