"""The parts of the tree over which ``roles.py`` gives rights and lays workflows."""

from __future__ import annotations

from django.apps import apps
from wagtail.models import Page

from site_cocagne.roles import Section

from .access import reserved_models


def section_pages(section: Section) -> list[Page]:
    """The pages at the top of a section, in every language."""
    if section is Section.SITE:
        home = apps.get_model("home", "HomePage")
        return list(Page.objects.filter(pk__in=home.objects.values("pk")))
    tops = Page.objects.none()
    for model in reserved_models():
        if "Index" in model.__name__:
            tops = tops | Page.objects.filter(pk__in=model._default_manager.values("pk"))
    return list(tops)
