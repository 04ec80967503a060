"""What the composition root adds to the frame and to the admin."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from wagtail import hooks

from site_cocagne.core.access import visible_to

from .models import AccessibilityPage


@hooks.register("describe_foot_links")
def status_of_the_statement(keys: Collection[UUID], language_code: str) -> dict[UUID, str]:
    """« Accessibilité : partiellement conforme »: the law asks for it on every page."""
    from django.contrib.auth.models import AnonymousUser

    statements = AccessibilityPage.objects.in_language(language_code).filter(
        translation_key__in=keys
    )
    shown = visible_to(AnonymousUser(), statements).only("translation_key", "audited_on", "rate")
    return {page.translation_key: str(page.status) for page in shown}
