"""The starter content itself, in French, as plain data."""

from __future__ import annotations

from ..schema import ContentPage, Event, File, Resource
from . import (
    alliances,
    brand,
    events_later,
    events_next,
    events_past,
    home,
    join,
    legal,
    lists,
    missions,
    recordings,
    resources_create,
    resources_diversify,
    resources_grow,
    resources_inclusion,
    resources_sell,
    resources_steer,
    schemes,
    taxonomy,
    workbooks_garden,
    workbooks_team,
)

CONTENT_PAGES: tuple[ContentPage, ...] = (*schemes.SCHEMES, schemes.FRAMEWORK, *legal.LEGAL_PAGES)
RESOURCES: tuple[Resource, ...] = (
    *resources_steer.RESOURCES,
    *resources_create.RESOURCES,
    *resources_inclusion.RESOURCES,
    *resources_grow.RESOURCES,
    *resources_sell.RESOURCES,
    *resources_diversify.RESOURCES,
)
EVENTS: tuple[Event, ...] = (*events_past.EVENTS, *events_next.EVENTS, *events_later.EVENTS)
FILES: dict[str, File] = {
    **recordings.RECORDINGS,
    **workbooks_garden.WORKBOOKS,
    **workbooks_team.WORKBOOKS,
    **brand.FILES,
}

__all__ = [
    "CONTENT_PAGES",
    "EVENTS",
    "FILES",
    "RESOURCES",
    "alliances",
    "brand",
    "home",
    "join",
    "legal",
    "lists",
    "missions",
    "schemes",
    "taxonomy",
]
