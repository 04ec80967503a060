"""A month of the agenda as a table of weeks."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404

if TYPE_CHECKING:
    from .models import EventPage
    from .models.querysets import Extent

# A cell shows so many events; the page of the day shows the rest.
SHOWN_A_DAY = 3


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: datetime.date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def asked(cls, year: int, number: int) -> Month:
        """The month of an address; 404 where the calendar knows none."""
        if not (datetime.MINYEAR < year < datetime.MAXYEAR and 1 <= number <= 12):
            raise Http404
        return cls(year, number)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.number, 1)

    @property
    def last(self) -> datetime.date:
        return datetime.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def path(self) -> str:
        """Its address below the agenda."""
        return f"{self.year:04}/{self.number:02}/"

    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> Month:
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)


@dataclass(frozen=True)
class Bounds:
    """The months that have an address: from the first event to the last, today's counted in."""

    first: Month
    last: Month

    @classmethod
    def of(cls, extent: Extent | None, today: datetime.date) -> Bounds:
        now = Month.of(today)
        if extent is None:
            return cls(now, now)
        return cls(min(Month.of(extent.first), now), max(Month.of(extent.last), now))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def neighbours(self, month: Month) -> tuple[Month | None, Month | None]:
        """The month before and the month after, where they have an address."""
        before = month.previous() if month > self.first else None
        after = month.next() if month < self.last else None
        return before, after


@dataclass
class Day:
    """A cell: a day, whether it belongs to the month and is today, and what takes place."""

    date: datetime.date
    inside: bool
    today: bool
    events: list[EventPage] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def path(self) -> str:
        """Address of the day below the agenda."""
        return f"{self.date:%Y/%m/%d}/"

    @property
    def shown(self) -> list[EventPage]:
        return self.events[:SHOWN_A_DAY]

    @property
    def more(self) -> int:
        """How many events the cell leaves out."""
        return max(len(self.events) - SHOWN_A_DAY, 0)


def weeks(month: Month, events: Iterable[Any], today: datetime.date) -> list[list[Day]]:
    """Weeks of seven days from Monday on; each event stands on each of its days of the month."""
    cells = {
        day: Day(day, day.month == month.number, day == today)
        for week in _weeks(month)
        for day in week
    }
    first_day, last_day = month.first, month.last
    for event in events:
        day = max(event.start_date, first_day)
        last = min(event.last_date, last_day)
        while day <= last:
            cells[day].events.append(event)
            day += datetime.timedelta(days=1)
    return [[cells[day] for day in week] for week in _weeks(month)]


def fill(table: list[list[Day]], fetch: Callable[[set[int]], dict[int, Any]]) -> None:
    """Put whole events where the table shows them; of the others it needs the number only."""
    days = [day for week in table for day in week]
    full = fetch({event.pk for day in days for event in day.shown})
    for day in days:
        day.events[:SHOWN_A_DAY] = [full.get(event.pk, event) for event in day.shown]


def _weeks(month: Month) -> list[list[datetime.date]]:
    return calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.number)


def by_month(
    events: Iterable[Any], since: datetime.date | None = None
) -> list[tuple[Month, list[Any]]]:
    """A run of a list under its months; an event that spans months stands in each.

    ``events`` come soonest first. Months go from that of ``since`` (what began before goes on)
    to the last in which an event of the run begins. Without ``since`` each event stands in
    the month in which it began, in the order of the run.
    """
    found = [event for event in events if event.start_date is not None]
    months: dict[Month, list[Any]] = {}
    if since is None:
        for event in found:
            months.setdefault(Month.of(event.start_date), []).append(event)
        return list(months.items())
    starts = [Month.of(max(event.start_date, since)) for event in found]
    for event, start in zip(found, starts, strict=True):
        for month in sorted({*starts}):
            if start <= month <= Month.of(event.last_date):
                months.setdefault(month, []).append(event)
    return sorted(months.items(), key=lambda item: item[0])
