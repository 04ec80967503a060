"""Page × language: what is missing, drafted, up to date, behind, or of another audience.

The whole site costs the same few queries, however many pages: the rows are put together here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from site_cocagne.core.access import audience_models, is_superuser, working_paths
from site_cocagne.core.models import Audience, Door, Exposure


class State(TextChoices):
    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("current")
    BEHIND = "behind", _("source changed")
    OPENER = "opener", _("more open than its source")
    CLOSER = "closer", _("more closed than its source")


@dataclass(frozen=True)
class Cell:
    """One page in one language. ``states`` may be several: behind, and more closed."""

    locale: Locale
    states: frozenset[State]
    page: int | None = None
    source: int | None = None
    days: int = 0
    can_begin: bool = False

    @property
    def words(self) -> list[str]:
        said = [str(state.label) for state in State if state in self.states]
        if State.BEHIND in self.states:
            behind = ngettext(
                "source changed %(days)s day ago", "source changed %(days)s days ago", self.days
            )
            said[said.index(str(State.BEHIND.label))] = behind % {"days": self.days}
        return said


@dataclass(frozen=True)
class Row:
    pk: int
    title: str
    depth: int
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Target:
    """A page in another language, as far as the matrix asks."""

    pk: int
    live: bool
    exposure: int | None


def pages_of(user: Any) -> Any:
    """Pages of the source language in the sections where this person works."""
    pages = Page.objects.filter(locale=Locale.get_default(), depth__gte=2, alias_of=None)
    if is_superuser(user):
        return pages
    wanted = Q(pk__in=[])
    for path in working_paths(user):
        wanted |= Q(path__startswith=path)
    return pages.filter(wanted)


def rows(user: Any, locale: Locale | None = None, state: str = "") -> list[Row]:
    """The matrix, in the order of the tree; with a state, the rows that show it somewhere."""
    others = Locale.objects.exclude(pk=Locale.get_default().pk).order_by("pk")
    locales = [one for one in others if locale is None or one == locale]
    sources = list(
        pages_of(user)
        .order_by("path")
        .values("pk", "title", "depth", "path", "live", "translation_key", "last_published_at")
    )
    exposures = own_exposures()
    targets = _targets(locales, exposures)
    synced = _synced(locales)
    keys = {row["path"]: row["translation_key"] for row in sources}
    found = []
    for source in sources:
        parent = keys.get(source["path"][: -Page.steplen])
        cells = [_cell(source, one, targets, synced, exposures, parent=parent) for one in locales]
        if not state or any(state in cell.states for cell in cells):
            found.append(Row(source["pk"], source["title"], source["depth"] - 2, cells))
    return found


def own_exposures() -> dict[int, int]:
    """What each page that has an audience asks for by itself (one query a type)."""
    found: dict[int, int] = {}
    for model in audience_models():
        asked: Iterable[Any] = model._default_manager.values_list("pk", "audience", "door")
        for pk, audience, door in asked:
            if audience != Audience.MEMBERS:
                found[pk] = Exposure.OPEN
            else:
                found[pk] = Exposure.HIDDEN if door == Door.HIDDEN else Exposure.TEASER
    return found


def _targets(locales: list[Locale], exposures: dict[int, int]) -> dict[Any, Target]:
    pages = Page.objects.filter(locale__in=locales, depth__gte=2)
    return {
        (row["translation_key"], row["locale_id"]): Target(
            row["pk"], row["live"], exposures.get(row["pk"])
        )
        for row in pages.values("pk", "live", "translation_key", "locale_id")
    }


def _synced(locales: list[Locale]) -> dict[Any, tuple[int, datetime.datetime]]:
    """For each translation that runs: its number, and when it was last brought up to date."""
    running = Translation.objects.filter(target_locale__in=locales, enabled=True)
    found = running.values_list(
        "source__object_id", "target_locale_id", "pk", "source__last_updated_at"
    )
    return {(key, locale): (pk, at) for key, locale, pk, at in found}


def _cell(
    source: dict[str, Any],
    locale: Locale,
    targets: dict[Any, Target],
    synced: dict[Any, tuple[int, datetime.datetime]],
    exposures: dict[int, int],
    *,
    parent: Any,
) -> Cell:
    key = (source["translation_key"], locale.pk)
    target = targets.get(key)
    if target is None:
        can_begin = parent is None or (parent, locale.pk) in targets
        return Cell(locale, frozenset({State.MISSING}), source=source["pk"], can_begin=can_begin)
    number, at = synced.get(key, (None, None))
    states, days = set(), 0
    changed = source["last_published_at"]
    if not target.live:
        states.add(State.DRAFT)
    if at is not None and changed is not None and changed > at:
        states.add(State.BEHIND)
        days = (timezone.localdate() - timezone.localdate(changed)).days
    theirs, ours = target.exposure, exposures.get(source["pk"])
    if theirs is not None and ours is not None and theirs != ours:
        states.add(State.OPENER if theirs < ours else State.CLOSER)
    if not states:
        states.add(State.CURRENT)
    return Cell(locale, frozenset(states), page=target.pk, source=number, days=days)
