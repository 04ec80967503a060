"""Audience as content: who a page is for is drafted, reviewed and published like its text.

The rule lives in ``core/access.py``; these mixins only carry the fields. ``exposure`` is the
answer worked out for the page *with its kin* (translations, aliases): it is written at each
save for the whole kin, so that lists filter on one indexed column.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField


class Audience(models.TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the network")


class Door(models.TextChoices):
    """What those who may not read a reserved page are shown of it."""

    TEASER = "teaser", _("its title and summary, with a lock")
    HIDDEN = "hidden", _("nothing at all")


class Exposure(models.IntegerChoices):
    """How closed a page is, its kin counted in: the higher, the stricter."""

    OPEN = 0, _("open")
    TEASER = 1, _("reserved, its door is shown")
    HIDDEN = 2, _("reserved and hidden")


class ClosingField(SynchronizedField):
    """Handed on to a translation where it closes it, never where it would open it.

    A translation that was reserved on its own stays so when its source, which says open, is
    synchronised: opening a page needs every language opened.
    """

    def is_synchronized(self, obj: Any) -> bool:
        if not super().is_synchronized(obj):
            return False
        if self.field_name == "door":
            return bool(obj.own_exposure is Exposure.HIDDEN)
        return bool(obj.own_exposure > Exposure.OPEN)


class AudienceMixin(models.Model):
    """Brings ``audience`` and ``door`` to a page type, and ``exposure`` that follows from them."""

    audience = models.CharField(
        _("audience"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        help_text=_(
            "Reserving one language reserves them all; to open the page again, open each language."
        ),
    )
    door = models.CharField(
        _("what others see"), max_length=10, choices=Door.choices, default=Door.TEASER
    )
    exposure = models.PositiveSmallIntegerField(
        choices=Exposure.choices, default=Exposure.OPEN, editable=False, db_index=True
    )

    audience_panels = [
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("door")], heading=_("Audience"))
    ]
    audience_translatable_fields = [ClosingField("audience"), ClosingField("door")]
    audience_search_fields = [index.FilterField("exposure"), index.FilterField("audience")]

    class Meta:
        abstract = True

    @property
    def own_exposure(self) -> Exposure:
        """What this page alone asks for; ``exposure`` is the strictest of its kin."""
        if self.audience != Audience.MEMBERS:
            return Exposure.OPEN
        return Exposure.HIDDEN if self.door == Door.HIDDEN else Exposure.TEASER

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..access import settle_exposure

        if self._state.adding and self.exposure > self.own_exposure:
            # A copy of a page that another language closed: it has no such kin any more, and
            # must ask for itself what it was until now.
            self.audience = Audience.MEMBERS
            self.door = Door.HIDDEN if self.exposure == Exposure.HIDDEN else Door.TEASER
        self.exposure = settle_exposure(self)
        if (fields := kwargs.get("update_fields")) is not None and self._is_stored_otherwise():
            kwargs["update_fields"] = {*fields, "exposure"}
        super().save(*args, **kwargs)

    def _is_stored_otherwise(self) -> bool:
        """A draft that opens and closes nothing changes nothing that anybody sees."""
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("exposure", flat=True)
        return bool(stored.first() != self.exposure)


class ReservedByTypeMixin(models.Model):
    """A page type that is for members whatever an editor does: it has no audience to choose."""

    audience = Audience.MEMBERS
    exposure = Exposure.HIDDEN

    class Meta:
        abstract = True
