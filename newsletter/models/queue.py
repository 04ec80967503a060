"""What is to be done later, kept in the database: a crash or a dead provider loses nothing."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .subscribers import ConsentText, Subscriber


class SignupRequest(models.Model):
    """A sign-up as the form gave it, before anything was looked up.

    The form writes this one row whatever the address is, so that its answer takes the same time
    for an address that is new, waiting, confirmed or gone.
    """

    address = models.CharField(max_length=254)
    lists = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=255)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class QueuedWork(models.Model):
    """A row of work: taken by one worker at a time, tried again later and later, then given up."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        TAKEN = "taken", _("taken by a worker")
        HANDING = "handing", _("being handed over")
        DONE = "done", _("handed over")
        DOUBT = "doubt", _("in doubt: stopped while handing over")
        FAILED = "failed", _("given up")

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.QUEUED, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(_("handed over on"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Outgoing(QueuedWork):
    """A mail to send to a subscriber. It is written when it leaves, from what is true then."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("confirmation")
        KNOWN = "known", _("already subscribed")
        AGAIN = "again", _("asks whether to go on")
        LETTER = "letter", _("letter")

    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")
    language = models.CharField(max_length=10)
    ask = models.UUIDField(null=True)
    lists = models.JSONField(default=list)
    sending = models.ForeignKey(
        "newsletter.Sending", null=True, on_delete=models.CASCADE, related_name="mails"
    )

    class Meta:
        verbose_name = _("mail to send")
        verbose_name_plural = _("mails to send")
        constraints = [
            # A letter reaches nobody twice, however often it is begun again.
            models.UniqueConstraint(
                fields=["sending", "subscriber"],
                condition=models.Q(sending__isnull=False),
                name="one_mail_a_reader",
            )
        ]
        indexes = [
            models.Index(fields=["state", "not_before"], name="outgoing_due"),
            models.Index(fields=["subscriber", "created_at"], name="outgoing_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.get_state_display()})"
