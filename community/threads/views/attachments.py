from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.policy import Gone, Invalid, NotAllowed
from community.threads import actions
from community.threads.models import Attachment

# An hour: long enough to read a thread, short enough that a removed picture is soon gone everywhere.
OPEN_TO_ALL = "public, max-age=3600"
FOR_THIS_READER = "private, no-store"


@require_safe
def serve(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """A file, to those who may read the post that shows it. Nothing in it is ever run by a browser."""
    attachment = readable_file(request, key)
    is_open = Attachment.objects.visible_to(AnonymousUser()).filter(pk=attachment.pk).exists()
    cached = OPEN_TO_ALL if is_open else FOR_THIS_READER
    return sent(request, attachment, as_attachment=not attachment.is_image, cached=cached)


def readable_file(request: HttpRequest, key: UUID) -> Attachment:
    """The file if this reader may open it. Raises Http404; Gone for what was taken away from a post he reads."""
    attachment = get_object_or_404(Attachment.objects.once_visible_to(request.user), key=key)
    if attachment.hidden_at and not Attachment.objects.visible_to(request.user).filter(pk=attachment.pk).exists():
        raise Gone(_("This file was taken away. The reason: %(reason)s") % {"reason": attachment.hidden_because})
    return attachment


def sent(request: HttpRequest, kept: Any, *, as_attachment: bool, cached: str) -> HttpResponse:
    """A file that was examined when it came, as a browser gets it: `kept` has a key, file, name and content_type."""
    etag = f'"{kept.key.hex}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            content = kept.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(content, as_attachment=as_attachment, filename=kept.name)
        response["Content-Type"] = content_type_of(kept)
    response["ETag"] = etag
    response["Cache-Control"] = cached
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def content_type_of(kept: Any) -> str:
    kind = kept.content_type
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Takes one file: {"key", "name", "url", "markdown", "is_image", "width", "height", "size"}."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in to attach files."))
    limits.spend("upload", limits.client(request), limits.UPLOADING)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("file", _("No file came with this."))
    attachment = actions.attach_file(by=request.user, file=file)
    told = {
        "key": str(attachment.key),
        "name": attachment.name,
        "url": attachment.get_absolute_url(),
        "markdown": attachment.markdown,
        "is_image": attachment.is_image,
        "width": attachment.width,
        "height": attachment.height,
        "size": attachment.size,
    }
    return JsonResponse(told, status=201)


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Drops a file of one's own that no post shows yet."""
    if not request.user.is_authenticated:
        raise NotAllowed(_("Sign in first."))
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user).filter(uploader=request.user), key=key)
    actions.detach_file(by=request.user, attachment=attachment)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return HttpResponse(status=204)
    return redirect("threads:drafts")
