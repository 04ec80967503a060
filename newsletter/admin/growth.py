"""How the subscriptions grow: a plot drawn by us, and the table it is drawn from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import ConsentEvent, Kind

MONTHS = 12
WIDTH, HEIGHT, FOOT = 720, 180, 24  # units of the drawing


@dataclass(frozen=True)
class Month:
    """Joined and gone in a month, by person and letter."""

    first_day: datetime.date
    joined: int = 0
    gone: int = 0


def by_month(today: datetime.date | None = None) -> list[Month]:
    """The last twelve months, empty ones included, oldest first (one query)."""
    today = today or timezone.localdate()
    firsts = [_months_before(today.replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    counted = (
        ConsentEvent.objects.filter(at__date__gte=firsts[0])
        .exclude(list_key="")
        .annotate(month=TruncMonth("at"))
        .values("month")
        .annotate(
            joined=Count("pk", filter=Q(kind__in=[Kind.CONFIRMED, Kind.CHANGED])),
            gone=Count("pk", filter=Q(kind__in=[Kind.LEFT, Kind.BOUNCED])),
        )
        .order_by("month")
    )
    found = {
        timezone.localtime(row["month"]).date(): Month(
            timezone.localtime(row["month"]).date(), row["joined"], row["gone"]
        )
        for row in counted
    }
    return [found.get(first, Month(first)) for first in firsts]


def _months_before(first: datetime.date, back: int) -> datetime.date:
    months = first.year * 12 + first.month - 1 - back
    return datetime.date(months // 12, months % 12 + 1, 1)


def plot(months: list[Month]) -> SafeString:
    """Two bars a month on one scale; the table beside it says the same in figures."""
    highest = max([1, *(max(month.joined, month.gone) for month in months)])
    step = WIDTH / len(months)
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        (
            (
                round(index * step + place * step * 0.4 + step * 0.1, 1),
                round((HEIGHT - FOOT) * (1 - count / highest), 1),
                round(step * 0.36, 1),
                round((HEIGHT - FOOT) * count / highest, 1),
                colour,
            )
            for index, month in enumerate(months)
            for place, count, colour in (
                (0, month.joined, "var(--w-color-positive-100)"),
                (1, month.gone, "var(--w-color-critical-200)"),
            )
        ),
    )
    labels = format_html_join(
        "",
        '<text x="{}" y="{}" font-size="11" text-anchor="middle" fill="currentColor">{}</text>',
        (
            (round((index + 0.5) * step, 1), HEIGHT - 6, f"{month.first_day:%m/%y}")
            for index, month in enumerate(months)
        ),
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-hidden="true" width="100%">{}{}</svg>',
        WIDTH,
        HEIGHT,
        bars,
        labels,
    )
