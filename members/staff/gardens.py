"""Bringing gardens from a file: a dry run that shows each change, then all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from .. import gardens_file
from ..models import Garden, GardenImport

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_FILE = 5 * 1024 * 1024  # bytes
PER_PAGE = 200
SHOWN_FAULTS = 200
RIGHTS = ("members.add_garden", "members.change_garden")


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV file"))

    plan: gardens_file.Plan
    text: str

    def clean_file(self) -> Any:
        """The file read and compared; what is wrong with it as a whole is said at the field."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB: cut it into several."))
        try:
            self.text = gardens_file.decode(upload.read())
            self.plan = gardens_file.read(self.text)
        except gardens_file.UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        return upload


@permission_required(RIGHTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a file. One with a fault is sent back with all of them; nothing of it is kept."""
    form = FileForm(request.POST or None, request.FILES or None)
    plan = None
    if request.method == "POST" and form.is_valid():
        plan = form.plan
        if not plan.faults:
            somebody: Any = request.user
            brought = GardenImport.objects.create(
                made_by=somebody, name=form.cleaned_data["file"].name[:200], text=form.text
            )
            return redirect("gardens_file:check", brought.pk)
    context = {
        "form": form,
        "plan": plan,
        "faults": plan.faults[:SHOWN_FAULTS] if plan else [],
        "columns": gardens_file.COLUMNS,
        "required": gardens_file.REQUIRED,
        "done": GardenImport.objects.filter(applied_at__isnull=False).select_related("made_by")[:5],
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/admin/gardens_file.html", context, status=status)


@permission_required(RIGHTS, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of a file one has brought oneself; agreeing to it applies it."""
    own = GardenImport.objects.filter(made_by=request.user.pk, applied_at__isnull=True)
    brought = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        return _apply(request, brought)
    plan = gardens_file.read(brought.text)
    pages = Paginator(plan.changes, PER_PAGE)
    context = {
        "brought": brought,
        "plan": plan,
        "faults": plan.faults[:SHOWN_FAULTS],
        "shortened": sum(change.shortens for change in plan.changes),
        "changes": pages.get_page(request.GET.get("p")),
    }
    return render(request, "members/admin/gardens_check.html", context)


def _apply(request: HttpRequest, brought: GardenImport) -> HttpResponse:
    """Apply exactly what was shown: if a garden has changed since, it is shown again instead."""
    with transaction.atomic():
        list(Garden.objects.select_for_update().values_list("pk"))  # nobody writes meanwhile
        waiting = GardenImport.objects.select_for_update().filter(
            pk=brought.pk, applied_at__isnull=True
        )
        if not waiting.exists():
            return redirect("gardens_file:bring")
        plan = gardens_file.read(brought.text)
        if plan.faults or plan.digest != request.POST.get("digest"):
            messages.warning(request, _("Gardens have changed meanwhile: look at the list again."))
            return redirect("gardens_file:check", brought.pk)
        gardens_file.apply(plan)
        brought.text, brought.applied_at = "", timezone.now()
        # Counted before they were written: those that were made have a number now.
        brought.created = sum("name" in one.values for one in plan.changes)
        brought.changed = len(plan.changes) - brought.created
        brought.save()
    messages.success(
        request,
        _("%(created)d gardens made, %(changed)d changed.")
        % {"created": brought.created, "changed": brought.changed},
    )
    return redirect("garden:index")


@permission_required("members.view_garden", raise_exception=True)
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All gardens in the columns of an import."""
    response = StreamingHttpResponse(gardens_file.lines(), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="jardins-{day}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
