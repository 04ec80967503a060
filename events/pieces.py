"""Events as calendars write them, kept in the memory of the process.

Writing an event out costs the calendar library most of a millisecond; a feed of hundreds asks for
the same ones again and again, and one change would write all of them anew. So each is kept under
what it was written from: the row that the ETag of a feed is made of, the language and its missions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from site_cocagne.core import directory

from . import calendars

if TYPE_CHECKING:
    from .models import EventPage

MOST = 5000  # about five megabytes
_kept: dict[tuple[Any, ...], calendars.Piece] = {}


def of_rows(
    rows: Sequence[tuple[Any, ...]], fetch: Callable[[list[int]], Iterable[EventPage]]
) -> list[calendars.Piece]:
    """A piece for each row (its key first), in their order; ``fetch`` gives unknown events.

    What was deleted between the two is left out.
    """
    where = (settings.BASE_URL, get_language(), mission_names())
    found = {row[0]: _kept.get((*where, *row)) for row in rows}
    missing = {row[0]: row for row in rows if found[row[0]] is None}
    if missing:
        for event in fetch(list(missing)):
            found[event.pk] = _keep((*where, *missing[event.pk]), calendars.piece(event))
    return [piece for row in rows if (piece := found[row[0]]) is not None]


def mission_names() -> tuple[str, ...]:
    """Those of the present language: every event names its own."""
    language = get_language() or settings.LANGUAGE_CODE
    return tuple(mission.name for mission in directory.missions(language))


def _keep(key: tuple[Any, ...], piece: calendars.Piece) -> calendars.Piece:
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[key] = piece
    return piece


def forget() -> None:
    """Begin again, as a new process does."""
    _kept.clear()
