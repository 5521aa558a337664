from django.tasks import task

from community.threads.models import Post

from . import entries


@task()
def index_post(post_id: int) -> None:
    """Bring one post's entry in step with the post as it is now; running twice does no harm."""
    post = Post.objects.select_related("thread").filter(pk=post_id).first()
    if post is None:
        return
    if post.is_removed:
        entries.strike([post])
    else:
        entries.write([post])
