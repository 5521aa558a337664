"""Threads as another place would have written them."""

from typing import Any


def post(number: int, author: str = "ada", at: str = "2026-03-01T10:00:00Z", body: str = "Some *words*.", **more: Any):
    return {"number": number, "author": author, "created_at": at, "body": body} | more


def thread(foreign_id: Any = 1, *posts: dict, title: str = "Keys expired", **more: Any) -> dict:
    posts = posts or (post(1),)
    return {"id": foreign_id, "title": title, "created_at": posts[0]["created_at"], "posts": list(posts)} | more
