"""The agenda, its events, and what their calendars remember."""

from __future__ import annotations

from .agenda import AgendaPage
from .calendars import CalendarKey, CalendarRecord
from .event import EventFile, EventMission, EventPage
from .proposals import Proposal
from .querysets import EventManager, EventQuerySet
from .series import SeriesDate

__all__ = [
    "AgendaPage",
    "CalendarKey",
    "CalendarRecord",
    "EventFile",
    "EventManager",
    "EventMission",
    "EventPage",
    "EventQuerySet",
    "Proposal",
    "SeriesDate",
]
