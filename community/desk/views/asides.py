from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community.desk.actions import open_aside
from community.desk.forms import AsideForm
from community.desk.models import Aside
from community.desk.policies import may_handle, may_open_aside
from community.policy import Invalid, require
from community.threads.models import Thread


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """A private talk with the asker about a public thread: begun here, or the one there is."""
    require(may_handle(request.user))
    thread = get_object_or_404(Thread.objects.visible_to(request.user).select_related("author"), pk=pk)
    if known := Aside.objects.select_related("thread").filter(about=thread).first():
        return redirect(known.thread)
    require(may_open_aside(request.user, thread))
    form = AsideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect(open_aside(by=request.user, thread=thread, body=form.cleaned_data["body"]))
        except Invalid as invalid:
            form.add_error("body", str(invalid.reason))
    context = {"form": form, "thread": thread}
    return render(request, "desk/aside.html", context, status=422 if form.is_bound else 200)
