"""How much each resource is used: totals by day, and nothing about who.

No cookie, no address, no account, no moment of the day: one row a resource and a day with two
numbers. Robots that say what they are count nothing.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import ResourceFile, ResourcePage


class DailyUse(models.Model):
    """Views and downloads of a resource on a day."""

    page = models.ForeignKey(
        ResourcePage, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="uses"
    )
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("use of a resource")
        verbose_name_plural = _("use of the resources")
        ordering = ["-day", "-views"]
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="resource_use_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.page} – {self.day:%Y-%m-%d}"


class UseTotal(models.Model):
    """Views and downloads of a resource since it exists: what « most used » sorts by."""

    page = models.OneToOneField(
        ResourcePage, primary_key=True, on_delete=models.CASCADE, related_name="use_total"
    )
    total = models.PositiveIntegerField(default=0, db_index=True)

    def __str__(self) -> str:
        return f"{self.page}: {self.total}"


def count_view(page_id: int) -> None:
    _count([page_id], "views")


def count_download(document_id: int) -> None:
    """Counts for each published resource that offers this document."""
    rows = ResourceFile.objects.filter(document_id=document_id, page__live=True)
    _count(list(rows.values_list("page_id", flat=True).distinct()), "downloads")


def _count(pages: list[int], what: str) -> None:
    """One more for each page, today. Two at once add up: the database does the sum."""
    today = timezone.localdate()
    for page in pages:
        if not DailyUse.objects.filter(page_id=page, day=today).update(**{what: F(what) + 1}):
            DailyUse.objects.bulk_create([DailyUse(page_id=page, day=today)], ignore_conflicts=True)
            DailyUse.objects.filter(page_id=page, day=today).update(**{what: F(what) + 1})
        if not UseTotal.objects.filter(pk=page).update(total=F("total") + 1):
            UseTotal.objects.bulk_create([UseTotal(pk=page)], ignore_conflicts=True)
            UseTotal.objects.filter(pk=page).update(total=F("total") + 1)
