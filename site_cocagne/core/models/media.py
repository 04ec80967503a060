"""Pictures and documents.

Originals and documents live in the private storage, which no web server serves; only the
renditions of public pictures stand in the public one.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
    WagtailImageField,
)
from wagtail.images.models import get_upload_to as image_upload_to

from ..documents import read_document_facts, size_in_words
from ..storages import RESERVED


def private_storage() -> Storage:
    """The storage of files that only our own views hand out."""
    return storages["private"]


class SiteImage(AbstractImage):
    """A picture; its alternative text is its ``description``, as Wagtail names it."""

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=image_upload_to,
        width_field="width",
        height_field="height",
        storage=private_storage,
    )
    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        help_text=_("Who made the picture, and its licence."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions: ClassVar[list[tuple[str, str]]] = [("choose_image", "Can choose image")]

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Several at once, as the database holds them.

        Wagtail makes them in one statement that ignores conflicts, after which they have no key;
        and where another process was faster, not the file that the database names. The address
        of a reserved one needs the key. Raises ``SourceImageIOError`` where a store refuses.
        """
        try:
            made: dict[Filter, AbstractRendition] = super().create_renditions(*filters)
        except OSError as error:
            # A store that is full or away costs the picture: what Wagtail does for a missing file.
            raise SourceImageIOError(str(error)) from error
        if all(rendition.pk for rendition in made.values()):
            return made
        rows = SiteRendition.objects.filter(image=self)  # not what was prefetched before
        stored = {(each.filter_spec, each.focal_point_key): each for each in rows}
        return {
            each: stored.get((each.spec, each.get_cache_key(self)), rendition)
            for each, rendition in made.items()
        }


class SiteRendition(AbstractRendition):
    """One size and format of a picture.

    It stands in the public storage only while anybody may see the picture: where it is put is
    decided when it is made, and ``core.pictures`` throws it away when the answer changes.
    """

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        from ..access import public_images

        public = self.image_id in public_images([self.image_id])
        return f"{'' if public else RESERVED}{super().get_upload_to(filename)}"

    @property
    def url(self) -> str:
        """The file itself where it is public; else the view that asks who looks."""
        name = self.file.name
        if name.startswith(RESERVED):
            return reverse("reserved_picture", args=[self.pk, name.rpartition("/")[2]])
        return str(self.file.url)


class SiteDocument(AbstractDocument):
    """A file to download, with what can be said of it without opening it."""

    file = models.FileField(upload_to="documents", verbose_name=_("file"), storage=private_storage)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    duration = models.PositiveIntegerField(
        _("duration in seconds"), null=True, blank=True, editable=False
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("What is said and heard, for those who cannot hear or see the recording."),
    )
    captions = models.ForeignKey(
        "self",
        verbose_name=_("captions"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A WebVTT file with the captions of this video."),
    )

    admin_form_fields = ("title", "file", "collection", "tags", "transcript", "captions")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions: ClassVar[list[tuple[str, str]]] = [("choose_document", "Can choose document")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not getattr(self.file, "_committed", True):
            self.settle_facts()
        super().save(*args, **kwargs)

    def settle_facts(self) -> None:
        """Read pages, length, size and hash of the file that is there now."""
        facts = read_document_facts(self.file.file, self.file_extension)
        self.page_count, self.duration = facts.page_count, facts.duration
        self._set_document_file_metadata()

    @property
    def kind(self) -> str:
        """``audio``, ``video``, ``picture`` or ``file``: how a page shows it."""
        extension = self.file_extension.lower()
        if extension in {"mp3", "ogg", "oga", "wav", "m4a"}:
            return "audio"
        if extension in {"mp4", "webm"}:
            return "video"
        if extension in {"png", "jpg", "jpeg", "webp"}:
            return "picture"
        return "file"

    @property
    def facts(self) -> str:
        """What one knows before opening it: « PDF – 1,2 Mo – 14 p. », « audio – 12 min »."""
        if self.duration and self.kind in {"audio", "video"}:
            kind = _("audio") if self.kind == "audio" else _("video")
            length = _("%(n)s min") % {"n": self.duration_minutes}
            return f"{kind} – {length}"
        parts = [self.file_extension.upper() or str(_("file"))]
        if self.file_size:
            parts.append(size_in_words(self.file_size))
        if self.page_count:
            parts.append(_("%(n)s p.") % {"n": self.page_count})
        return " – ".join(map(str, parts))

    @property
    def duration_minutes(self) -> int:
        """Length of a recording in whole minutes, at least one."""
        return max(1, round((self.duration or 0) / 60))
