"""Events that members propose: who proposed which, and what became of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Of one person: in a day, and waiting at the same time.
A_DAY = 5
WAITING = 10


class ProposalManager(models.Manager["Proposal"]):
    def is_too_much(self, user: Any, now: datetime.datetime | None = None) -> bool:
        """Has this person proposed as much as one person may?"""
        mine = self.filter(user=user)
        since = (now or timezone.now()) - datetime.timedelta(days=1)
        if mine.filter(created_at__gt=since).count() >= A_DAY:
            return True
        return mine.filter(fate__in=Proposal.OPEN).count() >= WAITING


class Proposal(models.Model):
    """A member's proposal. The event is an ordinary draft page; this row stands beside it."""

    class Fate(models.TextChoices):
        RECEIVED = "received", _("being read")
        RETURNED = "returned", _("sent back to you: something should change")
        PUBLISHED = "published", _("in the agenda")
        DECLINED = "declined", _("not kept")

    OPEN = (Fate.RECEIVED, Fate.RETURNED)

    page = models.OneToOneField(
        "events.EventPage", null=True, on_delete=models.SET_NULL, related_name="proposal"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_proposals"
    )
    # Kept here because a page that was declined is deleted.
    title = models.CharField(max_length=255)
    start_date = models.DateField()
    note = models.TextField(blank=True, max_length=2000)
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.RECEIVED)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    objects = ProposalManager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["user", "created_at"], name="proposals_of_somebody")]

    def __str__(self) -> str:
        return self.title

    def meets(self, fate: str, answer: str = "") -> None:
        """Note what became of it."""
        self.fate, self.answer, self.decided_at = fate, answer, timezone.now()
        self.save(update_fields=["fate", "answer", "decided_at"])

    @property
    def is_published(self) -> bool:
        return self.fate == self.Fate.PUBLISHED

    @property
    def may_be_amended(self) -> bool:
        """Sent back, and still a draft: the one who proposed it may change it and send it again."""
        page = self.page
        return self.fate == self.Fate.RETURNED and page is not None and not page.live
