"""What lists and heads of pages print the same all day, held in the memory of the process."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from .memo import hold, let_go

# Where a picture's file is away, its address ends so: nobody should see that until the next change.
BROKEN = "not-found"


def card(kind: str, shown: Any, level: int = 3) -> str:
    """``components/card_KIND.html`` for a page of a list (or a partner), its heading at ``level``.

    Held for all who see the same. A card shows nothing but the page, whether it is ``locked``,
    and its ``card_state``, if it has one.
    """
    state = getattr(shown, "locked", False), getattr(shown, "card_state", "")
    return _printed(
        f"card:{kind}:{shown.pk}:{level}:{state}",
        f"components/card_{kind}.html",
        {kind: shown, "level": level},
    )


def shown_picture(
    image: Any, shape: str, sizes: str, *, eager: bool = False, alt: str | None = None
) -> str:
    """``components/picture.html`` for an image, the same for everybody; nothing for none."""
    if not image:
        return ""
    # What an editor says of it in this very place goes before what is said of it everywhere.
    here = getattr(image, "contextual_alt_text", None), getattr(image, "decorative", None)
    return _printed(
        f"picture:{image.pk}:{shape}:{sizes}:{eager}:{alt}:{here}",
        "components/picture.html",
        {"image": image, "shape": shape, "sizes": sizes, "eager": eager, "alt": alt},
    )


def _printed(key: str, template: str, context: dict[str, Any]) -> str:
    full_key = f"{get_language()}:{key}"
    text = hold(full_key, lambda: render_to_string(template, context))
    if BROKEN in text:
        let_go(full_key)
    return text
