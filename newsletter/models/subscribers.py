"""Subscribers, the append-only ledger of consent, and the present state derived from it.

``ConsentEvent`` is the truth. ``Subscription`` repeats what follows from it, written in the same
transaction by ``newsletter.ledger.record`` (the only writer) and compared with it by
``manage.py check_consent``. docs/decisions/consent.md tells why each column is there.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can happen between an address and a list."""

    ASKED = "asked", _("asked")
    SENT = "sent", _("confirmation mail sent")
    CONFIRMED = "confirmed", _("confirmed")
    CHANGED = "changed", _("changed")
    LEFT = "left", _("left")
    BOUNCED = "bounced", _("bounced")
    ERASED = "erased", _("erased")


class State(models.TextChoices):
    """Where an address stands with a list now."""

    WAITING = "waiting", _("waiting for confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    LEFT = "left", _("left")
    BOUNCED = "bounced", _("unreachable")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def in_state(self, state: str, list_key: str = "") -> Self:
        """Those with at least one list in that state (of that list, if one is named)."""
        rows = Subscription.objects.filter(subscriber=OuterRef("pk"), state=state)
        if list_key:
            rows = rows.filter(list_key=list_key)
        return self.filter(Exists(rows))

    def recipients(self, list_keys: list[str], language: str) -> Self:
        """Who gets a letter sent to these lists in that language, each once."""
        rows = Subscription.objects.filter(
            subscriber=OuterRef("pk"), state=State.CONFIRMED, list_key__in=list_keys
        )
        return self.filter(Exists(rows), language=language)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def people_by_state(self) -> dict[str, int]:
        """How many people have a list in each state, every state named (one query)."""
        rows = self.values_list("state").annotate(models.Count("subscriber", distinct=True))
        return dict.fromkeys(State.values, 0) | dict(rows.order_by())

    def readers_by_list(self, language: str) -> dict[str, int]:
        """How many read each list in that language now (one query)."""
        rows = self.filter(state=State.CONFIRMED, subscriber__language=language)
        return dict(rows.values_list("list_key").annotate(models.Count("pk")).order_by())


class Subscriber(models.Model):
    """An address that asked for something. The only place where the address is written."""

    # What the ledger and signed links know a subscriber by; says nothing about the person.
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    address = models.CharField(_("e-mail address"), max_length=254, unique=True)
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(_("first asked on"), default=timezone.now)
    seen_at = models.DateTimeField(
        _("last sign of life"), default=timezone.now, help_text=_("A form sent or a link used.")
    )
    asked_again_at = models.DateTimeField(null=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="subscriber_newest"),
            models.Index(fields=["seen_at"], name="subscriber_seen"),
        ]
        permissions = [
            ("export_subscriber", "Can export subscribers"),
            ("import_subscriber", "Can import subscribers"),
        ]

    def __str__(self) -> str:
        return self.address


class Subscription(models.Model):
    """The present state of one list for one subscriber, derived from the ledger."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    list_key = models.CharField(_("letter"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    since = models.DateTimeField(_("since"))

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "list_key"], name="one_state_a_list")
        ]
        indexes = [
            models.Index(fields=["list_key", "state"], name="subscription_by_list"),
            # Counted for the team without a look at the rows.
            models.Index(fields=["state", "subscriber"], name="subscription_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.list_key}: {self.get_state_display()}"


class AppendOnlyError(Exception):
    """Somebody tried to rewrite the ledger."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows are added. Retention alone takes whole trails away (``newsletter.retention``)."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError("The ledger of consent is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("The ledger of consent is append-only.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnlyError("The ledger of consent is append-only.")

    def forget(self) -> int:
        """Take trails away for good, at the end of their lawful time. For ``retention`` only."""
        count = self.count()
        self._raw_delete(self.db)
        return count


class AppendOnly(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("The ledger of consent is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("The ledger of consent is append-only.")


class ConsentText(AppendOnly):
    """An exact text that somebody was shown, kept once, found by its hash."""

    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    text = models.TextField(_("text"))
    first_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("consent text")

    def __str__(self) -> str:
        return f"{self.language} {self.digest[:12]}"


class ConsentEvent(AppendOnly):
    """One line of the ledger. No address, of mail or of a machine, stands in it."""

    class Source(models.TextChoices):
        FORM = "form", _("form of the site")
        LINK = "link", _("link of a mail")
        ONE_CLICK = "one_click", _("button of the mail program")
        IMPORT = "import", _("import with proof")
        PROVIDER = "provider", _("report of the mail provider")
        TEAM = "team", _("the team, on request")
        RETENTION = "retention", _("end of the time of keeping")

    subject = models.UUIDField(db_index=True)
    kind = models.CharField(_("event"), max_length=10, choices=Kind.choices)
    list_key = models.CharField(_("letter"), max_length=60, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    # Which asking a confirmation answers: a link confirms what its own mail was about.
    ask = models.UUIDField(null=True)
    text = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=10, blank=True)
    # As text: a page that is deleted must not rewrite the ledger.
    page = models.CharField(_("page"), max_length=255, blank=True)
    source = models.CharField(_("how"), max_length=10, choices=Source.choices)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    # Only on the last line of an erased trail: lets a complaint find it, and tells no address.
    address_key = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering: ClassVar[list[str]] = ["pk"]
        indexes = [models.Index(fields=["kind", "at"], name="consent_by_kind")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.list_key}"
