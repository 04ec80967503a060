"""What must be provable later: acceptances, reminders sent, audits run."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Garden


class BrandAcceptance(models.Model):
    """Who accepted the rules of use of the brand, when, and which version of them.

    ``rules_version`` is the digest of the rules' text: an edit of it asks everybody again.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="brand_acceptances",
    )
    rules_version = models.CharField(_("version of the rules"), max_length=16)
    accepted_at = models.DateTimeField(_("accepted on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("acceptance of the rules of the brand")
        verbose_name_plural = _("acceptances of the rules of the brand")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rules_version"], name="one_acceptance_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.rules_version}"


class MembershipReminder(models.Model):
    """A reminder that was sent: the same one is never sent twice for one membership date."""

    class Step(models.TextChoices):
        MONTH_BEFORE = "before-30", _("30 days before")
        WEEK_BEFORE = "before-7", _("7 days before")
        ON_THE_DAY = "on-0", _("on the day")
        AFTER = "after-15", _("15 days after")

    garden = models.ForeignKey(
        Garden, verbose_name=_("garden"), on_delete=models.CASCADE, related_name="reminders"
    )
    valid_until = models.DateField(_("membership valid until"))
    step = models.CharField(_("reminder"), max_length=10, choices=Step.choices)
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminder of membership")
        verbose_name_plural = _("reminders of membership")
        constraints = [
            models.UniqueConstraint(
                fields=["garden", "valid_until", "step"], name="one_reminder_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.garden} – {self.get_step_display()}"


class AuditRun(models.Model):
    """A run of ``audit_access``: how much was checked, and what leaked."""

    ran_at = models.DateTimeField(_("run on"), default=timezone.now, editable=False)
    checks = models.PositiveIntegerField(_("checks"))
    leaks = models.JSONField(_("leaks"), default=list, blank=True)

    class Meta:
        verbose_name = _("audit of access")
        verbose_name_plural = _("audits of access")
        ordering: ClassVar[list[str]] = ["-ran_at"]

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d %H:%M}"


class GardenImport(models.Model):
    """A file of gardens that somebody brought: its text until it is applied, then who and when."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("brought on"), default=timezone.now, editable=False)
    name = models.CharField(_("file"), max_length=200)
    text = models.TextField(blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied on"), null=True, editable=False)
    created = models.PositiveIntegerField(_("gardens made"), default=0)
    changed = models.PositiveIntegerField(_("gardens changed"), default=0)

    class Meta:
        verbose_name = _("import of gardens")
        verbose_name_plural = _("imports of gardens")
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        return self.name
