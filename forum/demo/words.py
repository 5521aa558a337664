"""Fills in what the words of a demo post point at: other posts and threads, what is quoted, pictures."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from community.people.models import Member
from community.threads import actions
from community.threads.composing import quotation

from .pictures import draw
from .script import Step
from .stage import Stage

MARK = re.compile(r"\{(quote|post|thread|image) ([\w-]+)(?:: ([^{}]+))?\}")


def filled_in(step: Step, stage: Stage, by: Member) -> str:
    """The Markdown of a step; its pictures are drawn and attached in the name of `by`."""

    def fill(mark: re.Match) -> str:
        kind, name, text = mark.groups()
        match kind:
            case "quote":
                return quotation(stage.post(name, step), text).rstrip()
            case "post":
                return f"[post {name}]({stage.post(name, step).permalink})"
            case "thread":
                thread = stage.thread(name, step)
                return f"[{thread.title}]({thread.get_absolute_url()})"
        picture = SimpleUploadedFile(f"{name}.png", draw(name), "image/png")
        attachment = actions.attach_file(by=by, file=picture)
        return f"![{text}]({attachment.get_absolute_url()})"

    return MARK.sub(fill, step.body)
