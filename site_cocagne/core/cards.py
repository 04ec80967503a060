"""Cards of lists, held in the memory of the process: lists print the same dozens all day."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from .memo import hold


def card(kind: str, shown: Any, level: int = 3) -> str:
    """``components/card_KIND.html`` for a page of a list (or a partner), its heading at ``level``.

    Held for all who see the same. A card shows nothing but the page, whether it is ``locked``,
    and its ``card_state``, if it has one.
    """
    state = getattr(shown, "locked", False), getattr(shown, "card_state", "")
    return hold(
        f"card:{kind}:{shown.pk}:{level}:{get_language()}:{state}",
        lambda: render_to_string(f"components/card_{kind}.html", {kind: shown, "level": level}),
    )
