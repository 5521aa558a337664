from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from community.requests.models import ServiceRequest


def request_in_sight(request: HttpRequest, pk: int) -> ServiceRequest:
    found = ServiceRequest.objects.visible_to(request.user).select_related("thread__organisation", "thread__space")
    return get_object_or_404(found, pk=pk)
