"""Missions, themes, contacts and partners: what pages are sorted by and tied to.

Rows link pages and snippets to missions and themes: wagtail-localize copies child rows and
ignores many-to-many fields. Missions and themes are found by ``slug``, which is the same in
every language, so that an address with a filter works in all of them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from ..regions import Region
from .rows import TranslatedRowsMixin


class TaxonomyQuerySet(models.QuerySet["Mission"]):
    def in_language(self, language_code: str) -> TaxonomyQuerySet:
        """Entries of one language, in their order."""
        return self.filter(locale__language_code=language_code).order_by("order", "pk")


class Mission(TranslatableMixin, index.Indexed, models.Model):
    """A mission of the gardens, and a group of the toolbox filter."""

    class Emblem(models.TextChoices):
        STEER = "steer", _("compass: steering")
        INCLUSION = "inclusion", _("hands: inclusion")
        GROW = "grow", _("seedling: growing and processing")
        SELL = "sell", _("basket: selling")
        DIVERSIFY = "diversify", _("branches: diversifying")
        CREATE = "create", _("gate: creating a garden")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=60,
        help_text=_("The same in every language; addresses that people keep hang on it."),
    )
    people = models.CharField(
        _("who does it"), max_length=160, blank=True, help_text=_("For example: directors.")
    )
    emblem = models.CharField(_("emblem and colour"), max_length=12, choices=Emblem.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TaxonomyQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("people"),
        FieldPanel("emblem"),
        FieldPanel("order"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("emblem", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="mission_slug_a_language")
        ]

    def __str__(self) -> str:
        return self.name or str(_("(mission without a name)"))


class ThemeQuerySet(models.QuerySet["Theme"]):
    def in_language(self, language_code: str) -> ThemeQuerySet:
        """Themes of one language with the missions they stand under (two queries)."""
        rows = ThemeMission.objects.select_related("mission").order_by("mission__order")
        return (
            self.filter(locale__language_code=language_code)
            .order_by("name", "pk")
            .prefetch_related(Prefetch("mission_rows", queryset=rows))
        )


class Theme(TranslatedRowsMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """A theme of the toolbox; it can stand under several missions."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=60,
        help_text=_("The same in every language; addresses that people keep hang on it."),
    )

    objects = ThemeQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        InlinePanel("mission_rows", label=_("Mission"), heading=_("Missions"), min_num=1),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("slug", overridable=False)
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="theme_slug_a_language")
        ]

    def __str__(self) -> str:
        return self.name or str(_("(theme without a name)"))


class MissionRow(Orderable):
    """Ties something to a mission; each kind of thing has its own rows."""

    mission = models.ForeignKey(
        Mission, verbose_name=_("mission"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("mission")]

    class Meta(Orderable.Meta):
        abstract = True


class ThemeRow(Orderable):
    """Ties something to a theme; each kind of thing has its own rows."""

    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("theme")]

    class Meta(Orderable.Meta):
        abstract = True


class ThemeMission(MissionRow):
    """A theme stands under a mission."""

    theme = ParentalKey(Theme, on_delete=models.CASCADE, related_name="mission_rows")


class ContactQuerySet(models.QuerySet["Contact"]):
    def for_mission(self, slug: str, language_code: str) -> ContactQuerySet:
        """Contacts of a mission, with their themes in their order (two queries)."""
        rows = ContactTheme.objects.select_related("theme")
        return (
            self.filter(locale__language_code=language_code, mission_rows__mission__slug=slug)
            .distinct()
            .prefetch_related(Prefetch("theme_rows", queryset=rows))
        )


class Contact(TranslatedRowsMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """A person or a service one can turn to."""

    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ContactQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("email"),
        FieldPanel("phone"),
        InlinePanel("mission_rows", label=_("Mission"), heading=_("Missions")),
        InlinePanel("theme_rows", label=_("Theme"), heading=_("Themes")),
        InlinePanel("region_rows", label=_("Region"), heading=_("Regions")),
        FieldPanel("order"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("role"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("email"),
        SynchronizedField("phone"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name or str(_("(contact without a name)"))


class ContactMission(MissionRow):
    contact = ParentalKey(Contact, on_delete=models.CASCADE, related_name="mission_rows")


class ContactTheme(ThemeRow):
    contact = ParentalKey(Contact, on_delete=models.CASCADE, related_name="theme_rows")


class ContactRegion(Orderable):
    contact = ParentalKey(Contact, on_delete=models.CASCADE, related_name="region_rows")
    region = models.CharField(_("region"), max_length=3, choices=Region.choices)

    panels = [FieldPanel("region")]


class Partner(TranslatableMixin, index.Indexed, models.Model):
    """An organisation the network is allied with, and the tie."""

    name = models.CharField(_("name"), max_length=160)
    tie = models.TextField(_("the tie"), blank=True, max_length=600)
    url = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("tie"),
        FieldPanel("url"),
        FieldPanel("logo"),
        FieldPanel("order"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [SynchronizedField("url")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name or str(_("(partner without a name)"))
