"""The replies that the desk of the demo keeps ready."""

import tomllib
from pathlib import Path

from community.desk.actions import add_ready_reply
from community.people.models import Member

REPLIES = Path(__file__).with_name("replies.toml")


def build_replies(people: dict[str, Member]) -> None:
    for reply in tomllib.loads(REPLIES.read_text(encoding="utf-8"))["replies"]:
        add_ready_reply(by=people["desk-2"], name=reply["name"], body=reply["body"].strip())
