"""How much each resource is used: totals by day, and nothing about who.

No cookie, no address, no account, no moment of the day: one row a resource and a day with two
numbers. Robots that say what they are count nothing.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

from django.db import DatabaseError, models
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from site_cocagne.core.robots import is_robot
from site_cocagne.core.signals import page_handed_out

from .models import ResourceFile, ResourcePage

WRITTEN_EVERY = 60  # seconds


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


class Waiting:
    """Views of pages that were handed out whole, until they are written: once a minute.

    A process that is killed takes the last minute of its figures with it.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.views: Counter[int] = Counter()
        self.written = time.monotonic()

    def add(self, page_id: int) -> None:
        with self.lock:
            self.views[page_id] += 1
            if time.monotonic() - self.written < WRITTEN_EVERY:
                return
            self.written = time.monotonic()
            views, self.views = self.views, Counter()
        try:
            write(views)
        except DatabaseError:
            with self.lock:
                self.views.update(views)

    def flush(self) -> None:
        with self.lock:
            views, self.views = self.views, Counter()
        write(views)


waiting = Waiting()


def write(views: Counter[int]) -> None:
    """Of these pages, which are not all resources, the resources."""
    known = ResourcePage.objects.filter(pk__in=list(views)).values_list("pk", flat=True)
    for page_id in known:
        _count([page_id], "views", views[page_id])


@receiver(page_handed_out, dispatch_uid="resources.count_whole_page")
def count_whole_page(page_id: int, request: HttpRequest, **kwargs: Any) -> None:
    if request.method == "GET" and not is_robot(request):
        waiting.add(page_id)


def count_download(document_id: int) -> None:
    """Counts for each published resource that offers this document."""
    rows = ResourceFile.objects.filter(document_id=document_id, page__live=True)
    _count(list(rows.values_list("page_id", flat=True).distinct()), "downloads")


def _count(pages: list[int], what: str, times: int = 1) -> None:
    """So many more for each page, today. Two at once add up: the database does the sum."""
    today = timezone.localdate()
    for page in pages:
        more, total = {what: F(what) + times}, {"total": F("total") + times}
        if not DailyUse.objects.filter(page_id=page, day=today).update(**more):
            DailyUse.objects.bulk_create([DailyUse(page_id=page, day=today)], ignore_conflicts=True)
            DailyUse.objects.filter(page_id=page, day=today).update(**more)
        if not UseTotal.objects.filter(pk=page).update(**total):
            UseTotal.objects.bulk_create([UseTotal(pk=page)], ignore_conflicts=True)
            UseTotal.objects.filter(pk=page).update(**total)
