"""Review dates: who looks after a page, and by when somebody checks that it still holds.

One row beside the page and no field on it: verifying is not a change of the page, it needs no
revision and no publication (docs/decisions/editorial-workflow.md).
"""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# Months between two looks at a page, by type; a type that is not named is never reviewed.
INTERVALS = {
    "home.contentpage": 12,
    "home.missionpage": 12,
    "home.joinpage": 12,
    "home.alliancespage": 12,
    "resources.resourcepage": 24,
    "resources.brandpage": 12,
    "newsletter.newsletterpage": 12,
}


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, ``months`` later; the last one where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


class ReviewQuerySet(models.QuerySet["Review"]):
    def due(self, on: datetime.date | None = None) -> ReviewQuerySet:
        """Published pages whose day has come, the longest overdue first."""
        return self.filter(due_on__lte=on or timezone.localdate(), page__live=True).order_by(
            "due_on", "pk"
        )


class Review(models.Model):
    """When a page was last verified, by whom, and when somebody looks again."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="review")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looks after it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    months = models.PositiveSmallIntegerField(
        _("months between two checks"),
        null=True,
        blank=True,
        help_text=_("Left empty: the usual interval of this type of page."),
    )
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("to check by"), null=True, blank=True, db_index=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review date")
        verbose_name_plural = _("review dates")

    def __str__(self) -> str:
        return f"{self.page} – {self.due_on}"

    @classmethod
    def of(cls, page: Page) -> Review:
        """The row of the page, made where there is none; who wrote the page looks after it."""
        row, _created = cls.objects.select_related("page").get_or_create(
            page_id=page.pk, defaults={"owner_id": page.owner_id}
        )
        return row

    def verified(self, user: Any, on: datetime.date | None = None) -> None:
        """All of the page still holds on that day (today): the next date follows from it."""
        self.verified_on, self.verified_by = on or timezone.localdate(), user
        self.settle()

    def settle(self) -> None:
        """Work out the next date and save."""
        label = self.page.content_type.app_label + "." + self.page.content_type.model
        months = self.months or INTERVALS.get(label)
        start = self.verified_on or timezone.localdate()
        self.due_on = months_later(start, months) if months else None
        self.save()


class Heartbeat(models.Model):
    """When a job ran last."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.beat_at}"

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})

    @classmethod
    def late(cls, name: str, after: datetime.timedelta) -> bool:
        """Did it run once, and not since ``after``?"""
        return cls.objects.filter(name=name, beat_at__lt=timezone.now() - after).exists()
