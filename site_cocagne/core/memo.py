"""Small things that every page shows and that seldom change, kept in the cache until they do.

Menus, missions, themes, partners: working them out costs more queries than the page itself.
Each is kept under the present *generation*; whatever could show in one of them begins a new
generation when it is saved or deleted, so that nothing has to know what shows where. A value
worked out from old data while somebody publishes is written under the old generation, which
nobody reads any more. With a shared cache this holds for all web processes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from .models.media import SiteDocument, SiteImage
from .models.settings import FooterLink, MenuItem, Navigation, Organisation
from .models.taxonomy import (
    Contact,
    ContactMission,
    ContactRegion,
    ContactTheme,
    Mission,
    Partner,
    Theme,
    ThemeMission,
)

T = TypeVar("T")

GENERATION = "memo:generation"
A_DAY = 24 * 3600
# Saved or deleted, these begin a new generation; so does every kind of page.
SHOWN = (
    *(Collection, Locale, PageViewRestriction, Site),
    *(FooterLink, MenuItem, Navigation, Organisation),
    *(Contact, ContactMission, ContactRegion, ContactTheme),
    *(Mission, Partner, Theme, ThemeMission),
    *(SiteDocument, SiteImage),
)


def remember(key: str, make: Callable[[], T]) -> T:
    """The value of ``key`` in the present generation, worked out by ``make`` where unknown.

    ``make`` gives something that pickles and depends on nothing but what is published for
    everybody: never on who looks.
    """
    generation = cache.get(GENERATION)
    if generation is None:
        generation = new_generation()
    full_key = f"memo:{generation}:{key}"
    found = cache.get(full_key)
    if found is None:
        value = make()
        cache.set(full_key, (value,), A_DAY)
        return value
    return found[0]


def new_generation() -> str:
    """Forget everything remembered."""
    generation = uuid4().hex
    cache.set(GENERATION, generation, None)
    return generation


def something_changed(sender: type[Any], **kwargs: Any) -> None:
    """Begin a new generation at once, and again when the change can be seen by others."""
    if issubclass(sender, (Page, *SHOWN)):
        new_generation()
        transaction.on_commit(new_generation)


def watch() -> None:
    """Listen to every save and deletion; called when the app is ready."""
    post_save.connect(something_changed, dispatch_uid="memo.saved")
    post_delete.connect(something_changed, dispatch_uid="memo.deleted")
