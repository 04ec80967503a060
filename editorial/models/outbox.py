"""Messages of the workflow: written first, sent after, so that none is lost."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Minutes until the next try, after each failure; the last one is repeated.
DELAYS = (1, 5, 15, 60, 240)
# After this many tries (about four days) a person must look.
MAX_TRIES = 30


class RhythmChoice(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, all together")


class Rhythm(models.Model):
    """How somebody wants the messages of the desk. No row: at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editorial_rhythm"
    )
    choice = models.CharField(
        _("Messages of the editorial desk"),
        max_length=8,
        choices=RhythmChoice.choices,
        default=RhythmChoice.AT_ONCE,
    )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_choice_display()}"

    @classmethod
    def of(cls, user: Any) -> str:
        row = cls.objects.filter(user=user).first()
        return row.choice if row else RhythmChoice.AT_ONCE.value


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self) -> MessageQuerySet:
        """Messages to send now, oldest first.

        One put off for longer than anything is was put off by a clock that was far ahead.
        """
        now = timezone.now()
        never_so_long = now + datetime.timedelta(minutes=DELAYS[-1] + 1)
        return self.filter(
            models.Q(next_try_at__lte=now) | models.Q(next_try_at__gt=never_so_long),
            sent_at__isnull=True,
            in_digest=False,
            tries__lt=MAX_TRIES,
        ).order_by("pk")

    def for_digest(self) -> MessageQuerySet:
        return self.filter(sent_at__isnull=True, in_digest=True).order_by("recipient_id", "pk")

    def stuck(self) -> MessageQuerySet:
        """Messages that are not tried any more."""
        return self.filter(sent_at__isnull=True, tries__gte=MAX_TRIES)


class Message(models.Model):
    """One message to one person, as it will be read."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("your approval is asked")
        OPINION = "opinion", _("your opinion is asked")
        APPROVED = "approved", _("a step is approved")
        RETURNED = "returned", _("changes are asked for")
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        EMERGENCY = "emergency", _("published in an emergency")
        OUTSIDE = "outside", _("a word of an outside reader")
        DIGEST = "digest", _("digest")
        NOTICE = "notice", _("notice to a member")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editorial_messages"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField()
    in_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=255, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="message_to_send")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    def put_off(self, error: Exception) -> None:
        """The server refused it or is down: try again later, and later each time."""
        minutes = DELAYS[min(self.tries, len(DELAYS) - 1)]
        self.tries += 1
        self.error = f"{type(error).__name__}: {error}"[:255]
        self.next_try_at = timezone.now() + datetime.timedelta(minutes=minutes)
        self.save(update_fields=["tries", "error", "next_try_at"])

    def mark_sent(self) -> None:
        self.sent_at, self.error = timezone.now(), ""
        self.save(update_fields=["sent_at", "error"])
