"""What is published, taken back or deleted is at once found, or found no more."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from ..memo import new_generation
from ..models import DocumentText, SearchEntry, SearchPin, SiteDocument, SynonymGroup


def on_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    from .entries import index_page

    index_page(instance)


def on_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Sent before a deletion too, while the row still says that the page is published."""
    from .entries import forget_page

    forget_page(instance)


def on_saved(sender: type[Any], instance: Any, created: bool = False, **kwargs: Any) -> None:
    """Aliases and pages made in code are published without being published by anybody."""
    if kwargs.get("raw"):
        return
    if issubclass(sender, Page):
        if created and instance.live and sender is not Page:
            on_page(sender, instance)
    elif sender in {SynonymGroup, SearchPin}:
        new_generation()


def on_document(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A new file is read in the background; the entry follows what is known now."""
    from .entries import index_document
    from .reading import read_document, wants_reading

    if kwargs.get("raw"):
        return
    index_document(instance.document if sender is DocumentText else instance)
    if sender is SiteDocument and wants_reading(instance):
        transaction.on_commit(lambda: read_document.enqueue(instance.pk))


def on_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    if sender is SearchEntry:
        from .engines import forget

        forget([instance.pk])
    elif sender in {SynonymGroup, SearchPin}:
        new_generation()


def watch() -> None:
    """Listen; called when the app is ready."""
    page_published.connect(on_page, dispatch_uid="search.published")
    page_unpublished.connect(on_unpublished, dispatch_uid="search.unpublished")
    post_save.connect(on_saved, dispatch_uid="search.saved")
    post_save.connect(on_document, sender=DocumentText, dispatch_uid="search.text")
    post_save.connect(on_document, sender=SiteDocument, dispatch_uid="search.document")
    post_delete.connect(on_deleted, dispatch_uid="search.deleted")
