"""From an address to a page in two queries, whatever its depth.

Wagtail walks down the tree, two queries a level, and then asks its own view restrictions in
two more. Here the deepest page whose path begins the address is asked for at once, and
``core.access``, which honours those restrictions over translations as well, is the only door.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.wagtail_hooks import check_view_restrictions

from . import access, generation
from .memo import remember
from .models.pages import BasePage
from .pagecache import same_for_everybody
from .roots import root_paths, sites

MAX_DEPTH = 20  # of an address, in components: the tree of a site is never that deep


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at ``path``, once its door has been asked."""
    if not request.user.is_authenticated and (moment := generation.moment()) is not None:
        moment.of_visitor = True
    page, args, kwargs = find_route(request, path)
    # Wagtail's own functions that resolve the same address again find it answered.
    request._wagtail_route_for_request = RouteResult(page, args, kwargs)  # type: ignore[attr-defined]
    answer: Any = _serve_page
    for wrap in reversed(hooks.get_hooks("on_serve_page")):
        if wrap is not check_view_restrictions:
            answer = wrap(answer)
    for ask in hooks.get_hooks("before_serve_page"):
        refusal = ask(page, request, args, kwargs)
        if isinstance(refusal, HttpResponse):
            return refusal
    response: HttpResponse = answer(page, request, args, kwargs)
    if not request.user.is_authenticated:
        same_for_everybody(request, response, page=page)
    return response


def _serve_page(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    response: HttpResponse = page.serve(request, *args, **kwargs)
    return response


def find_route(request: HttpRequest, path: str) -> RouteResult:
    """The page that answers ``path`` in the language of the request; raises ``Http404``."""
    components = [component for component in path.split("/") if component]
    site = site_of(request)
    root = root_path(site, get_language() or "") if site is not None else None
    if root is None or len(components) > MAX_DEPTH:
        raise Http404
    paths = [root]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    page = None
    if not request.user.is_authenticated:
        page = _often_asked(paths, components)
    page = page or _deepest(paths)
    below = components[paths.index(page.url_path) :]
    return page.route(request, below)


def _deepest(paths: list[str]) -> Page:
    """The deepest page at one of these ``paths``, published or not, in two queries."""
    # Addresses have no index of their own, the words they end in have.
    slugs = {path.rstrip("/").rpartition("/")[2] for path in paths}
    deepest = Page.objects.filter(slug__in=slugs, url_path__in=paths).order_by("-depth")
    found = deepest.values_list("pk", "content_type_id").first()
    if found is None:
        raise Http404
    return as_its_type(*found)


def _often_asked(paths: list[str], components: list[str]) -> Page | None:
    """From memory: the page at this very place, or the one above that has a view for the rest."""
    known = remember("often-asked", _all_often_asked)
    depth = max((number for number, path in enumerate(paths) if path in known), default=None)
    if depth is None:
        return None
    pk, kind = known[paths[depth]]
    rest = components[depth:]
    if rest and kind not in _kinds_with_views():
        return None
    page = remember(f"page:{pk}", lambda: as_its_type(pk, kind))
    if rest:
        # A page's own views go before the pages below it, as with Wagtail.
        try:
            page.resolve_subpage(f"/{'/'.join(rest)}/")
        except Http404:
            return None
    return page


def _kinds_with_views() -> set[int]:
    models = [model for model in _models_often_asked() if issubclass(model, RoutablePageMixin)]
    return {found.pk for found in ContentType.objects.get_for_models(*models).values()}


@cache
def _models_often_asked() -> list[type[BasePage]]:
    return [m for m in apps.get_models() if issubclass(m, BasePage) and m.often_asked]


def _all_often_asked() -> dict[str, tuple[int, int]]:
    """Key and type of such pages by place: a dozen in each language."""
    types = ContentType.objects.get_for_models(*_models_often_asked()).values()
    pages = Page.objects.filter(content_type__in=types)
    return {
        path: (pk, kind) for path, pk, kind in pages.values_list("url_path", "pk", "content_type")
    }


def site_of(request: HttpRequest) -> Site | None:
    """As ``Site.find_for_request``, which finds this answer on the request, without its query."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = _matching(request, sites())  # type: ignore[attr-defined]
    found: Site | None = request._wagtail_site  # type: ignore[attr-defined]
    return found


def _matching(request: HttpRequest, sites: list[Site]) -> Site | None:
    """By name and port, else by name where one site alone bears it, else the site by default."""
    hostname = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
    named = [site for site in sites if site.hostname == hostname]
    exact = [site for site in named if str(site.port) == request.get_port()]
    by_default = [site for site in [*named, *sites] if site.is_default_site]
    return next(iter([*exact, *(named if len(named) == 1 else []), *by_default]), None)


def root_path(site: Site, language_code: str) -> str | None:
    """``url_path`` of the home of a language."""
    for root in root_paths():
        if root.site_id == site.pk and root.language_code == language_code:
            return str(root.root_path)
    return None


def as_its_type(pk: int, content_type_id: int) -> Page:
    """The page as its own type with what it is shown with, in one query."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None or not issubclass(model, BasePage):
        return Page.objects.get(pk=pk).specific
    pages = model._default_manager.select_related("locale", *model.served_with)
    found: Page | None = access.knowing_restrictions(pages).filter(pk=pk).first()
    if found is None:  # deleted this very moment
        raise Http404
    return found
