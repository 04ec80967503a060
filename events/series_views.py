"""The screen of a series: its dates, more of them, and what is done to several together."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import WorkflowState

from . import series
from .models import EventPage, SeriesDate
from .recurrence import NoSuchDayError, Rhythm, days_after, days_written

MAX_TEXT = 2000


class DatesForm(forms.Form):
    """Further dates: a rhythm and how many, or the days themselves."""

    rhythm = forms.ChoiceField(label=_("It takes place again"), choices=Rhythm.choices)
    count = forms.IntegerField(
        label=_("How many further dates"),
        required=False,
        min_value=1,
        max_value=series.MAX_DATES - 1,
    )
    days = forms.CharField(
        label=_("Or the days, one a line"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As 31/12/2027 or 2027-12-31."),
    )
    submit = forms.BooleanField(label=_("Send the drafts for review at once"), required=False)

    def __init__(self, event: EventPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.found: list[datetime.date] = []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        field = "days" if data["rhythm"] == Rhythm.CHOSEN else "count"
        if not data.get(field):
            self.add_error(field, _("Say how many.") if field == "count" else _("Write the days."))
            return data
        try:
            self.found = self._chosen(data) if field == "days" else self._repeated(data)
            series.refuse_days(self.event, self.found)
        except forms.ValidationError as error:
            self.add_error(field, error)
        except series.SeriesError as error:
            self.add_error(field, list(error.problems))
        return data

    def _chosen(self, data: dict[str, Any]) -> list[datetime.date]:
        days, wrong = days_written(data["days"])
        if wrong:
            raise forms.ValidationError(
                _("These are no days: %(words)s"), params={"words": ", ".join(wrong[:5])[:200]}
            )
        return days

    def _repeated(self, data: dict[str, Any]) -> list[datetime.date]:
        dates = SeriesDate.objects.events_with(self.event).values_list("start_date", flat=True)
        draft = self.event.get_latest_revision_as_object()
        if draft.start_date is None:
            return []  # said by ``refuse_days``
        first = max([draft.start_date, *filter(None, dates)])
        try:
            return days_after(first, data["rhythm"], data["count"])
        except NoSuchDayError as error:
            raise forms.ValidationError(
                _("There is no such day in %(month)s: choose another rhythm, or write the days."),
                params={"month": date_format(error.month, "F Y")},
            ) from error
        except OverflowError as error:
            raise forms.ValidationError(_("This lies beyond the calendar.")) from error


class TogetherForm(forms.Form):
    """What is done to which dates."""

    scope = forms.ChoiceField(label=_("For which dates"), choices=series.Scope.choices)
    submit = forms.BooleanField(
        label=_("Send the drafts for review at once"), required=False, initial=True
    )


class ApproveForm(forms.Form):
    scope = forms.ChoiceField(label=_("For which dates"), choices=series.Scope.choices)


class CancelForm(TogetherForm):
    reason = forms.CharField(
        label=_("Why"), max_length=240, help_text=_("Shown on the page and in calendars.")
    )
    field_order = ("scope", "reason", "submit")


class CarryForm(TogetherForm):
    scope = forms.ChoiceField(label=_("To which dates"), choices=series.Scope.choices[1:])
    parts = forms.MultipleChoiceField(
        label=_("What is carried over"),
        choices=series.Part.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("scope", "parts", "submit")


@require_http_methods(["GET", "HEAD", "POST"])
def series_of(request: HttpRequest, page_id: int) -> HttpResponse:
    """Only for those who may edit the event; what they do ends in drafts."""
    event = get_object_or_404(EventPage, pk=page_id)
    if not may_make_series(request.user, event):
        raise PermissionDenied
    action = request.POST.get("action", "") if request.method == "POST" else ""
    bound = {action: request.POST}
    all_forms: dict[str, Any] = {
        "dates": DatesForm(event, bound.get("dates"), prefix="dates"),
        "cancel": CancelForm(bound.get("cancel"), prefix="cancel"),
        "carry": CarryForm(bound.get("carry"), prefix="carry"),
        "approve": ApproveForm(bound.get("approve"), prefix="approve"),
    }
    form = all_forms.get(action)
    if form is not None and form.is_valid():
        try:
            _carry_out(action, event, form, request)
        except series.SeriesError as error:
            form.add_error(None, list(error.problems))
        else:
            return redirect("events_series", event.pk)
    rows = _rows(event)
    context = {
        "event": event,
        "rows": rows,
        "forms": all_forms,
        "most": series.MAX_DATES,
        "in_review": any(row["waits"] for row in rows),
    }
    status = 422 if form is not None else 200
    return render(request, "events/admin/series.html", context, status=status)


def may_make_series(user: Any, event: EventPage) -> bool:
    """Whoever may edit this event and add others beside it."""
    tester = event.permissions_for_user(user)
    parent = event.get_parent()
    return bool(
        tester.can_edit()
        and event.alias_of_id is None
        and parent is not None
        and parent.permissions_for_user(user).can_add_subpage()
    )


def _carry_out(action: str, event: EventPage, form: Any, request: HttpRequest) -> None:
    data, user = form.cleaned_data, request.user
    if action == "approve":
        _say_approved(request, *series.approve(event, data["scope"], user))
        return
    submit = data["submit"]
    if action == "dates":
        changed = series.make_dates(event, form.found, user, submit=submit)
    elif action == "cancel":
        changed = series.cancel(event, data["scope"], data["reason"], user, submit=submit)
    else:
        changed = series.carry_over(event, data["scope"], data["parts"], user, submit=submit)
    _say(request, changed, submitted=submit)


def _say_approved(request: HttpRequest, approved: list[EventPage], left: list[EventPage]) -> None:
    words = ngettext("%(n)d date was approved.", "%(n)d dates were approved.", len(approved))
    messages.success(request, words % {"n": len(approved)})
    if left:
        days = ", ".join(date_format(page.start_date, "j F Y") for page in left if page.start_date)
        messages.warning(
            request,
            _now("Left to somebody else, whose step it is or who did not write it: {days}").format(
                days=days
            ),
        )


def _say(request: HttpRequest, changed: list[EventPage], *, submitted: bool) -> None:
    if not changed:
        messages.info(request, _now("Nothing had to be changed."))
        return
    words = ngettext("%(n)d draft was written.", "%(n)d drafts were written.", len(changed))
    after = _now("In review.") if submitted else _now("Send them for review when they are ready.")
    messages.success(request, f"{words % {'n': len(changed)}} {after}")


def _rows(event: EventPage) -> list[dict[str, Any]]:
    """The dates with what waits on each; three queries for any number."""
    dates = list(SeriesDate.objects.events_with(event).for_rows())
    states = WorkflowState.objects.filter(
        object_id__in=[str(date.pk) for date in dates],
        content_type=event.cached_content_type,
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    ).values_list("object_id", "status")
    words = {
        WorkflowState.STATUS_IN_PROGRESS: _now("in review"),
        WorkflowState.STATUS_NEEDS_CHANGES: _now("changes asked for"),
    }
    waits = {key: words[status] for key, status in states}
    return [
        {"event": date, "here": date.pk == event.pk, "waits": waits.get(str(date.pk), "")}
        for date in dates
    ]
