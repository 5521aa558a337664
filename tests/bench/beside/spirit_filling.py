"""Run by the Python of django-spirit, in its project: the threads of a file, made through its own models and Markdown.

Says in JSON what is where, and the session of somebody who is signed in.
"""

import json
import sys
from datetime import datetime
from importlib import import_module
from itertools import batched

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.management import call_command

AT_ONCE = 1000


def fill(file: str) -> dict:
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.core.utils.markdown import Markdown
    from spirit.topic.models import Topic

    call_command("migrate", verbosity=0)
    category = Category.objects.create(title="Relay")
    people = {}
    comments = []
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            posts = told["posts"]
            for post in posts:
                if post["author"] not in people:
                    people[post["author"]] = user(post["author"])
            last = datetime.fromisoformat(posts[-1]["created_at"])
            topic = Topic.objects.create(
                user=people[posts[0]["author"]],
                category=category,
                title=told["title"],
                date=datetime.fromisoformat(told["created_at"]),
                last_active=last,
                comment_count=len(posts),
            )
            for post in posts:
                html = Markdown().render(post["body"])
                date = datetime.fromisoformat(post["created_at"])
                by = people[post["author"]]
                comments.append(Comment(user=by, topic=topic, comment=post["body"], comment_html=html, date=date))
    for some in batched(comments, AT_ONCE, strict=False):
        Comment.objects.bulk_create(some)
    long, twenty = Topic.objects.order_by("pk")[:2]
    return {
        "long": long.get_absolute_url(),
        "long_id": long.pk,
        "posts": long.comment_count,
        "twenty": twenty.get_absolute_url(),
        "session": session_of(user("reader")),
    }


def user(name: str):
    return get_user_model().objects.create_user(name, f"{name}@bench.example")


def session_of(who) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(who.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    session.save()
    return session.session_key


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill(sys.argv[1])))
