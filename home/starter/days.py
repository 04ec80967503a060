"""Days of events, counted from the loading day and kept off days that are not worked."""

from __future__ import annotations

import datetime
from functools import lru_cache

from . import schema

ONE_DAY = datetime.timedelta(days=1)


def easter(year: int) -> datetime.date:
    """Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return datetime.date(year, month, (h - m + r + month + 19) % 32)


@lru_cache(maxsize=8)
def holidays(year: int) -> frozenset[datetime.date]:
    """The public holidays of France: article L3133-1 of the Code du travail."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return frozenset(
        {datetime.date(year, month, day) for month, day in fixed}
        | {easter(year) + datetime.timedelta(days=days) for days in moving}
    )


def is_worked(day: datetime.date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def working_day(today: datetime.date, offset: int, days: int = 1) -> datetime.date:
    """The first of ``days`` worked days in a row, ``offset`` days from today or further from it."""
    first = today + datetime.timedelta(days=offset)
    step = ONE_DAY if offset >= 0 else -ONE_DAY
    while not all(is_worked(first + ONE_DAY * number) for number in range(days)):
        first += step
    return first


def days_of(when: schema.When, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of an event."""
    if when.any_day:
        first = today + datetime.timedelta(days=when.day)
    else:
        first = working_day(today, when.day, when.days)
    return first, first + ONE_DAY * (when.days - 1)
