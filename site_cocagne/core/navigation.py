"""What surrounds every page: menu, foot, languages, breadcrumb. From memory once it is warm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Coalesce
from wagtail import hooks
from wagtail.models import Page, Site, get_page_models

from . import access
from .memo import hold, remember
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

    For the few pages of a menu: the short title is a column of each page type, looked up type by
    type until one has it. Joins with all types cost more to plan than these pages to read.
    """
    words = Coalesce(_short_title(), "title", output_field=CharField())
    return pages.annotate(words=words)


@cache
def _short_title() -> Func:
    models = [model._meta for model in get_page_models() if issubclass(model, BasePage)]
    found = ", ".join(
        f"(SELECT NULLIF(short_title, '') FROM {meta.db_table} "  # noqa: S608 (names of ours)
        f"WHERE {meta.db_table}.{meta.pk.column} = %(expressions)s)"
        for meta in models
    )
    return Func(F("pk"), template=f"COALESCE({found})", output_field=CharField())


@dataclass(frozen=True)
class Frame:
    """What stands around a page."""

    menu: list[Link]
    foot: list[Link]
    languages: list[LanguageLink]
    breadcrumb: list[Link]
    organisation: Organisation
    home_url: str


@dataclass(frozen=True)
class Near:
    """A page that one of the links around a page leads to."""

    words: str
    url: str
    path: str
    depth: int
    language: str
    translation_key: Any


def frame(site: Site, language_code: str, user: Any, current: Page | None) -> Frame:
    """Menus, and the languages and the breadcrumb of ``current`` (a query for who is logged in)."""
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
    """What is the same on every page of a language, for everybody (three queries).

    A menu shows what anybody may read: members find what is reserved in their own space.
    """
    keys = _listed(site)
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


def _listed(site: Site) -> dict[str, list[Any]]:
    """Keys of the pages that the team listed, in its order (one query for both lists)."""

    def rows(name: str, model: Any) -> Any:
        listed = model.objects.filter(navigation__site=site).order_by()
        words = Value(name, output_field=CharField())
        return listed.values_list(words, "sort_order", "pk", "page__translation_key")

    found = sorted(rows("menu", MenuItem).union(rows("foot", FooterLink), all=True))
    return {
        name: [key for where, _order, _pk, key in found if where == name]
        for name in ("menu", "foot")
    }


def _organisation(site: Site) -> Organisation:
    """The association's details; reading a page never writes the row that is missing."""
    return Organisation.objects.filter(site=site).first() or Organisation(site=site)


def _with_current(link: Link, trail: str) -> Link:
    return replace(link, current=bool(trail) and trail.startswith(link.path))


def _around(site: Site, current: Page | None, user: Any) -> tuple[Near, ...]:
    """Homes of all languages and, for a page, its translations and ancestors.

    For everybody from memory; what somebody in particular may see is asked in one query.
    """
    if user.is_authenticated:
        return _ask_around(site, current, user)
    of_page = f"around:{site.pk}:{current.pk if current is not None else ''}"
    return hold(of_page, lambda: _ask_around(site, current, AnonymousUser()))


def _ask_around(site: Site, current: Page | None, user: Any) -> tuple[Near, ...]:
    """Homes are the translations of one another: asked by their key, which has an index."""
    wanted = Q(translation_key=site.root_page.translation_key)
    if current is not None:
        steps = range(HOME_DEPTH, current.depth)
        wanted |= Q(translation_key=current.translation_key)
        wanted |= Q(path__in=[current.path[: depth * current.steplen] for depth in steps])
    pages = access.visible_to(user, Page.objects.filter(wanted)).select_related("locale")
    return tuple(
        Near(
            words=page.words,
            url=page.url or "",
            path=page.path,
            depth=page.depth,
            language=page.locale.language_code,
            translation_key=page.translation_key,
        )
        for page in with_menu_titles(pages).order_by("path")
    )


def _breadcrumb(around: tuple[Near, ...], current: Page | None) -> list[Link]:
    """From the home page to the parent, without what this reader may not see."""
    if current is None:
        return []
    return [
        Link(page.words, page.url, path=page.path)
        for page in around
        if current.path.startswith(page.path) and page.path != current.path
    ]


def _languages(
    around: tuple[Near, ...], current: Page | None, language_code: str
) -> list[LanguageLink]:
    """The page in each language it is translated into, else that language's home.

    A language that was switched off has pages still, and no address.
    """
    served = dict(settings.CONTENT_LANGUAGE_NAMES)
    homes = {page.language: page for page in around if page.depth == HOME_DEPTH}
    exact = {
        page.language: page
        for page in around
        if current is not None
        and page.translation_key == current.translation_key
        and page.language in served
    }
    announced = len(exact) > 1 and not access.is_reserved(current) if current else False
    return [
        LanguageLink(
            code=code,
            name=str(name),
            url=(exact.get(code) or homes[code]).url,
            exact=code in exact,
            current=code == language_code,
            announced=announced and code in exact,
        )
        for code, name in served.items()
        if code in exact or code in homes
    ]
