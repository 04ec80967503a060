"""What the nightly check found: faults of published pages, and how links to other sites fare."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

MAX_ADDRESS = 800


class Finding(models.Model):
    """One fault of a published page, as of the last night."""

    class Kind(models.TextChoices):
        QUALITY = "quality", _("quality")
        LINK = "link", _("link")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    field = models.CharField(max_length=100, blank=True)
    message = models.TextField()
    is_error = models.BooleanField(default=True)
    found_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return f"{self.page}: {self.message}"


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    def broken(self) -> ExternalLinkQuerySet:
        """Failed on two different days, and never answered in between."""
        return self.filter(last_failed_on__gt=models.F("first_failed_on"))


class ExternalLink(models.Model):
    """An address on another site, the published pages that name it, and how it answers."""

    url = models.CharField(max_length=MAX_ADDRESS, unique=True)
    pages = models.ManyToManyField(Page, related_name="+")
    checked_at = models.DateTimeField(null=True, db_index=True)
    first_failed_on = models.DateField(null=True)
    last_failed_on = models.DateField(null=True)
    detail = models.CharField(max_length=200, blank=True)

    objects = ExternalLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        first, last = self.first_failed_on, self.last_failed_on
        return first is not None and last is not None and last > first

    def answered(self) -> None:
        self.first_failed_on = self.last_failed_on = None
        self._checked("")

    def failed(self, detail: str, on: datetime.date | None = None) -> None:
        """One failure may be a bad night of theirs: red needs a second on another day."""
        self.last_failed_on = on or timezone.localdate()
        self.first_failed_on = self.first_failed_on or self.last_failed_on
        self._checked(detail)

    def _checked(self, detail: Any) -> None:
        self.checked_at, self.detail = timezone.now(), str(detail)[:200]
        self.save()
