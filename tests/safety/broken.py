"""The forum with one more address, at which everything breaks while secrets are at hand."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from forum.urls import *  # noqa: F403
from forum.urls import urlpatterns as ours

SECRET = "zqnobodymayreadthis"


def broken(request: HttpRequest) -> HttpResponse:
    secret = f"{SECRET} {settings.SECRET_KEY}"
    raise RuntimeError(secret)


urlpatterns = [path("broken/", broken), *ours]
