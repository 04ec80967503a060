"""What the provider still has to be told, and what it has told."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .queue import QueuedWork


class ProviderUpdate(QueuedWork):
    """An address whose copy at the provider may be out of date. Gone once the provider knows.

    It says nothing of what changed: the worker tells the provider what is true at that moment, so
    that updates can be repeated, and come late, without harm.
    """

    address = models.CharField(_("e-mail address"), max_length=254, unique=True)
    # Counts the reasons: one that comes while the provider is being told asks for another round.
    generation = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("update of the provider")
        verbose_name_plural = _("updates of the provider")
        indexes = [models.Index(fields=["state", "not_before"], name="provider_update_due")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} ({self.get_state_display()})"


class ProviderReport(models.Model):
    """A report that was received, by its keyed hash: the same one twice does nothing more."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("report of the provider")
        verbose_name_plural = _("reports of the provider")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.digest[:12]}"
