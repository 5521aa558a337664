from django.http import HttpRequest, HttpResponse
from django.urls import path

from forum.urls import *  # noqa: F403
from forum.urls import urlpatterns as of_the_forum


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nothing")


urlpatterns = [path("nothing/", nothing), *of_the_forum]
