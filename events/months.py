"""A month of the agenda as a table of weeks."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.formats import time_format
from django.utils.text import Truncator
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from .models import EventPage
    from .models.querysets import Extent

# A cell shows so many events; the page of the day shows the rest.
SHOWN_A_DAY = 3
MOST_OF_TITLE = 90  # characters
A_DAY = datetime.timedelta(days=1)


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


@dataclass(frozen=True)
class Entry:
    """What a table says of an event, written out: ``hour`` is that of its first day, ``date``."""

    title: str
    url: str
    date: datetime.date
    hour: str
    status: str
    get_status_display: str
    locked: bool

    @property
    def is_off(self) -> bool:
        """Is it not on that day after all?"""
        return self.status in {"cancelled", "postponed"}

    @classmethod
    def of(cls, event: EventPage) -> Entry:
        hour = None if event.locked else event.start_time
        return cls(
            title=Truncator(event.title).chars(MOST_OF_TITLE),
            url=event.url or "",
            date=event.start_date or datetime.date.min,
            hour=time_format(hour, pgettext("format of an hour", "H:i")) if hour else "",
            status=event.status,
            get_status_display=str(event.get_status_display()),
            locked=event.locked,
        )


@dataclass
class Day:
    """A cell: a day, whether it belongs to the month and is today, and what takes place."""

    date: datetime.date
    inside: bool
    today: bool
    total: int = 0
    first: list[int] = field(default_factory=list)  # keys of those that have room
    shown: list[Entry] = field(default_factory=list)

    @property
    def iso(self) -> str:
        return self.date.isoformat()

    @property
    def path(self) -> str:
        """Address of the day below the agenda."""
        return f"{self.date:%Y/%m/%d}/"

    @property
    def more(self) -> int:
        """How many events the cell leaves out."""
        return self.total - len(self.shown)


@dataclass(frozen=True)
class Table:
    """A month in weeks of seven days, and how many events take place in it."""

    weeks: list[list[Day]]
    total: int


def table(
    month: Month,
    rows: Sequence[tuple[int, datetime.date, datetime.date]],
    today: datetime.date,
    fetch: Callable[[set[int]], Iterable[EventPage]],
) -> Table:
    """Weeks from Monday on; each event stands on each of its days of the month.

    ``rows``: key, first and last day of each event, in their order. Of a full month most are a
    number: ``fetch`` is asked for those alone that the table shows.
    """
    weeks = [
        [Day(day, day.month == month.number, day == today) for day in w] for w in _weeks(month)
    ]
    days = {day.date: day for week in weeks for day in week}
    first_day, last_day = month.first, month.last
    for key, start, end in rows:
        day = max(start, first_day)
        last = min(end, last_day)
        while day <= last:
            cell = days[day]
            cell.total += 1
            if len(cell.first) < SHOWN_A_DAY:
                cell.first.append(key)
            day += A_DAY
    wanted = {key for cell in days.values() for key in cell.first}
    entries = {event.pk: Entry.of(event) for event in fetch(wanted)}
    for cell in days.values():
        cell.shown = [entries[key] for key in cell.first if key in entries]
    return Table(weeks, len(rows))


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
