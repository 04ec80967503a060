"""The report of review dates, and who looks after a page how often."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log
from wagtail.models import Page

from .. import desk
from ..models import Review
from ..models.review import INTERVALS
from .desk import as_file
from .filters import RIGHT, DeskFilter, number_in, part_of, require_desk, without

SOON = datetime.timedelta(days=30)


class ReviewFilter(DeskFilter):
    """The filter of the desk, and how near the date is."""

    STATES = (("", _("all")), ("passe", _("overdue")), ("bientot", _("within a month")))
    etat = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def reviews(self, user: Any) -> QuerySet[Review]:
        """Review dates of published pages of the reader's sections, the nearest first."""
        chosen = self.chosen()
        rows: QuerySet[Review] = Review.objects.filter(
            page__in=chosen.pages(user).values("pk"), page__live=True, due_on__isnull=False
        )
        rows = chosen.of_person(rows, "owner", "deputy")
        today = timezone.localdate()
        state = self.cleaned_data.get("etat")
        if state == "passe":
            rows = rows.filter(due_on__lte=today)
        elif state == "bientot":
            rows = rows.filter(due_on__gt=today, due_on__lte=today + SOON)
        return rows.select_related(
            "page__locale", "page__content_type", "owner", "deputy", "verified_by"
        ).order_by("due_on", "pk")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Fifty at a time; the filter is in the address."""
    require_desk(request.user)
    form = ReviewFilter(request.user, request.GET)
    rows = form.reviews(request.user)
    number, count = number_in(request.GET), rows.count()
    part = part_of(number)
    context = {
        "heading": _now("Review dates"),
        "icon": "date",
        "form": form,
        "rows": [(desk.Row(row.page), row) for row in rows[part]],
        "count": count,
        "today": timezone.localdate(),
        "query": without(request.GET, "p"),
        "before": number - 1,
        "after": number + 1 if count > part.stop else 0,
    }
    return render(request, "editorial/reviews.html", context)


@require_safe
def export_reviews(request: HttpRequest, form: str) -> HttpResponse:
    require_desk(request.user)
    heading = [
        *(_now("Page"), _now("Type"), _now("Language"), _now("Looks after it"), _now("Deputy")),
        *(_now("Months between two checks"), _now("Last verified on"), _now("By whom")),
        _now("To check by"),
    ]
    table = []
    for review in ReviewFilter(request.user, request.GET).reviews(request.user):
        row = desk.Row(review.page)
        told = (review.owner, review.deputy, months_of(review))
        checked = (review.verified_on, review.verified_by, review.due_on)
        table.append([row.title, row.kind, review.page.locale, *told, *checked])
    return as_file(request, "verifications", _now("Review dates"), form, heading, table)


def months_of(review: Review) -> int | None:
    """The interval that counts: the page's own, else the usual one of its type."""
    kind = review.page.content_type
    return review.months or INTERVALS.get(f"{kind.app_label}.{kind.model}")


class CareForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who looks after a page, who stands in, and how often."""

    months = forms.IntegerField(
        label=_("months between two checks"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Left empty: the usual interval of this type of page."),
    )

    class Meta:
        model = Review
        fields = ("owner", "deputy", "months")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = team_of_the_desk()
        for name in ("owner", "deputy"):
            choice: Any = self.fields[name]
            choice.queryset = team

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("owner") and data.get("owner") == data.get("deputy"):
            self.add_error("deputy", _("The deputy is somebody else."))
        return data


def team_of_the_desk() -> QuerySet[Any]:
    """Those who see the desk: nobody else can answer for a page."""
    codename = RIGHT.partition(".")[2]
    held = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename)
    people = get_user_model()._default_manager.filter(held | Q(is_superuser=True), is_active=True)
    return people.distinct().order_by("last_name", "first_name", "email")


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest, page_id: int) -> HttpResponse:
    """Owner, deputy and interval of a page; the next date follows from them."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    review = Review.objects.filter(page_id=page.pk).first() or Review(
        page_id=page.pk, owner_id=page.owner_id
    )
    form = CareForm(request.POST or None, instance=review)
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).settle()
        names = [str(review.owner or "–"), str(review.deputy or "–"), f"{months_of(review)}"]
        log(
            instance=page,
            action="editorial.care",
            user=request.user,
            data={"comment": " · ".join(names)},
        )
        messages.success(request, _now("Noted."))
        return redirect("editorial:care", page.pk)
    return render(request, "editorial/care.html", {"page": page, "form": form, "review": review})
