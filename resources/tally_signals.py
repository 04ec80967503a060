"""What changes where a resource is counted: published, closed, moved, sorted anew, deleted."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from site_cocagne.core import access
from site_cocagne.core.models import Mission, Theme
from site_cocagne.core.signals import rebuilding_index

from . import tally
from .models import ResourceMission, ResourcePage, ResourceTheme, ToolboxPage, resource_saved


def on_resource(sender: type[Any], instance: Page, **kwargs: Any) -> None:
    """With its kin: a page that closes closes its translations."""
    resource = instance.specific
    if isinstance(resource, ResourcePage):
        tally.refresh(list(access.kin_of(resource).values_list("pk", flat=True)))


def on_row(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A row written by itself; those that a page writes are followed once, with the page."""
    page = instance._state.fields_cache.get("page")
    if page is None or not page.is_writing_rows:
        tally.refresh([instance.page_id])


def on_deletion(sender: type[Any], instance: ResourcePage, **kwargs: Any) -> None:
    tally.refresh([instance.pk])


def on_toolbox(sender: type[Any], instance: ToolboxPage, **kwargs: Any) -> None:
    if kwargs.get("created") and not kwargs.get("raw"):
        tally.rebuild(instance.pk)


def on_slug(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A mission or theme that changed its word in addresses: all its resources, or none."""
    facet, model = ROWS[sender]
    pages = model.objects.filter(**{facet: instance}).values_list("page_id", flat=True)
    first = tally.Tallied.objects.filter(pk__in=pages).first()
    if first is not None and (facet, instance.slug) not in first.facts[1]:
        tally.refresh(list(pages))


def on_rebuilding(sender: Any, **kwargs: Any) -> str:
    return f"{tally.rebuild_all()} resources are counted in the toolbox."


ROWS: dict[type[Any], tuple[str, Any]] = {
    Mission: ("mission", ResourceMission),
    Theme: ("theme", ResourceTheme),
}


def watch() -> None:
    """Listen; called when the app is ready."""
    for signal in (resource_saved, page_published, page_unpublished, post_page_move):
        signal.connect(on_resource, dispatch_uid="resources.tally.page")
    post_delete.connect(on_deletion, sender=ResourcePage, dispatch_uid="resources.tally.deleted")
    post_save.connect(on_toolbox, sender=ToolboxPage, dispatch_uid="resources.tally.toolbox")
    for taxonomy, (_facet, row) in ROWS.items():
        post_save.connect(on_slug, sender=taxonomy, dispatch_uid=f"resources.tally.{taxonomy}")
        for change in (post_save, post_delete):
            change.connect(on_row, sender=row, dispatch_uid=f"resources.tally.{row}")
    rebuilding_index.connect(on_rebuilding, dispatch_uid="resources.tally.rebuild")
