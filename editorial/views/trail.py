"""The trail: who did what, when, out of Wagtail's log with our own actions in it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log
from wagtail.log_actions import registry as actions
from wagtail.models import Page

from ..exports import as_csv, as_xlsx
from .filters import number_in, require_desk, without

A_PAGE = 50
AN_EXPORT = 20_000


class TrailFilter(forms.Form):
    """A person, an action, a page, days. What is not valid is left out, and said."""

    personne = forms.CharField(label=_("Person"), max_length=100, required=False)
    action = forms.ChoiceField(label=_("Action"), required=False)
    page = forms.CharField(label=_("Page"), max_length=100, required=False)
    du = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    au = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["action"]
        choice.choices = [("", "–"), *sorted(actions.get_choices(), key=lambda each: str(each[1]))]

    def narrow(self, rows: Any) -> Any:
        self.is_valid()
        data = self.cleaned_data
        if data.get("personne"):
            name = data["personne"]
            rows = rows.filter(user__email__icontains=name) | rows.filter(
                user__last_name__icontains=name
            )
        if data.get("action"):
            rows = rows.filter(action=data["action"])
        if data.get("page"):
            rows = rows.filter(label__icontains=data["page"])
        if data.get("du"):
            rows = rows.filter(timestamp__gte=midnight(data["du"]))
        if data.get("au"):
            after = data["au"] + datetime.timedelta(days=1)
            rows = rows.filter(timestamp__lt=midnight(after))
        return rows


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def entries(user: Any, form: TrailFilter, upto: int) -> list[Any]:
    """The latest ``upto`` lines this person may see, of pages and of everything else."""
    found: list[Any] = []
    for model in actions.get_log_entry_models():
        rows = form.narrow(model.objects.viewable_by_user(user))
        found += rows.select_related("user", "content_type").order_by("-timestamp", "-pk")[:upto]
    return sorted(found, key=lambda entry: entry.timestamp, reverse=True)[:upto]


def row_of(entry: Any) -> list[Any]:
    kind = entry.content_type.name if entry.content_type else ""
    who = str(entry.user or "")
    what = str(actions.get_action_label(entry.action))
    data = entry.data or {}
    words = str(data.get("reason") or data.get("comment") or "")
    return [entry.timestamp, who, what, entry.label, kind, words]


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Fifty lines at a time; the filter is in the address, which can be shared."""
    require_desk(request.user)
    form = TrailFilter(request.GET)
    number = number_in(request.GET)
    found = entries(request.user, form, number * A_PAGE + 1)
    context = {
        "heading": _now("The trail"),
        "icon": "history",
        "form": form,
        "rows": [row_of(entry) for entry in found[(number - 1) * A_PAGE : number * A_PAGE]],
        "query": without(request.GET, "p"),
        "before": number - 1,
        "after": number + 1 if len(found) > number * A_PAGE else 0,
    }
    return render(request, "editorial/trail.html", context)


@require_safe
def export_trail(request: HttpRequest, form: str) -> HttpResponse:
    """What the filter shows as a file; this too is a line of the trail."""
    require_desk(request.user)
    if form not in {"csv", "xlsx"}:
        raise Http404
    chosen = TrailFilter(request.GET)
    table = [row_of(entry) for entry in entries(request.user, chosen, AN_EXPORT)]
    heading = [_now(word) for word in ("Date", "Person", "Action", "Page", "Type", "Comment given")]
    log(
        instance=Page.objects.filter(depth=2).first(),
        action="editorial.export",
        user=request.user,
        data={"comment": f"{_now('The trail')} ({form})"},
    )
    return (as_csv if form == "csv" else as_xlsx)("trace", heading, table)
