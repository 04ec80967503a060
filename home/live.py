"""What pages of this app gather from the rest of the site when somebody reads them.

Each function costs the same number of queries however much there is, and goes through the
two verbs of ``core.access``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from events.models import AgendaPage, EventPage
from resources.models import ResourcePage, ToolboxPage
from site_cocagne.core import access
from site_cocagne.core.models import Contact, Mission, Partner, Theme

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
    """Pages of the missions, in the order of the missions (one query and their pictures)."""
    from .models import MissionPage

    pages = MissionPage.objects.in_language(language_of(page)).select_related("mission")
    return list(access.visible_to(user, pages.for_cards()).order_by("mission__order"))


def next_events(page: Page | None, user: Any, count: int, mission: str = "") -> list[Any]:
    """The next events of the language, of one mission if its slug is given."""
    events = EventPage.objects.in_language(language_of(page))
    if mission:
        events = events.for_missions([mission])
    shown = access.visible_to(user, events, doors=True).upcoming().for_cards().with_labels()
    return mark_locked(shown[:count], user)


def newest_resources(page: Page | None, user: Any, count: int, mission: str) -> list[Any]:
    """The newest resources of a mission."""
    resources = ResourcePage.objects.in_language(language_of(page)).for_missions([mission])
    shown = access.visible_to(user, resources, doors=True).newest_first().for_cards()
    return mark_locked(shown.with_labels()[:count], user)


def contacts(page: Page | None, mission: str) -> list[Contact]:
    """Contacts of a mission with their themes."""
    return list(Contact.objects.for_mission(mission, language_of(page)))


def partners(page: Page | None) -> list[Partner]:
    """Partners of the language with their logos (three queries)."""
    found = Partner.objects.filter(locale__language_code=language_of(page))
    return list(found.select_related("logo").prefetch_related("logo__renditions"))


def join_page(page: Page | None, user: Any) -> Any:
    """The page of the path to join, in the language of ``page``."""
    from .models import JoinPage

    return access.visible_to(user, JoinPage.objects.in_language(language_of(page))).first()


def alliances_page(page: Page | None, user: Any) -> Any:
    """The page of the alliances, in the language of ``page``."""
    from .models import AlliancesPage

    return access.visible_to(user, AlliancesPage.objects.in_language(language_of(page))).first()


def toolbox_page(page: Page | None, user: Any) -> Any:
    """The toolbox, in the language of ``page``."""
    return access.visible_to(user, ToolboxPage.objects.in_language(language_of(page))).first()


def agenda_page(page: Page | None, user: Any) -> Any:
    """The agenda, in the language of ``page``."""
    return access.visible_to(user, AgendaPage.objects.in_language(language_of(page))).first()


def toolbox_entry(page: Page | None, user: Any) -> dict[str, Any]:
    """Missions with their themes, and the pages the entry leads to."""
    language = language_of(page)
    missions = list(Mission.objects.in_language(language))
    themes = list(Theme.objects.in_language(language))
    groups = [
        {
            "mission": mission,
            "themes": [
                theme
                for theme in themes
                if mission.pk in {row.mission_id for row in theme.mission_rows.all()}
            ],
        }
        for mission in missions
    ]
    return {
        "groups": groups,
        "toolbox_page": toolbox_page(page, user),
        "agenda_page": agenda_page(page, user),
    }
