"""How people come in: by the invitation of a garden or of the network, after a request."""

from __future__ import annotations

import datetime
import secrets
from typing import ClassVar

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import Affiliation, Garden, UserManager

INVITATION_DAYS = 7
SALT = "members.invitation"


def _new_nonce() -> str:
    return secrets.token_urlsafe(18)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither accepted nor revoked: these may be sent again, even where out of date."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def pending(self) -> InvitationQuerySet:
        """Invitations that can still be accepted now."""
        since = timezone.now() - datetime.timedelta(days=INVITATION_DAYS)
        return self.open().filter(sent_at__gt=since)

    def from_token(self, token: str) -> Invitation | None:
        """The pending invitation that a link names; ``None`` if forged, old, used or replaced."""
        try:
            key, nonce = signing.loads(
                token, salt=SALT, max_age=datetime.timedelta(days=INVITATION_DAYS)
            )
        except (signing.BadSignature, ValueError, TypeError):
            return None
        if not isinstance(key, int) or not isinstance(nonce, str):
            return None
        return self.pending().select_related("garden").filter(pk=key, nonce=nonce).first()


class Invitation(models.Model):
    """Somebody is asked to join a garden's team. The link is signed and lives seven days.

    ``nonce`` is drawn anew when the invitation is sent again: the older link dies with it.
    """

    email = models.EmailField(_("e-mail address"))
    garden = models.ForeignKey(
        Garden, verbose_name=_("garden"), on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Affiliation.Role.choices, default=Affiliation.Role.MEMBER
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    nonce = models.CharField(max_length=32, default=_new_nonce, editable=False)
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar[list[str]] = ["-sent_at"]
        indexes = [models.Index(fields=["email"], name="invitation_by_email")]

    def __str__(self) -> str:
        return f"{self.email} – {self.garden}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.nonce], salt=SALT)

    @property
    def expires_at(self) -> datetime.datetime:
        return self.sent_at + datetime.timedelta(days=INVITATION_DAYS)

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.revoked_at

    @property
    def is_pending(self) -> bool:
        return self.is_open and self.expires_at > timezone.now()

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.accepted_at:
            return str(_("accepted"))
        if self.revoked_at:
            return str(_("revoked"))
        return str(_("pending") if self.is_pending else _("out of date"))

    def renew(self) -> None:
        """A new link and seven new days; the older link opens nothing any more."""
        self.nonce, self.sent_at = _new_nonce(), timezone.now()
        self.save(update_fields=["nonce", "sent_at"])

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


class AccessRequest(models.Model):
    """Somebody asks to be let in; the network's staff answers with an invitation or not."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        INVITED = "invited", _("invited")
        REFUSED = "refused", _("turned down")

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    garden_name = models.CharField(_("garden"), max_length=200)
    occupation = models.CharField(_("occupation in the garden"), max_length=160, blank=True)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.WAITING,
        editable=False,
    )
    created_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)
    handled_at = models.DateTimeField(_("handled on"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} – {self.garden_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
