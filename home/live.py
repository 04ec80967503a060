"""What pages of this app gather from the rest of the site when somebody reads them.

Each function costs the same number of queries however much there is, and goes through the
two verbs of ``core.access``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language

from events.models import AgendaPage, EventPage
from newsletter.models import NewsletterPage
from resources.labels import label_rows
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core import access, directory
from site_cocagne.core.memo import hold, remember
from site_cocagne.core.models import Contact, Partner
from site_cocagne.core.navigation import Link

if TYPE_CHECKING:
    from wagtail.models import Page


def language_of(page: Page | None) -> str:
    """Language of a page; that of the request where a block is previewed without one."""
    return page.locale.language_code if page is not None else get_language() or "fr"


def mark_locked(pages: Any, user: Any) -> list[Any]:
    """The pages as a list, each told whether only its door may be shown to ``user``."""
    found = list(pages)
    for page in found:
        page.locked = access.is_locked_for(user, page)
    return found


def mission_pages(page: Page | None, user: Any) -> list[Any]:
    """Pages of the missions, in the order of the missions; for everybody from memory."""
    from .models import MissionPage

    language = language_of(page)

    def ask(user: Any) -> list[Any]:
        pages = MissionPage.objects.in_language(language).select_related("mission").for_cards()
        return list(access.visible_to(user, pages).order_by("mission__order"))

    if user.is_authenticated:
        return ask(user)
    return remember(f"mission-pages:{language}", lambda: ask(AnonymousUser()))


def next_events(page: Page | None, user: Any, count: int, mission: str = "") -> list[Any]:
    """The next events of the language, of one mission if its slug is given."""
    return EventPage.objects.next_for(user, language_of(page), count, [mission] if mission else [])


def newest_resources(page: Page | None, user: Any, count: int, mission: str) -> list[Any]:
    """The newest resources of a mission; for everybody from memory."""
    language = language_of(page)

    def ask(user: Any) -> list[Any]:
        resources = ResourcePage.objects.in_language(language).for_missions([mission])
        shown = access.visible_to(user, resources, doors=True).newest_first().for_cards()
        found = mark_locked(shown[:count], user)
        label_rows(found, directory.missions(language), directory.themes(language))
        return found

    if user.is_authenticated:
        return ask(user)
    return remember(f"newest:{language}:{mission}:{count}", lambda: ask(AnonymousUser()))


def contacts(page: Page | None, mission: str) -> list[Contact]:
    """Contacts of a mission with their themes, from memory."""
    language = language_of(page)
    return remember(
        f"contacts:{language}:{mission}",
        lambda: list(Contact.objects.for_mission(mission, language)),
    )


def partners(page: Page | None) -> list[Partner]:
    """Partners of the language with their logos, from memory."""
    language = language_of(page)
    found = Partner.objects.filter(locale__language_code=language)
    logos = found.select_related("logo").prefetch_related("logo__renditions")
    return remember(f"partners:{language}", lambda: list(logos))


@dataclass(frozen=True)
class JoinPath:
    """The steps to join as they are printed, and the page they stand on."""

    title: str
    url: str
    steps: str


def join_path(page: Page | None, user: Any, context: dict[str, Any] | None) -> JoinPath | None:
    """The steps of the join page in the language of ``page``; for everybody from memory.

    ``context``: that of the template they are printed in; who reads is asked of it.
    """
    from .models import JoinPage

    language = language_of(page)

    def make() -> tuple[JoinPath, ...]:
        pages = JoinPage.objects.in_language(language).select_related("locale")
        found = access.visible_to(user, pages)[:1]
        return tuple(
            JoinPath(one.title, one.url or "", one.steps.render_as_block(context)) for one in found
        )

    known = make() if user.is_authenticated else hold(f"join-path:{language}", make)
    return next(iter(known), None)


def landmarks(page: Page | None) -> dict[str, Link | None]:
    """Links to the pages that stand once in a language and are open to all, from memory.

    Keys: ``toolbox``, ``agenda``, ``alliances``, ``newsletter``; ``None`` where there is none.
    """
    language = language_of(page)
    return remember(f"landmarks:{language}", lambda: _landmarks(language))


def _landmarks(language: str) -> dict[str, Link | None]:
    from .models import AlliancesPage

    kinds = {
        "toolbox": ToolboxPage,
        "agenda": AgendaPage,
        "alliances": AlliancesPage,
        "newsletter": NewsletterPage,
    }
    found = {
        name: access.visible_to(AnonymousUser(), kind.objects.in_language(language)).first()
        for name, kind in kinds.items()
    }
    return {
        name: Link(one.menu_title, one.url or "", path=one.path) if one is not None else None
        for name, one in found.items()
    }


@dataclass(frozen=True)
class Named:
    """A mission or a theme as it is chosen by: nobody can change it."""

    slug: str
    name: str
    emblem: str = ""
    themes: tuple[Named, ...] = ()


def theme_groups(page: Page | None) -> tuple[Named, ...]:
    """The missions of the toolbox filter, each with its themes."""
    language = language_of(page)
    return hold(f"theme-groups:{language}", lambda: _theme_groups(language))


def _theme_groups(language: str) -> tuple[Named, ...]:
    themes: dict[int, list[Named]] = {}
    for theme in directory.themes(language):
        for mission in {row.mission_id for row in theme.mission_rows.all()}:
            themes.setdefault(mission, []).append(Named(theme.slug, theme.name))
    return tuple(
        Named(mission.slug, mission.name, mission.emblem, tuple(themes.get(mission.pk, ())))
        for mission in directory.missions(language)
    )
