from typing import Any

from django.core.management.base import BaseCommand

from community import kept, prose
from community.threads.attaching import pictures_in, sizes_of, without_taken
from community.threads.models import Post


class Command(BaseCommand):
    """Writes without an action: nobody says anything, the same words only get the HTML that is made of them today."""

    help = "Makes the HTML of every post again from its words. For after a change of what words become."

    def handle(self, **options: Any) -> None:
        changed = unreadable = 0
        for post in Post.objects.only("pk", "body", "html").iterator(chunk_size=500):
            try:
                pictures = pictures_in(post.body)
                html = without_taken(prose.render(post.body, sizes_of(pictures)), pictures)
            except prose.TooMuch:
                # Taken over from elsewhere, before there was a limit: it stays as it was.
                unreadable += 1
                continue
            # Whoever edits it meanwhile has made it anew; theirs stays.
            if html != post.html:
                changed += Post.objects.filter(pk=post.pk, body=post.body).update(html=html)
        if changed:
            kept.outdate()
        self.stdout.write(f"{changed} posts have another HTML now, {unreadable} are too long and stay as they were.")
