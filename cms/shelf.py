"""Offers the articles of the help centre to somebody who asks; the community says when."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community import prepared
from community.search.similar import MOST_ARTICLES, Article, enough, shared

from .models import HelpArticle

# A help centre has some hundred articles: a title and a sentence each are soon read.
LOOKED_AT = 200


class HelpShelf:
    def like(self, roots: list[str], *, product_id: int | None) -> list[Article]:
        mentioning = articles_mentioning(roots)
        if not mentioning:
            return []
        found = []
        for page in readable().filter(pk__in=mentioning).order_by("-last_published_at")[:LOOKED_AT]:
            in_title, in_all = shared(roots, page.title), shared(roots, f"{page.title} {page.summary}")
            if in_all >= enough(roots):
                found.append((in_title + in_all + (0.5 if product_id and page.product_id == product_id else 0), page))
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [article(page) for _weight, page in found[:MOST_ARTICLES]]

    def numbered(self, keys: Iterable[int]) -> list[Article]:
        return [article(page) for page in readable().filter(pk__in=list(keys))]


def articles_mentioning(roots: list[str]) -> list[int]:
    """Those with one of the words in title or summary. Most searches ask no more of the help centre than this."""
    told = ((pk, f"{title}\n{summary}".lower()) for pk, title, summary in prepared.rows(titles_and_summaries))
    return [pk for pk, words in told if any(root in words for root in roots)]


def titles_and_summaries() -> QuerySet[HelpArticle]:
    """What is asked (community.prepared); whether everybody may read them is asked of those that are offered."""
    return HelpArticle.objects.live().order_by().values_list("pk", "title", "summary")


def readable() -> QuerySet[HelpArticle]:
    return HelpArticle.objects.live().public().select_related("product", "confirmed_on").defer("body")


def article(page: HelpArticle) -> Article:
    about = [page.product.name] if page.product else []
    if page.confirmed_on:
        about.append(_("confirmed on %(version)s") % {"version": page.confirmed_on.name})
    return Article(
        key=page.pk,
        title=page.title,
        url=page.url or "/",
        summary=page.summary,
        about=tuple(about),
        is_confirmed=page.confirmed_on is not None,
    )
