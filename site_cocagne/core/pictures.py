"""Renditions stand where their picture's readers are: public or not, at every change.

When what is published changes, the renditions of the pictures concerned that stand on the wrong
side are thrown away; the next page that shows them makes them anew on the right one. Nothing is
moved, so nothing is left half moved, and a public address of a picture that was closed is dead.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.signals import page_published, page_unpublished

from . import access
from .models import SiteImage, SiteRendition
from .models.audience import AudienceMixin
from .storages import RESERVED


def settle_pictures(ids: Collection[int] | None = None) -> int:
    """Throw away the renditions that stand on the wrong side; of ``ids``, or of all. How many."""
    renditions = SiteRendition.objects.all()
    if ids is not None:
        if not ids:
            return 0
        renditions = renditions.filter(image__in=ids)
    shown = set(renditions.values_list("image_id", flat=True))
    public = access.public_images(shown)
    stray = renditions.filter(
        (Q(image__in=public) & Q(file__startswith=RESERVED))
        | (Q(image__in=shown - public) & ~Q(file__startswith=RESERVED))
    )
    found = list(stray)
    for rendition in found:
        rendition.delete()  # one by one: the file and the cached copy go with it
    return len(found)


def pictures_of(pages: Collection[int]) -> set[int]:
    """Pictures to which these pages refer, by the reference index."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pages],
        to_content_type=ContentType.objects.get_for_model(SiteImage),
    )
    return {int(pk) for pk in rows.values_list("to_object_id", flat=True)}


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Published or unpublished: its pictures, those of its kin with it.

    The index of references is brought up to date here, not by the task that may run later:
    documents and pictures are as closed as it says.
    """
    page = instance.specific
    ReferenceIndex.create_or_update_for_object(page)
    kin = {page.pk}
    if isinstance(page, AudienceMixin):
        kin |= set(access.kin_of(page).values_list("pk", flat=True))
    settle_pictures(pictures_of(kin))


def restriction_changed(sender: Any, **kwargs: Any) -> None:
    """A restriction closes or opens a whole section: every picture is looked at."""
    settle_pictures()


def watch() -> None:
    """Listen to what opens and closes pictures; called when the app is ready."""
    page_published.connect(page_changed, dispatch_uid="pictures.published")
    page_unpublished.connect(page_changed, dispatch_uid="pictures.unpublished")
    for model in (PageViewRestriction, CollectionViewRestriction):
        for signal in (post_save, post_delete):
            signal.connect(restriction_changed, sender=model)
    post_save.connect(picture_changed, sender=SiteImage, dispatch_uid="pictures.saved")


def picture_changed(sender: Any, instance: SiteImage, created: bool, **kwargs: Any) -> None:
    """A picture put into another collection may be more or less open there."""
    if not created:
        settle_pictures([instance.pk])
