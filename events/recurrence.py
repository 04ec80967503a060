"""The days of a repeated event. There is no rule that is kept: days are worked out once."""

from __future__ import annotations

import calendar
import datetime
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

WEEK = datetime.timedelta(days=7)
SEPARATORS = re.compile(r"[\s,;]+")
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    SAME_DAY = "same_day", _("every month, on the same day of the month")
    SAME_WEEKDAY = "same_weekday", _("every month, on the same weekday (the second Tuesday…)")
    CHOSEN = "chosen", _("on the days I write below")


class NoSuchDayError(ValueError):
    """A month that has no 31st, or no fifth Tuesday: nobody but an editor knows what is meant."""

    def __init__(self, month: datetime.date) -> None:
        super().__init__(f"{month:%Y-%m}")
        self.month = month


def days_after(first: datetime.date, rhythm: str, count: int) -> list[datetime.date]:
    """``count`` days after ``first`` in this rhythm.

    Raises ``NoSuchDayError`` for a month without such a day, ``OverflowError`` beyond the calendar.
    """
    if rhythm == Rhythm.WEEKLY:
        return [first + turn * WEEK for turn in range(1, count + 1)]
    if rhythm == Rhythm.FORTNIGHTLY:
        return [first + 2 * turn * WEEK for turn in range(1, count + 1)]
    months = [_month_after(first, turn) for turn in range(1, count + 1)]
    if rhythm == Rhythm.SAME_DAY:
        return [_same_day(first, month) for month in months]
    return [_same_weekday(first, month) for month in months]


def days_written(text: str) -> tuple[list[datetime.date], list[str]]:
    """The days in a text, in order and each once, and the words in it that are no day."""
    days: set[datetime.date] = set()
    wrong: list[str] = []
    for word in filter(None, SEPARATORS.split(text)):
        day = _read(word)
        if day is None:
            wrong.append(word)
        else:
            days.add(day)
    return sorted(days), wrong


def _read(word: str) -> datetime.date | None:
    for form in WRITTEN:
        try:
            return datetime.datetime.strptime(word, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return None


def _month_after(day: datetime.date, turn: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + turn, 12)
    if year > datetime.MAXYEAR:
        raise OverflowError
    return datetime.date(year, month + 1, 1)


def _same_day(first: datetime.date, month: datetime.date) -> datetime.date:
    if first.day > calendar.monthrange(month.year, month.month)[1]:
        raise NoSuchDayError(month)
    return month.replace(day=first.day)


def _same_weekday(first: datetime.date, month: datetime.date) -> datetime.date:
    place = (first.day - 1) // 7
    to_first = (first.weekday() - month.weekday()) % 7
    number = 1 + to_first + 7 * place
    if number > calendar.monthrange(month.year, month.month)[1]:
        raise NoSuchDayError(month)
    return month.replace(day=number)
