"""What changes by the clock alone: until when what is kept still says the truth."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from . import generation
from .signals import asking_next_change

# A day begins somewhere in France on a quarter of an hour; none is stepped over.
QUARTER = datetime.timedelta(minutes=15)

_known: tuple[str, datetime.datetime, datetime.datetime] | None = None


def next_change(now: datetime.datetime | None = None) -> datetime.datetime:
    """The next moment at which a page says something else with nobody having done anything.

    Asked of the database once in a generation and a period.
    """
    global _known  # noqa: PLW0603 (one small fact of the process)
    now = now or timezone.now()
    word = generation.present()
    if _known is None or _known[0] != word or not _known[1] <= now < _known[2]:
        _known = (word, now, _ask(now))
    return _known[2]


def _ask(now: datetime.datetime) -> datetime.datetime:
    quarters = int(now.timestamp() // QUARTER.total_seconds()) + 1
    moments = [datetime.datetime.fromtimestamp(quarters * QUARTER.total_seconds(), datetime.UTC)]
    answers: list[tuple[Any, Any]] = asking_next_change.send(None, now=now)
    moments += [moment for _receiver, moment in answers if moment is not None]
    return min(moments)


def forget() -> None:
    """Begin again, as a new process does."""
    global _known  # noqa: PLW0603
    _known = None
