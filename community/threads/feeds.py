"""Atom feeds of lists, spaces, tags and threads. A feed has no reader: it holds what every visitor may read."""

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from community.spaces.models import Space, Tag

from .lists import FOR_ALL
from .models import Post, Thread
from .pages.outside import absolute

NEWEST = 30
# XML has no way to write these, however they came into a text.
UNSAYABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class Atom(Atom1Feed):
    def root_attributes(self):
        # What people wrote links within the house by paths alone.
        return super().root_attributes() | {"xml:base": absolute("/")}


class ThreadFeed(Feed):
    """The newest threads of a list; `show` in the query as on the list's page."""

    feed_type = Atom
    author_name = None

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        # What is hidden or edited makes nothing newer, so no date can say whether the feed is still the same.
        del response["Last-Modified"]
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response)

    def get_object(self, request):
        show = request.GET.get("show") or "latest"
        if show not in FOR_ALL:
            raise Http404(_("There is no such list."))
        return show

    def title(self, show):
        return _("Questions: %(list)s") % {"list": FOR_ALL[show][0]}

    def link(self, show):
        return absolute(reverse("threads:list") + ("" if show == "latest" else f"?show={show}"))

    def feed_url(self, show):
        return absolute(reverse("threads:feed") + ("" if show == "latest" else f"?show={show}"))

    def items(self, show):
        return newest(Thread.objects.filter(FOR_ALL[show][1]))

    def item_title(self, thread):
        return thread.title.translate(UNSAYABLE)

    def item_description(self, thread):
        return (thread.first_html or "").translate(UNSAYABLE)

    def item_link(self, thread):
        return absolute(thread.get_absolute_url())

    def item_guid(self, thread):
        # The title may change; the number stays.
        return absolute(reverse("threads:short", args=[thread.pk]))

    def item_pubdate(self, thread):
        return thread.created_at

    def item_updateddate(self, thread):
        return thread.last_post_at

    def item_author_name(self, thread):
        return thread.author.called

    def item_author_link(self, thread):
        return absolute(thread.author.get_absolute_url())

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
        return absolute(space.get_absolute_url())

    def feed_url(self, space):
        return absolute(reverse("threads:feed_space", args=[space.slug]))

    def items(self, space):
        return newest(Thread.objects.in_space(space))


class TagFeed(ThreadFeed):
    def get_object(self, request, name):
        tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=name)
        return tag.merged_into or tag

    def title(self, tag):
        return tag.name

    def link(self, tag):
        return absolute(tag.get_absolute_url())

    def feed_url(self, tag):
        return absolute(reverse("threads:feed_tag", args=[tag.slug]))

    def items(self, tag):
        return newest(Thread.objects.tagged(tag))


class PostFeed(ThreadFeed):
    """The newest posts of one thread."""

    def get_object(self, request, pk):
        return get_object_or_404(Thread.objects.open_to_all(), pk=pk)

    def __call__(self, request, *args, **kwargs):
        thread = Thread.objects.open_to_all().filter(pk=kwargs["pk"]).exclude(merged_into=None).first()
        if thread is None:
            return super().__call__(request, *args, **kwargs)
        response = HttpResponsePermanentRedirect(self.feed_url(thread.merged_into))
        patch_cache_control(response, no_cache=True)
        return response

    def title(self, thread):
        return thread.title.translate(UNSAYABLE)

    def link(self, thread):
        return absolute(thread.get_absolute_url())

    def feed_url(self, thread):
        return absolute(reverse("threads:feed_thread", args=[thread.pk]))

    def items(self, thread):
        posts = Post.objects.filter(thread=thread).standing().select_related("author", "thread")
        return posts.order_by("-number")[:NEWEST]

    def item_title(self, post):
        return _("%(name)s: %(kind)s") % {"name": post.author.called, "kind": post.get_kind_display()}

    def item_description(self, post):
        return post.html.translate(UNSAYABLE)

    def item_link(self, post):
        return absolute(post.get_absolute_url())

    def item_guid(self, post):
        return absolute(post.permalink)

    def item_pubdate(self, post):
        return post.created_at

    def item_updateddate(self, post):
        return post.edited_at or post.created_at

    def item_author_name(self, post):
        return post.author.called

    def item_author_link(self, post):
        return absolute(post.author.get_absolute_url())


def newest(threads):
    return threads.open_to_all().shown_in_lists().with_question().select_related("author").newest_first()[:NEWEST]
