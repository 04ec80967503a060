"""How the subscriptions grow: a plot drawn by us, and the table it is drawn from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..models import ConsentEvent, Kind

MONTHS = 12
A_DAY = 24 * 3600
JOINED = (Kind.CONFIRMED, Kind.CHANGED)
GONE = (Kind.LEFT, Kind.BOUNCED)
WIDTH, HEIGHT, FOOT = 720, 200, 24  # units of the drawing
HEAD = 16  # above the highest bar, for its figure
FULL, HATCHED = "var(--w-color-positive-100)", "url(#gone)"
HATCH = mark_safe(
    '<defs><pattern id="gone" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="5" height="5"'
    ' style="fill:var(--w-color-critical-200)"/><rect width="1.5" height="5" fill="#fff"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True)
class Month:
    """Joined and gone in a month, by person and letter."""

    first_day: datetime.date
    joined: int = 0
    gone: int = 0


def by_month(today: datetime.date | None = None) -> list[Month]:
    """The last twelve months, empty ones included, oldest first (one query).

    Nothing is added to a month that is over, but for a report that comes late: those are counted
    once a day, and the ledger is read from the first of this month on.
    """
    today = today or timezone.localdate()
    firsts = [_months_before(today.replace(day=1), back) for back in range(MONTHS - 1, -1, -1)]
    key = f"newsletter:growth:{firsts[-1]:%Y-%m}"
    over: dict[datetime.date, Month] | None = cache.get(key)
    counted = _count(firsts[0] if over is None else firsts[-1])
    if over is None:
        cache.set(key, {day: each for day, each in counted.items() if day < firsts[-1]}, A_DAY)
    counted = {**(over or {}), **counted}
    return [counted.get(first, Month(first)) for first in firsts]


def _count(first: datetime.date) -> dict[datetime.date, Month]:
    """What joined and what went, by the first day of the month (one grouped statement)."""
    since = timezone.make_aware(datetime.datetime.combine(first, datetime.time()))
    rows = (
        ConsentEvent.objects.filter(kind__in=[*JOINED, *GONE], at__gte=since)
        .exclude(list_key="")
        .annotate(month=TruncMonth("at"))
        .values_list("month", "kind")
        .annotate(count=Count("pk"))
        .order_by("month")
    )
    sums: dict[datetime.date, list[int]] = {}
    for month, kind, count in rows:
        both = sums.setdefault(timezone.localtime(month).date(), [0, 0])
        both[kind in GONE] += count
    return {day: Month(day, *both) for day, both in sums.items()}


def _months_before(first: datetime.date, back: int) -> datetime.date:
    months = first.year * 12 + first.month - 1 - back
    return datetime.date(months // 12, months % 12 + 1, 1)


def plot(months: list[Month]) -> SafeString:
    """Two bars a month on one scale, with the figure of each; the table says the same.

    What went is hatched as well as red: a colour alone tells some people nothing.
    """
    highest = max([1, *(max(month.joined, month.gone) for month in months)])
    step = WIDTH / len(months)
    room = HEIGHT - FOOT - HEAD
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" font-size="11" text-anchor="middle" fill="currentColor">{}</text>',
        (
            (
                round(left, 1),
                round(HEAD + room * (1 - count / highest), 1),
                round(step * 0.36, 1),
                round(room * count / highest, 1),
                fill,
                round(left + step * 0.18, 1),
                round(HEAD + room * (1 - count / highest) - 4, 1),
                count,
            )
            for left, count, fill in (
                (index * step + place * step * 0.4 + step * 0.1, count, fill)
                for index, month in enumerate(months)
                for place, count, fill in ((0, month.joined, FULL), (1, month.gone, HATCHED))
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
        '<svg viewBox="0 0 {} {}" aria-hidden="true" width="100%">{}{}{}</svg>',
        *(WIDTH, HEIGHT, HATCH, bars, labels),
    )


def key_to(name: str) -> SafeString:
    """A small square as in the plot: ``joined`` or ``gone``."""
    return format_html(
        '<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        '<rect width="12" height="12" fill="{}"/></svg>',
        HATCHED if name == "gone" else FULL,  # the hatching is drawn once, in the plot
    )
