"""Missions and themes of a language, from memory: every filter and the home page ask for them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import F

from .memo import remember
from .models.taxonomy import Mission, Theme, ThemeMission
from .search.words import fold


def missions(language_code: str) -> list[Mission]:
    """Missions of a language in their order."""
    return remember(
        f"missions:{language_code}", lambda: list(Mission.objects.in_language(language_code))
    )


def themes(language_code: str) -> list[Theme]:
    """Themes of a language by name, each with the missions it stands under."""
    return remember(f"themes:{language_code}", lambda: _themes(language_code))


def _themes(language_code: str) -> list[Theme]:
    """One query besides the missions; a theme comes once for each mission it stands under."""
    pairs = (
        Theme.objects.filter(locale__language_code=language_code)
        .annotate(under=F("mission_rows__mission"))
        .order_by("pk", "mission_rows__mission__order")
    )
    themes: dict[int, Theme] = {}
    under: dict[int, list[int]] = defaultdict(list)
    for theme in pairs:
        themes.setdefault(theme.pk, theme)
        if theme.under is not None:
            under[theme.pk].append(theme.under)
    known = {mission.pk: mission for mission in missions(language_code)}
    # A row may still name the mission of the source language.
    if others := {key for keys in under.values() for key in keys} - known.keys():
        known |= Mission.objects.in_bulk(others)
    for pk, theme in themes.items():
        rows = [ThemeMission(mission=known[key]) for key in under[pk]]
        theme.mission_rows = rows  # type: ignore[misc]
    # « Émancipation » stands under E, whatever the database thinks of accents.
    return sorted(themes.values(), key=lambda theme: (fold(theme.name), theme.pk))
