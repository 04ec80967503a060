"""Missions and themes of the resources of a list, from what is known already."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection

from site_cocagne.core.models import Mission, Theme

from .models import ResourceMission, ResourceTheme


def label_rows(resources: Any, missions: list[Mission], themes: list[Theme]) -> None:
    """Give these resources their missions and themes, in one query.

    ``with_labels`` costs two, and reads what is known already: ``missions`` and ``themes`` of the
    language. Rows that name none of them, not settled yet, are asked for.
    """
    by_page: dict[tuple[int, str], list[int]] = defaultdict(list)
    for page, name, _order, _pk, key in _named([one.pk for one in resources]):
        by_page[page, name].append(key)
    known_missions = _with_others(missions, Mission, by_page, "mission")
    known_themes = _with_others(themes, Theme, by_page, "theme")
    for one in resources:
        one.mission_rows = [
            ResourceMission(mission=known_missions[k]) for k in by_page[one.pk, "mission"]
        ]
        one.theme_rows = [ResourceTheme(theme=known_themes[k]) for k in by_page[one.pk, "theme"]]


def _named(pages: list[int]) -> list[tuple[Any, ...]]:
    """In SQL as it stands: to put this union together costs the ORM more than the database."""
    if not pages:
        return []
    marks = ", ".join(["%s"] * len(pages))
    query = " UNION ALL ".join(
        f"SELECT page_id, '{name}', sort_order, id, {name}_id"  # noqa: S608 (names of ours)
        f" FROM {model._meta.db_table} WHERE page_id IN ({marks})"
        for name, model in (("mission", ResourceMission), ("theme", ResourceTheme))
    )
    with connection.cursor() as cursor:
        cursor.execute(query, pages * 2)
        return sorted(cursor.fetchall())


def _with_others(
    known: list[Any], model: Any, by_page: dict[tuple[int, str], list[int]], name: str
) -> dict[int, Any]:
    found = {one.pk: one for one in known}
    named = {key for (_page, what), keys in by_page.items() if what == name for key in keys}
    others = named - found.keys()
    return found | model.objects.in_bulk(others) if others else found
