"""What surrounds every page: menu, foot, languages. A constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce, NullIf
from wagtail.models import Page, Site, get_page_models

from . import access
from .models.pages import BasePage
from .models.settings import FooterLink, MenuItem

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOME_DEPTH = 2


@dataclass(frozen=True)
class Link:
    """A link of a menu: its words, its address, and whether it leads to where one is."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """A language of the switcher. ``exact`` when this very page exists in it."""

    code: str
    name: str
    url: str
    exact: bool
    current: bool


def with_menu_titles(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with ``words``: their short title, else their title, in the same query.

    The short title is a column of each page type; one query with a join a type costs less
    than one query a type.
    """
    titles = [
        NullIf(f"{model._meta.model_name}__short_title", Value(""), output_field=CharField())
        for model in get_page_models()
        if issubclass(model, BasePage)
    ]
    return pages.annotate(words=Coalesce(*titles, "title", output_field=CharField()))


def menus(site: Site, language_code: str, user: Any, current: Page | None) -> dict[str, list[Link]]:
    """Main menu and foot in a language: translations of the chosen French pages (two queries)."""
    rows: dict[str, list[Any]] = {"main": [], "foot": []}
    chosen = MenuItem.objects.filter(navigation__site=site).annotate(where=Value("main"))
    links = FooterLink.objects.filter(navigation__site=site).annotate(where=Value("foot"))
    columns = ("where", "sort_order", "page__translation_key")
    for where, _order, key in sorted(
        chosen.values_list(*columns).union(links.values_list(*columns), all=True),
        key=lambda row: (row[0], row[1] or 0),
    ):
        rows[where].append(key)
    pages = Page.objects.filter(
        locale__language_code=language_code, translation_key__in=[*rows["main"], *rows["foot"]]
    )
    found = {
        page.translation_key: Link(
            title=page.words,
            url=page.url or "",
            current=current is not None and current.path.startswith(page.path),
        )
        for page in with_menu_titles(access.visible_to(user, pages))
    }
    return {where: [found[key] for key in keys if key in found] for where, keys in rows.items()}


def language_links(page: Page | None, language_code: str, user: Any) -> list[LanguageLink]:
    """The languages of the site: this page where it is translated, else that language's home.

    Languages without a published home are left out (one query).
    """
    wanted = Q(depth=HOME_DEPTH)
    if page is not None:
        wanted |= Q(translation_key=page.translation_key)
    homes: dict[str, Page] = {}
    exact: dict[str, Page] = {}
    for other in access.visible_to(user, Page.objects.filter(wanted)).select_related("locale"):
        code = other.locale.language_code
        if page is not None and other.translation_key == page.translation_key:
            exact[code] = other
        if other.depth == HOME_DEPTH:
            homes[code] = other
    return [
        LanguageLink(
            code=code,
            name=str(name),
            url=(exact.get(code) or homes[code]).url or "",
            exact=code in exact,
            current=code == language_code,
        )
        for code, name in settings.CONTENT_LANGUAGE_NAMES
        if code in exact or code in homes
    ]
