"""Missions and themes of a language, from memory: every filter and the home page ask for them."""

from __future__ import annotations

from .memo import remember
from .models.taxonomy import Mission, Theme


def missions(language_code: str) -> list[Mission]:
    """Missions of a language in their order."""
    return remember(
        f"missions:{language_code}", lambda: list(Mission.objects.in_language(language_code))
    )


def themes(language_code: str) -> list[Theme]:
    """Themes of a language by name, each with the missions it stands under."""
    return remember(
        f"themes:{language_code}", lambda: list(Theme.objects.in_language(language_code))
    )
