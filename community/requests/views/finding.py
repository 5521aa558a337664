from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from community.organisations.models import Organisation
from community.requests.models import ServiceRequest


def organisation_in_sight(request: HttpRequest, slug: str) -> Organisation:
    """Strangers are told the same of an organisation that exists and of one that does not."""
    return get_object_or_404(Organisation.objects.visible_to(request.user).for_page(), slug=slug)


def request_in_sight(request: HttpRequest, pk: int) -> ServiceRequest:
    found = ServiceRequest.objects.visible_to(request.user).select_related("thread__organisation", "thread__space")
    return get_object_or_404(found, pk=pk)
