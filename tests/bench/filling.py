"""python -m tests.bench.filling FILE: the threads of the file and somebody who reads them, into an empty database.

Says in JSON who is signed in with which session, and which threads are the long one and the one of twenty posts.
"""

import json
import os
import sys
from importlib import import_module


def fill(file: str) -> dict:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command

    from community.people.models import Member
    from community.threads.models import Thread

    call_command("migrate", verbosity=0)
    call_command("first_pages")
    with open(os.devnull, "w") as nowhere:
        call_command("import_threads", file, stdout=nowhere)
    sessions = {}
    for handle, role in (("reader", "customer"), ("agent", "agent"), ("moderator", "moderator")):
        member = Member.objects.create_user(f"bench-{handle}", f"{handle}@bench.example", role=role)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.save()
        sessions[handle] = session.session_key
    long, twenty = Thread.objects.order_by("created_at")[:2]
    return {
        "sessions": sessions,
        "long": long.get_absolute_url(),
        "twenty": twenty.get_absolute_url(),
        "long_id": long.pk,
        "posts": long.post_count,
        "threads": Thread.objects.count(),
    }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    print(json.dumps(fill(sys.argv[1])))
