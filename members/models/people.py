"""People: who logs in, the gardens they work in, and who is a member today."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from site_cocagne.core.regions import Region


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is kept in lower case, so that it is found again."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return super().normalize_email(email).strip().lower()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: the e-mail address is the login, there is no user name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    # Two fields, because Wagtail's own forms and reports ask for them by name.
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting the account.")
    )
    date_joined = models.DateTimeField(_("account made on"), default=timezone.now, editable=False)
    # Part of what a session is sealed with: raised by one, every session of the account ends.
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    warned_of_purge_on = models.DateField(null=True, blank=True, editable=False)
    anonymised_on = models.DateField(null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email.split("@")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django seals sessions with the password alone; the generation ends them all at will.
        return salted_hmac(
            "members.User.session",
            f"{self.password}|{self.session_generation}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def end_all_sessions(self) -> None:
        """Log this account out everywhere, at the next request of each browser."""
        User.objects.filter(pk=self.pk).update(session_generation=F("session_generation") + 1)
        self.refresh_from_db(fields=["session_generation"])

    def why_closed(self) -> tuple[str, str]:
        """Why a page for members stays shut to this person, and what to do about it."""
        from ..doors import reason_for

        return reason_for(self)

    def brand_rules_accepted_on(self, version: str) -> datetime.datetime | None:
        """When this person accepted that version of the rules of use of the brand, if they did."""
        found = self.brand_acceptances.filter(rules_version=version)
        return found.values_list("accepted_at", flat=True).first()

    def accept_brand_rules(self, version: str) -> None:
        """Write the acceptance down; a second one of the same version keeps the first's date."""
        self.brand_acceptances.get_or_create(rules_version=version)

    def has_current_membership(self, on: datetime.date | None = None) -> bool:
        """Is this person a member on that day (today by default)? Asked anew at every request."""
        return self.is_active and self.affiliations.current(on).exists()


class GardenQuerySet(models.QuerySet["Garden"]):
    def with_membership(self, on: datetime.date | None = None) -> GardenQuerySet:
        """Gardens whose membership runs on that day, the grace period counted in."""
        first_day_still_open = (on or timezone.localdate()) - datetime.timedelta(
            days=settings.MEMBERSHIP_GRACE_DAYS
        )
        return self.filter(
            status__in=[Garden.Status.MEMBER, Garden.Status.PROJECT],
            membership_valid_until__gte=first_day_still_open,
        )

    def to_chase(self, on: datetime.date | None = None) -> GardenQuerySet:
        """Gardens whose membership ends within 30 days or ended within the last 90."""
        day = on or timezone.localdate()
        return self.filter(
            status__in=[Garden.Status.MEMBER, Garden.Status.PROJECT],
            membership_valid_until__range=(
                day - datetime.timedelta(days=90),
                day + datetime.timedelta(days=30),
            ),
        ).order_by("membership_valid_until", "name")


class Garden(models.Model):
    """A Jardin de Cocagne, or the project of one."""

    class Status(models.TextChoices):
        MEMBER = "member", _("member")
        PROJECT = "project", _("project membership")
        FORMER = "former", _("former member")

    name = models.CharField(_("name"), max_length=200)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.MEMBER
    )
    membership_valid_until = models.DateField(
        _("membership valid until"),
        null=True,
        blank=True,
        help_text=_("Last day of the membership. Access goes on during the days of grace."),
    )
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    website = models.URLField(_("website"), blank=True)
    activities = models.TextField(_("activities"), blank=True)

    objects = GardenQuerySet.as_manager()

    class Meta:
        verbose_name = _("garden")
        verbose_name_plural = _("gardens")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or str(_("(garden without a name)"))

    @property
    def access_ends_on(self) -> datetime.date | None:
        """The last day on which the garden's people enter: the days of grace counted in."""
        if self.membership_valid_until is None:
            return None
        return self.membership_valid_until + datetime.timedelta(days=settings.MEMBERSHIP_GRACE_DAYS)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def current(self, on: datetime.date | None = None) -> AffiliationQuerySet:
        """Affiliations that give access on that day (today by default)."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            garden__in=Garden.objects.with_membership(day),
        )

    def not_ended(self, on: datetime.date | None = None) -> AffiliationQuerySet:
        """Affiliations that run on that day, whatever the garden's membership."""
        day = on or timezone.localdate()
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Affiliation(models.Model):
    """Somebody works in a garden. It ends on a day; it is never deleted to be forgotten."""

    class Role(models.TextChoices):
        REFERENT = "referent", _("contact person of the garden")
        MEMBER = "member", pgettext_lazy("somebody of a garden", "member")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="affiliations",
    )
    garden = models.ForeignKey(
        Garden, verbose_name=_("garden"), on_delete=models.CASCADE, related_name="affiliations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    missions = models.ManyToManyField(
        "core.Mission", verbose_name=_("missions"), blank=True, related_name="+"
    )
    started_on = models.DateField(_("since"), default=timezone.localdate)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(fields=["user", "garden"], name="one_affiliation_a_garden")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.garden}"

    def end_now(self) -> None:
        """End it today: access through this garden stops with the next request."""
        self.ended_on = timezone.localdate()
        self.save(update_fields=["ended_on"])
