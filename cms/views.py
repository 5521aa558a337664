from django.http import HttpRequest, HttpResponse
from wagtail.views import serve


def home(request: HttpRequest) -> HttpResponse:
    return serve(request, "")
