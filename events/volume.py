"""Events in bulk, for measuring: spread over the years around today."""

from __future__ import annotations

import datetime
import random
from typing import Any

from django.db import transaction
from django.utils import timezone

from site_cocagne.core.models import Audience, Door, Exposure, Mission
from site_cocagne.core.regions import Region
from site_cocagne.core.volume import add_below, take_stock

from .models import AgendaPage, EventMission, EventPage

BATCH = 500
DAYS_BEFORE, DAYS_AFTER = 4 * 365, 365


def seed_events(count: int, *, agenda: AgendaPage | None = None) -> int:
    """Make ``count`` published events below the agenda; gives how many were made.

    One in ten is for members. The same number always gives the same events.
    """
    agenda = agenda or AgendaPage.objects.order_by("path").first()
    if agenda is None:
        raise AgendaPage.DoesNotExist("Make the agenda first: load_starter_content does.")
    missions = list(Mission.objects.in_language(agenda.locale.language_code))
    chance = random.Random(count)  # noqa: S311 (the same events each time, no secret)
    made = 0
    while made < count:
        made += _make(agenda, min(BATCH, count - made), missions, chance)
    take_stock()
    return made


@transaction.atomic
def _make(agenda: AgendaPage, count: int, missions: list[Any], chance: random.Random) -> int:
    pages = add_below(agenda, count, lambda place: _event(place, chance))
    EventMission.objects.bulk_create(
        EventMission(page=page, mission=mission, sort_order=0)
        for page in pages
        for mission in chance.sample(missions, min(1, len(missions)))
    )
    return count


def _event(place: dict[str, Any], chance: random.Random) -> EventPage:
    offset = chance.randrange(-DAYS_BEFORE, DAYS_AFTER)
    closed = chance.random() < 0.1
    kind = chance.choice(EventPage.Kind.values)
    region = chance.choice(Region.choices)
    event = EventPage(
        **place,
        title=f"{EventPage.Kind(kind).label} en {region[1]}",
        summary="Une rencontre pour mesurer le site.",
        kind=kind,
        region=region[0],
        format=chance.choice(EventPage.Format.values),
        start_date=timezone.localdate() + datetime.timedelta(days=offset),
        start_time=datetime.time(9 + chance.randrange(8)),
        end_time=datetime.time(18),
        city="Ville",
        audience=Audience.MEMBERS if closed else Audience.PUBLIC,
        door=Door.TEASER,
        exposure=Exposure.TEASER if closed else Exposure.OPEN,
    )
    event.settle_dates()
    return event
