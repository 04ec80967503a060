"""Conventions of the project as system checks: ``manage.py check`` fails where one is broken."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from wagtail.fields import StreamField
from wagtail.models import Page

from .fields import StoryField
from .models import BasePage

OUR_LABELS = {"core", "home", "resources", "events", "newsletter", "members", "editorial"}


def our_page_types() -> list[type[Page]]:
    return [m for m in apps.get_models() if issubclass(m, Page) and m._meta.app_label in OUR_LABELS]


@register()
def page_types_follow_the_rules(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A page type says where it stands, what stands below it, and what it is for."""
    errors: list[CheckMessage] = []
    for model in our_page_types():
        if not issubclass(model, BasePage):
            errors.append(
                Error("A page type derives from core.BasePage.", obj=model, id="cocagne.E001")
            )
        errors.extend(
            Error(f"This page type has no {name}.", obj=model, id="cocagne.E002")
            for name in ("parent_page_types", "subpage_types", "page_description")
            if name not in vars(model)
        )
    return errors


@register()
def stream_fields_are_ours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each StreamField is a ``StoryField``, so that migrations stay light."""
    return [
        Error(f"{field.name} must be a core.fields.StoryField.", obj=model, id="cocagne.E003")
        for model in apps.get_models()
        if model._meta.app_label in OUR_LABELS
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and not isinstance(field, StoryField)
    ]
