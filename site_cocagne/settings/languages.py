"""The languages of the site: French, which is the source, and those it is translated into."""

from __future__ import annotations

from typing import Any

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy

SOURCE = "fr"
LONGEST_CODE = 5  # what the columns of the database hold: pt-br


def checked(codes: list[str]) -> list[str]:
    """The codes that ``CONTENT_LANGUAGES`` gives; raises ``ImproperlyConfigured``."""
    found = [code.strip().lower() for code in codes if code.strip()]
    short = [code for code in found if len(code) <= LONGEST_CODE]
    known = [code for code in short if "name" in LANG_INFO.get(code, {})]
    if found[:1] != [SOURCE] or known != found or len(set(found)) != len(found):
        raise ImproperlyConfigured(
            f"CONTENT_LANGUAGES looks like fr,en,es: {SOURCE} first, each code once, each known to "
            f"Django."
        )
    return found


def language_settings(codes: list[str]) -> dict[str, Any]:
    """What Django and Wagtail are told of them, as names and values of settings."""
    names = [(code, gettext_lazy(LANG_INFO[code]["name"])) for code in codes]
    return {
        "LANGUAGES": names,
        "WAGTAIL_CONTENT_LANGUAGES": names,
        # Each language by its own name, which is how its readers look for it.
        "CONTENT_LANGUAGE_NAMES": [(code, own_name(code)) for code in codes],
    }


def own_name(code: str) -> str:
    name: str = LANG_INFO[code]["name_local"]
    return name[:1].upper() + name[1:]
