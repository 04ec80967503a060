"""What surrounds every page: menu, foot, languages, breadcrumb. One query once it is warm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce, NullIf
from wagtail import hooks
from wagtail.models import Page, Site, get_page_models

from . import access
from .memo import remember
from .models.pages import BasePage
from .models.settings import FooterLink, MenuItem, Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

HOME_DEPTH = 2


@dataclass(frozen=True)
class Link:
    """A link of a menu: its words, its address, and whether it leads to where one is."""

    title: str
    url: str
    current: bool = False
    path: str = ""
    note: str = ""


@dataclass(frozen=True)
class LanguageLink:
    """A language of the switcher. ``exact`` when this very page exists in it.

    ``announced`` when search engines may be told: the page is open to all in two languages.
    """

    code: str
    name: str
    url: str
    exact: bool
    current: bool
    announced: bool = False


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


@dataclass(frozen=True)
class Frame:
    """What stands around a page."""

    menu: list[Link]
    foot: list[Link]
    languages: list[LanguageLink]
    breadcrumb: list[Link]
    organisation: Organisation
    home_url: str


def frame(site: Site, language_code: str, user: Any, current: Page | None) -> Frame:
    """Menus from memory, then one query for the languages and the breadcrumb of ``current``."""
    kept = remember(f"frame:{site.pk}:{language_code}", lambda: _lasting(site, language_code))
    around = _around(site, current, user)
    trail = current.path if current is not None else ""
    return Frame(
        menu=[_with_current(link, trail) for link in kept["menu"]],
        foot=[_with_current(link, trail) for link in kept["foot"]],
        organisation=kept["organisation"],
        languages=_languages(around, current, language_code),
        breadcrumb=_breadcrumb(around, current),
        home_url="/" if language_code == settings.LANGUAGE_CODE else f"/{language_code}/",
    )


def _lasting(site: Site, language_code: str) -> dict[str, Any]:
    """What is the same on every page of a language, for everybody (four queries).

    A menu shows what anybody may read: members find what is reserved in their own space.
    """
    keys: dict[str, list[Any]] = {
        name: list(
            model.objects.filter(navigation__site=site).values_list(
                "page__translation_key", flat=True
            )
        )
        for name, model in (("menu", MenuItem), ("foot", FooterLink))
    }
    pages = Page.objects.filter(
        locale__language_code=language_code, translation_key__in=[*keys["menu"], *keys["foot"]]
    )
    found = {
        page.translation_key: Link(page.words, page.url or "", path=page.path)
        for page in with_menu_titles(access.visible_to(AnonymousUser(), pages))
    }
    # An app may say a word more of what it knows: the status of a declaration.
    for describe in hooks.get_hooks("describe_foot_links"):
        for key, note in describe(keys["foot"], language_code).items():
            if key in found:
                found[key] = replace(found[key], note=note)
    links = {name: [found[key] for key in listed if key in found] for name, listed in keys.items()}
    return {**links, "organisation": _organisation(site)}


def _organisation(site: Site) -> Organisation:
    """The association's details; reading a page never writes the row that is missing."""
    return Organisation.objects.filter(site=site).first() or Organisation(site=site)


def _with_current(link: Link, trail: str) -> Link:
    return replace(link, current=bool(trail) and trail.startswith(link.path))


def _around(site: Site, current: Page | None, user: Any) -> list[Any]:
    """Homes of all languages and, for a page, its translations and ancestors (one query).

    Homes are the translations of one another: asked by their key, which has an index.
    """
    wanted = Q(translation_key=site.root_page.translation_key)
    if current is not None:
        steps = range(HOME_DEPTH, current.depth)
        wanted |= Q(translation_key=current.translation_key)
        wanted |= Q(path__in=[current.path[: depth * current.steplen] for depth in steps])
    pages = access.visible_to(user, Page.objects.filter(wanted)).select_related("locale")
    return list(with_menu_titles(pages).order_by("path"))


def _breadcrumb(around: list[Any], current: Page | None) -> list[Link]:
    """From the home page to the parent, without what this reader may not see."""
    if current is None:
        return []
    return [
        Link(page.words, page.url or "", path=page.path)
        for page in around
        if current.path.startswith(page.path) and page.pk != current.pk
    ]


def _languages(around: list[Any], current: Page | None, language_code: str) -> list[LanguageLink]:
    """The page in each language it is translated into, else that language's home."""
    homes = {page.locale.language_code: page for page in around if page.depth == HOME_DEPTH}
    exact = {
        page.locale.language_code: page
        for page in around
        if current is not None and page.translation_key == current.translation_key
    }
    announced = len(exact) > 1 and not access.is_reserved(current) if current else False
    return [
        LanguageLink(
            code=code,
            name=str(name),
            url=(exact.get(code) or homes[code]).url or "",
            exact=code in exact,
            current=code == language_code,
            announced=announced and code in exact,
        )
        for code, name in settings.CONTENT_LANGUAGE_NAMES
        if code in exact or code in homes
    ]
