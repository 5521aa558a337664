"""Atom feeds of lists, spaces, tags and threads. A feed has no reader: it holds what every visitor may read."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from community.spaces.models import Space, Tag

from .lists import FOR_ALL
from .models import Post, Thread

NEWEST = 30


class ThreadFeed(Feed):
    """The newest threads of a list; `show` in the query as on the list's page."""

    feed_type = Atom1Feed
    author_name = None

    def get_object(self, request):
        show = request.GET.get("show", "latest")
        if show not in FOR_ALL:
            raise Http404(_("There is no such list."))
        return show

    def title(self, show):
        return _("Questions: %(list)s") % {"list": FOR_ALL[show][0]}

    def link(self, show):
        return reverse("threads:list") + ("" if show == "latest" else f"?show={show}")

    def items(self, show):
        return newest(Thread.objects.filter(FOR_ALL[show][1]))

    def item_title(self, thread):
        return thread.title

    def item_description(self, thread):
        return thread.first_html

    def item_link(self, thread):
        return thread.get_absolute_url()

    def item_guid(self, thread):
        return reverse("threads:short", args=[thread.pk])

    def item_pubdate(self, thread):
        return thread.created_at

    def item_updateddate(self, thread):
        return thread.last_post_at

    def item_author_name(self, thread):
        return thread.author.called

    def item_author_link(self, thread):
        return thread.author.get_absolute_url()

    item_guid_is_permalink = False


class SpaceFeed(ThreadFeed):
    def get_object(self, request, slug):
        space = get_object_or_404(Space.objects.select_related("parent"), slug=slug)
        if not space.is_open:
            raise Http404
        return space

    def title(self, space):
        return space.name

    def link(self, space):
        return space.get_absolute_url()

    def items(self, space):
        return newest(Thread.objects.in_space(space))


class TagFeed(ThreadFeed):
    def get_object(self, request, name):
        return get_object_or_404(Tag.objects.in_use(), slug=name)

    def title(self, tag):
        return tag.name

    def link(self, tag):
        return tag.get_absolute_url()

    def items(self, tag):
        return newest(Thread.objects.tagged(tag))


class PostFeed(ThreadFeed):
    """The newest posts of one thread."""

    def get_object(self, request, pk):
        return get_object_or_404(Thread.objects.open_to_all(), pk=pk)

    def title(self, thread):
        return thread.title

    def link(self, thread):
        return thread.get_absolute_url()

    def items(self, thread):
        posts = Post.objects.filter(thread=thread).standing().select_related("author", "thread")
        return posts.order_by("-number")[:NEWEST]

    def item_title(self, post):
        return _("%(name)s: %(kind)s") % {"name": post.author.called, "kind": post.get_kind_display()}

    def item_description(self, post):
        return post.html

    def item_link(self, post):
        return post.get_absolute_url()

    def item_guid(self, post):
        return post.permalink

    def item_pubdate(self, post):
        return post.created_at

    def item_updateddate(self, post):
        return post.edited_at or post.created_at

    def item_author_name(self, post):
        return post.author.called

    def item_author_link(self, post):
        return post.author.get_absolute_url()


def newest(threads):
    return threads.open_to_all().shown_in_lists().with_question().select_related("author").newest_first()[:NEWEST]
