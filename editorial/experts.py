"""Which référent·e·s are asked for their opinion on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, get_page_models

from site_cocagne.core.models import Mission


def missions_of(page: Page) -> set[str]:
    """Short names of the missions the latest draft of a page is about."""
    specific = page.specific
    draft = specific.get_latest_revision_as_object() if specific.latest_revision_id else specific
    found = {row.mission.slug for row in _rows(draft) if row.mission_id}
    mission = getattr(draft, "mission", None)
    return found | ({mission.slug} if mission is not None else set())


def _rows(page: Page) -> Iterable[Any]:
    rows = getattr(page, "mission_rows", None)
    return rows.all() if rows is not None else []


def about(slug: str) -> Q:
    """Pages about a mission, of every type that names missions, as they stand in the tree."""
    missions = list(Mission.objects.filter(slug=slug).values_list("pk", flat=True))
    found = Q(pk__in=[])
    for model in get_page_models():
        relations = {field.name: field for field in model._meta.get_fields()}
        if "mission_rows" in relations:
            rows = relations["mission_rows"].related_model._default_manager
            found |= Q(pk__in=rows.filter(mission__in=missions).values("page"))
        if "mission" in relations:
            named = model._default_manager.filter(mission__in=missions)
            found |= Q(pk__in=named.values("pk"))
    return found


def experts_of(slugs: set[str], groups: QuerySet[Group]) -> QuerySet[Any]:
    """Active people of these groups whose affiliation of today names one of these missions.

    The affiliation is reached by its related name: the account stands in another app.
    """
    today = timezone.localdate()
    people = get_user_model()._default_manager
    if not slugs:
        return people.none()
    running = Q(affiliations__ended_on__isnull=True) | Q(affiliations__ended_on__gt=today)
    return (
        people.filter(
            running,
            is_active=True,
            groups__in=groups,
            affiliations__missions__slug__in=slugs,
        )
        .distinct()
        .order_by("pk")
    )
