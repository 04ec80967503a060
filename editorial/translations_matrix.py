"""Page × language: what is missing, drafted, up to date, behind, or of another audience.

The whole site costs the same few queries, however many pages: the rows are put together here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, Subquery, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from site_cocagne.core.access import audience_models, is_superuser, working_paths
from site_cocagne.core.languages import languages_of_translation
from site_cocagne.core.models import Audience, Door, Exposure


class State(TextChoices):
    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("current")
    BEHIND = "behind", _("source changed")
    OPENER = "opener", _("more open than its source")
    CLOSER = "closer", _("more closed than its source")
    ALONE = "alone", _("online without its source")


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
    def said(self) -> list[tuple[str, str]]:
        """Each state with its words; how old a change is among them."""
        return [
            (state.value, self._since() if state is State.BEHIND else str(state.label))
            for state in State
            if state in self.states
        ]

    def _since(self) -> str:
        words = ngettext(
            "source changed %(days)s day ago", "source changed %(days)s days ago", self.days
        )
        return words % {"days": self.days}


@dataclass(frozen=True)
class Row:
    pk: int
    title: str
    depth: int
    cells: list[Cell] = field(default_factory=list)

    def shows(self, state: str) -> bool:
        """Does a language of this page have that state? Without one, every row is shown."""
        return not state or any(state in cell.states for cell in self.cells)


@dataclass(frozen=True)
class Target:
    """A page in another language, as far as the matrix asks."""

    pk: int
    live: bool
    waiting: bool
    exposure: int | None


@dataclass(frozen=True)
class Run:
    """A running translation: when it was brought up to date, and whether sentences are newer."""

    pk: int
    at: datetime.datetime
    newer: bool


def pages_of(user: Any) -> Any:
    """Pages of the source language in the sections where this person works."""
    pages = Page.objects.filter(locale=Locale.get_default(), depth__gte=2, alias_of=None)
    return pages.filter(_within(user))


def _within(user: Any) -> Q:
    if is_superuser(user):
        return Q()
    wanted = Q(pk__in=[])
    for path in working_paths(user):
        wanted |= Q(path__startswith=path)
    return wanted


def rows(user: Any, locale: Locale | None = None, state: str = "") -> list[Row]:
    """The matrix, in the order of the tree; with a state, the rows that show it somewhere."""
    locales = [one for one in languages_of_translation() if locale is None or one == locale]
    sources = list(
        pages_of(user)
        .order_by("path")
        .values("pk", "title", "depth", "path", "live", "translation_key", "last_published_at")
    )
    exposures = own_exposures()
    targets = _targets(locales, exposures)
    runs = _runs(locales)
    keys = {row["path"]: row["translation_key"] for row in sources}
    found = []
    for source in sources:
        parent = keys.get(source["path"][: -Page.steplen])
        cells = [_cell(source, one, targets, runs, exposures, parent=parent) for one in locales]
        found.append(Row(source["pk"], source["title"], source["depth"] - 2, cells))
    return [row for row in [*found, *_orphans(user, locales)] if row.shows(state)]


def _orphans(user: Any, locales: list[Locale]) -> list[Row]:
    """Pages of another language that have no source any more: it was deleted (one query)."""
    kin = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=Locale.get_default()
    )
    pages = Page.objects.filter(_within(user), ~Exists(kin), locale__in=locales, depth__gte=2)
    rows = []
    for page in pages.order_by("path").values("pk", "title", "depth", "locale_id", "live"):
        own = State.ALONE if page["live"] else State.DRAFT
        cells = [
            Cell(one, frozenset({own}), page=page["pk"])
            if one.pk == page["locale_id"]
            else Cell(one, frozenset({State.MISSING}))
            for one in locales
        ]
        rows.append(Row(page["pk"], page["title"], page["depth"] - 2, cells))
    return rows


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
            row["pk"], row["live"], row["has_unpublished_changes"], exposures.get(row["pk"])
        )
        for row in pages.values(
            "pk", "live", "has_unpublished_changes", "translation_key", "locale_id"
        )
    }


def _runs(locales: list[Locale]) -> dict[Any, Run]:
    """For each translation that runs: its number, and when it was last brought up to date.

    The copy of the source is one for all languages; a language that was saved before it was
    renewed is as old as that save.
    """
    running = Translation.objects.filter(target_locale__in=locales, enabled=True)
    saved = TranslationLog.objects.filter(
        source=OuterRef("source"), locale=OuterRef("target_locale")
    ).order_by("-created_at")
    found = running.annotate(saved=Subquery(saved.values("created_at")[:1])).values_list(
        "source__object_id", "target_locale_id", "pk", "source__last_updated_at", "saved"
    )
    touched = _touched(locales)
    return {
        (key, locale): Run(
            number,
            min(at, saved or at),
            saved is not None and touched.get((key, locale), saved) > saved,
        )
        for key, locale, number, at, saved in found
    }


def _touched(locales: list[Locale]) -> dict[Any, datetime.datetime]:
    """When the latest sentence of a page was translated: it waits until the page is saved."""
    found = StringTranslation.objects.filter(locale__in=locales, context__isnull=False).values_list(
        "context__object_id", "locale_id"
    )
    return {(key, locale): at for key, locale, at in found.annotate(at=Max("updated_at"))}


def _cell(
    source: dict[str, Any],
    locale: Locale,
    targets: dict[Any, Target],
    runs: dict[Any, Run],
    exposures: dict[int, int],
    *,
    parent: Any,
) -> Cell:
    key = (source["translation_key"], locale.pk)
    target = targets.get(key)
    if target is None:
        can_begin = parent is None or (parent, locale.pk) in targets
        return Cell(locale, frozenset({State.MISSING}), source=source["pk"], can_begin=can_begin)
    run = runs.get(key)
    states, days = set(), 0
    changed = source["last_published_at"]
    if not target.live or target.waiting or (run is not None and run.newer):
        states.add(State.DRAFT)
    if target.live and not source["live"]:
        states.add(State.ALONE)
    if run is not None and changed is not None and changed > run.at:
        states.add(State.BEHIND)
        days = (timezone.localdate() - timezone.localdate(changed)).days
    theirs, ours = target.exposure, exposures.get(source["pk"])
    if theirs is not None and ours is not None and theirs != ours:
        states.add(State.OPENER if theirs < ours else State.CLOSER)
    if not states:
        states.add(State.CURRENT)
    return Cell(
        locale, frozenset(states), page=target.pk, source=run.pk if run else None, days=days
    )
