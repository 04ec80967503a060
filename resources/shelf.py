"""A member's shelf: what they keep, what is new since they last came, and the weekly mail.

Missions are those of the person's affiliations, themes those they chose here: both by slug,
which is the same in every language. Somebody with neither is told of everything that is new.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from site_cocagne.core import access

from .models import ResourceMission, ResourcePage, ResourceQuerySet, ResourceTheme

A_VISIT = datetime.timedelta(minutes=30)  # without a request, after which one comes anew
FIRST_LOOK = datetime.timedelta(days=30)  # what is new to somebody who was never here


class Favourite(models.Model):
    """A resource that somebody keeps on their shelf."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites"
    )
    page = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(_("kept on"), default=timezone.now)

    class Meta:
        verbose_name = _("kept resource")
        verbose_name_plural = _("kept resources")
        constraints = [
            models.UniqueConstraint(fields=["user", "page"], name="resource_kept_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.page}"


class Shelf(models.Model):
    """What one person wants of their shelf. ``uid`` names it in the link that ends the mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shelf"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    language = models.CharField(max_length=10, default="fr")
    came_at = models.DateTimeField(_("last request"), null=True)
    came_before = models.DateTimeField(_("end of the visit before"), null=True)
    weekly = models.BooleanField(_("weekly mail"), default=False)
    # The mail goes on from here; None while nobody asked for it.
    told_until = models.DateTimeField(_("told of what is older than"), null=True)
    mailed_at = models.DateTimeField(_("last mail"), null=True)
    taken_at = models.DateTimeField(_("mail being written since"), null=True)

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def __str__(self) -> str:
        return str(self.user)

    def visit(self, now: datetime.datetime | None = None) -> datetime.datetime:
        """Note that the person is here; since when things are new to them.

        The mark does not move during a visit: what was new stays so while one reads on.
        """
        now = now or timezone.now()
        if self.came_at is None or now - self.came_at > A_VISIT:
            self.came_before = self.came_at
        self.came_at = now
        self.save(update_fields=["came_at", "came_before"])
        return self.came_before or now - FIRST_LOOK

    def ask_for_mail(self, wanted: bool, language: str) -> None:
        """Begin with what comes from now on; end at once. Asking twice changes nothing."""
        if wanted and not self.weekly:
            self.told_until, self.mailed_at, self.taken_at = timezone.now(), None, None
        self.weekly, self.language = wanted, language

    def new_resources(self, since: datetime.datetime) -> Any:
        """Resources published after ``since`` for their missions or themes, newest first."""
        pages: Any = ResourcePage.objects.in_language(self.language)
        found = access.visible_to(self.user, pages.filter(first_published_at__gt=since))
        found = about(found, missions_of(self.user), self.themes)
        return found.order_by("-first_published_at", "-pk").for_cards().with_labels()


def about(pages: ResourceQuerySet, missions: list[str], themes: list[str]) -> ResourceQuerySet:
    """Those of any of these missions or themes; all of them where there is neither."""
    if not missions and not themes:
        return pages
    by_mission = ResourceMission.objects.filter(mission__slug__in=missions).values("page_id")
    by_theme = ResourceTheme.objects.filter(theme__slug__in=themes).values("page_id")
    return pages.filter(Q(pk__in=by_mission) | Q(pk__in=by_theme))


def missions_of(user: Any) -> list[str]:
    """Slugs of the missions the person has in their gardens today."""
    rows = user.affiliations.not_ended().values_list("missions__slug", flat=True)
    return sorted({slug for slug in rows if slug})


def kept_by(user: Any) -> Any:
    """What the person keeps and may still read, the last kept first."""
    kept = Favourite.objects.filter(user=user, page=models.OuterRef("pk"))
    pages = ResourcePage.objects.filter(pk__in=Favourite.objects.filter(user=user).values("page"))
    pages = access.visible_to(user, pages).annotate(
        kept_at=models.Subquery(kept.values("kept_at")[:1])
    )
    return pages.order_by("-kept_at", "-pk").for_cards().with_labels()


def shelf_of(user: Any, language: str) -> Shelf:
    return Shelf.objects.get_or_create(user=user, defaults={"language": language})[0]


def export(sender: Any, user: Any, **kwargs: Any) -> dict[str, Any]:
    """What the shelf keeps of somebody, for their copy of their data."""
    kept = Favourite.objects.filter(user=user).select_related("page").order_by("kept_at")
    own = Shelf.objects.filter(user=user).first()
    return {
        "kept_resources": [
            {"title": row.page.title, "kept_at": row.kept_at.isoformat()} for row in kept
        ],
        "shelf": {
            "themes": own.themes,
            "weekly_mail": own.weekly,
            "last_request": own.came_at.isoformat() if own.came_at else None,
            "last_mail": own.mailed_at.isoformat() if own.mailed_at else None,
        }
        if own
        else None,
    }


def forget(sender: Any, user: Any, **kwargs: Any) -> None:
    Favourite.objects.filter(user=user).delete()
    Shelf.objects.filter(user=user).delete()
