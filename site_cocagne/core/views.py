"""Views that belong to no page: site map, health, errors."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from . import access, health, metrics, routing
from .listing import paginate
from .memo import remember
from .models.settings import Organisation
from .pagecache import for_everybody
from .signals import checking_readiness

logger = logging.getLogger(__name__)

SITE_MAP_PER_PAGE = 100
# The answer is worked out anew each time; whoever keeps it must ask again after that.
SECURITY_CONTACT_HOLDS = datetime.timedelta(days=180)


@for_everybody
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page this reader may read, in the order of the tree, a hundred at a time."""
    language = get_language()
    pages = Page.objects.filter(locale__language_code=language, depth__gte=2)
    shown = access.visible_to(request.user, pages).order_by("path")
    # Counting goes through every page of the site: once a generation where all are told the same.
    if request.user.is_authenticated:
        total = shown.count()
    else:
        total = remember(f"map:count:{language}", shown.count)
    results = paginate(shown.select_related("locale"), request, SITE_MAP_PER_PAGE, total)
    return render(request, "site_map.html", {"results": results})


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of anybody else."""
    return JsonResponse({"status": "alive"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The process can serve: the database answers and its migrations are all there.

    What is only worse than it should be (no cache, little room) is named and stops nothing:
    a site whose cache is away must not be taken out of service for it.
    """
    try:
        found = {finding.name: finding for finding in health.findings()}
        answers: list[tuple[Any, Any]] = (
            checking_readiness.send(None) if found["database"].is_good else []
        )
    except DatabaseError as error:
        logger.warning("Not ready: %s", type(error).__name__)
        return JsonResponse({"status": "no database"}, status=503)
    if not found["database"].is_good:
        return JsonResponse({"status": "no database"}, status=503)
    if not found["migrations"].is_good:
        return JsonResponse({"status": "migrations missing"}, status=503)
    late = [answer[0] for _receiver, answer in answers if answer and answer[1]]
    if late:
        return JsonResponse({"status": "late", "late": late}, status=503)
    worse = [name for name, finding in found.items() if not finding.is_good]
    return JsonResponse({"status": "ready", **({"look": worse} if worse else {})})


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with the token that the environment names; nobody else finds anything."""
    given = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(given, wanted):
        raise Http404
    return HttpResponse(metrics.text(), content_type=metrics.MEDIA_TYPE)


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
    site = routing.site_of(request)
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
