"""Views that belong to no page: site map, health, errors."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from . import access
from .listing import paginate
from .models.settings import Organisation
from .signals import checking_readiness

logger = logging.getLogger(__name__)

SITE_MAP_PER_PAGE = 100
# The answer is worked out anew each time; whoever keeps it must ask again after that.
SECURITY_CONTACT_HOLDS = datetime.timedelta(days=180)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page this reader may read, in the order of the tree, a hundred at a time."""
    pages = Page.objects.filter(locale__language_code=get_language(), depth__gte=2)
    shown = access.visible_to(request.user, pages).order_by("path")
    return render(
        request,
        "site_map.html",
        {"results": paginate(shown.select_related("locale"), request, SITE_MAP_PER_PAGE)},
    )


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anybody else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The process can serve: the database answers and its migrations are all there."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:  # noqa: BLE001 (any database error means: not ready)
        logger.warning("Not ready: %s", type(error).__name__)
        return JsonResponse({"status": "no database"}, status=503)
    if pending:
        return JsonResponse({"status": "migrations missing"}, status=503)
    answers: list[tuple[Any, Any]] = checking_readiness.send(None)
    late = [answer[0] for _receiver, answer in answers if answer and answer[1]]
    if late:
        return JsonResponse({"status": "late", "late": late}, status=503)
    return JsonResponse({"status": "ready"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may walk: the pages, not the admin nor the endless filters."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /mon-espace/",
        "Disallow: /recherche/",
        f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of the site (RFC 9116): the address of the association."""
    site = Site.find_for_request(request)
    organisation = Organisation.objects.filter(site=site).first()
    if organisation is None or not organisation.email:
        raise Http404
    until = (timezone.now() + SECURITY_CONTACT_HOLDS).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{organisation.email}",
        f"Expires: {until.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no context, no tag that could fail again."""
    return HttpResponse(loader.get_template("500.html").render({}), status=500)
