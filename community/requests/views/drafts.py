from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from community.desk.forms import RequestInTimeDraftForm
from community.organisations.models import Organisation
from community.organisations.views import organisation_in_sight
from community.threads import actions
from community.threads.models import Draft
from community.threads.views.drafts import check_may_keep, discarded, saved, whole


@require_POST
def save_draft(request: HttpRequest, slug: str) -> JsonResponse:
    """Keeps what was typed of a request; answers as drafts of questions do."""
    check_may_keep(request)
    return saved(keep(request, organisation_in_sight(request, slug), whole(RequestInTimeDraftForm(request.POST))))


@require_POST
def discard_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Drops the reader's own draft, also for an organisation he is no longer in."""
    check_may_keep(request)
    organisation = Organisation.objects.filter(drafts__author=request.user, slug=slug).first()
    if organisation is None:
        organisation = organisation_in_sight(request, slug)
    actions.drop_draft(by=request.user, organisation=organisation)
    return discarded(request, organisation.get_absolute_url())


def keep(request: HttpRequest, organisation: Organisation, form: RequestInTimeDraftForm) -> Draft | None:
    """The draft as the form has it; None when there is nothing to keep."""
    if not form.is_valid():
        return None
    kept = form.cleaned_data
    return actions.save_draft(
        by=request.user,
        organisation=organisation,
        title=kept["title"],
        body=kept["body"],
        fields=form.kept_fields(),
        token=kept["token"],
    )
