"""Addresses that show more than the site does: a draft, to an outsider; the desk’s calendar."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

SALT = "editorial.draft"


class DraftLinkQuerySet(models.QuerySet["DraftLink"]):
    def read(self, token: str) -> DraftLink | None:
        """The row a signed address belongs to; None where the signature or the revision is wrong.

        Whether it still opens is another question: ``is_open``.
        """
        try:
            told = signing.loads(token, salt=SALT)
            pk, page_id, revision_id = (int(told[name]) for name in ("l", "p", "r"))
        except (signing.BadSignature, KeyError, TypeError, ValueError):
            return None
        rows = self.select_related("page", "revision", "created_by")
        return rows.filter(pk=pk, page_id=page_id, revision_id=revision_id).first()


class DraftLink(models.Model):
    """One revision of one page, shown to whoever holds the address, until a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    for_whom = models.CharField(_("for whom"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField(_("last day"))
    revoked_at = models.DateTimeField(null=True)
    reserved_allowed = models.BooleanField(
        _("may show a page that is kept for members"), default=False
    )

    objects = DraftLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.page} – {self.for_whom}"

    @property
    def token(self) -> str:
        told = {"l": self.pk, "p": self.page_id, "r": self.revision_id}
        return signing.dumps(told, salt=SALT, compress=True)

    def is_open(self, on: datetime.date | None = None) -> bool:
        return self.revoked_at is None and (on or timezone.localdate()) <= self.ends_on

    def revoke(self) -> None:
        self.revoked_at = self.revoked_at or timezone.now()
        self.save(update_fields=["revoked_at"])


class DraftOpinion(models.Model):
    """What a reader of a shared draft said. A comment: it approves nothing."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="opinions")
    name = models.CharField(_("your name"), max_length=100)
    word = models.TextField(_("your comment"), max_length=2000, blank=True)
    favourable = models.BooleanField(_("favourable opinion"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.word}"


def new_key() -> str:
    return secrets.token_urlsafe(24)


class DeskKey(models.Model):
    """The secret in the address of somebody's private calendar feed; a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="editorial_key"
    )
    token = models.CharField(max_length=64, unique=True, default=new_key)
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.user)
