"""What the composition root adds to the frame and to the admin."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from site_cocagne.core.access import visible_to

from .components import components
from .models import AccessibilityPage, EcodesignPage

# The facts that the word at the foot of pages follows from; no long column is read for it.
STATUS_FACTS: dict[type[AccessibilityPage] | type[EcodesignPage], tuple[str, ...]] = {
    AccessibilityPage: ("audited_on", "rate"),
    EcodesignPage: ("assessed_on", "criteria_met", "criteria_applying"),
}


@hooks.register("describe_foot_links")
def status_of_the_declarations(keys: Collection[UUID], language_code: str) -> dict[UUID, str]:
    """« Accessibilité : partiellement conforme »: the law asks for it on every page."""
    found: dict[UUID, str] = {}
    for model, facts in STATUS_FACTS.items():
        pages = model.objects.in_language(language_code).filter(translation_key__in=keys)
        shown = visible_to(AnonymousUser(), pages).only("translation_key", *facts)
        found |= {page.translation_key: str(page.status) for page in shown}
    return found


@hooks.register("register_admin_urls")
def address_of_the_components() -> list[URLPattern]:
    return [path("composants/", components, name="site_components")]


@hooks.register("register_help_menu_item")
def components_in_the_help() -> MenuItem:
    return MenuItem(
        _("Components of the site"), reverse("site_components"), icon_name="grip", order=20
    )
