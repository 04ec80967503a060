"""What else the law asks of a site: ecodesign, personal data, legal notice.

Each page holds the facts in fields of their own, says which of those that the law asks for are
still missing, and prints what follows from them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.blocks.story import RICH_TEXT
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import BasePage

from .blocks import TreatmentsBlock

WHOLE = 100


def synchronised(*names: str) -> list[SynchronizedField]:
    return [SynchronizedField(name) for name in names]


class DeclarationPage(BasePage):
    """What the three have in common: the facts they must give."""

    # Fields without which the page does not say what it is there for.
    required_facts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def missing(self) -> list[str]:
        """The names of the required facts that are not filled in yet."""
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in self.required_facts
            if getattr(self, name) in (None, "")
        ]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "missing": self.missing}


class EcodesignPage(DeclarationPage):
    """The ecodesign declaration of the RGESN: its score follows from the criteria counted."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("The ecodesign declaration. Its score is shown at the foot of pages.")
    required_facts = ("assessed_on", "criteria_met", "criteria_applying")

    assessed_on = models.DateField(_("date of the assessment"), null=True, blank=True)
    assessor = models.CharField(_("who made the assessment"), max_length=160, blank=True)
    criteria_met = models.PositiveSmallIntegerField(
        _("criteria met"), null=True, blank=True, help_text=_("Of those that apply to the site.")
    )
    criteria_applying = models.PositiveSmallIntegerField(
        _("criteria that apply"), null=True, blank=True
    )
    done = RichTextField(_("what was done"), blank=True, features=RICH_TEXT)
    to_do = RichTextField(_("what remains to be done"), blank=True, features=RICH_TEXT)
    contact_email = models.EmailField(
        _("address for questions"),
        blank=True,
        help_text=_("Without it, that of the association is given."),
    )
    body = StoryField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("criteria_met"), FieldPanel("criteria_applying")]),
                FieldRowPanel([FieldPanel("assessed_on"), FieldPanel("assessor")]),
            ],
            heading=_("Assessment"),
        ),
        FieldPanel("done"),
        FieldPanel("to_do"),
        FieldPanel("contact_email"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("done"),
        index.SearchField("to_do"),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = synchronised(
        "assessed_on", "assessor", "criteria_met", "criteria_applying", "contact_email"
    )

    class Meta:
        verbose_name = _("ecodesign declaration")
        verbose_name_plural = _("ecodesign declarations")

    def clean(self) -> None:
        super().clean()
        met, applying = self.criteria_met, self.criteria_applying
        if met is not None and applying is not None and met > applying:
            raise ValidationError(
                {"criteria_met": _("There cannot be more criteria met than criteria that apply.")}
            )

    @property
    def score(self) -> Decimal | None:
        """Per cent of the criteria that apply which are met; ``None`` before an assessment."""
        if self.criteria_met is None or not self.criteria_applying or self.assessed_on is None:
            return None
        return Decimal(WHOLE * self.criteria_met) / self.criteria_applying

    @property
    def status(self) -> str | Promise:
        """The word at the foot of pages; rounded down, so that 100 means all of them."""
        if self.score is None:
            return _("not assessed")
        return _("%(score)s %% of the criteria") % {"score": int(self.score)}


class PersonalDataPage(DeclarationPage):
    """What the site keeps of people, why and for how long (articles 13 and 14 of the GDPR)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("What the site keeps of people, why, for how long, and their rights.")
    required_facts = ("controller", "officer_email")

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT)
    controller = models.TextField(
        _("who is responsible"),
        blank=True,
        max_length=300,
        help_text=_("Name and postal address of the association that decides."),
    )
    officer = models.CharField(_("data protection officer"), blank=True, max_length=160)
    officer_email = models.EmailField(_("address to use one’s rights"), blank=True)
    treatments = StoryField(TreatmentsBlock(), verbose_name=_("what is kept"), blank=True)
    cookies = RichTextField(_("cookies"), blank=True, features=RICH_TEXT)
    rights = RichTextField(_("rights"), blank=True, features=RICH_TEXT)
    body = StoryField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("controller"), FieldPanel("officer"), FieldPanel("officer_email")],
            heading=_("Who answers"),
        ),
        FieldPanel("treatments"),
        FieldPanel("cookies"),
        FieldPanel("rights"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(
            index.SearchField(name)
            for name in ("introduction", "treatments", "cookies", "rights", "body")
        ),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = synchronised(
        "controller", "officer", "officer_email"
    )

    class Meta:
        verbose_name = _("personal data")
        verbose_name_plural = _("personal data")


class LegalNoticePage(DeclarationPage):
    """Who publishes the site and who hosts it (law of 21 June 2004, article 1-1)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Who publishes the site, who hosts it, what may be done with it.")
    required_facts = ("seat", "siret", "director", "host_name", "host_address", "host_phone")

    legal_form = models.CharField(_("legal form"), blank=True, max_length=120)
    seat = models.TextField(_("registered office"), blank=True, max_length=300)
    rna = models.CharField(_("RNA number"), blank=True, max_length=20)
    siret = models.CharField(_("SIRET number"), blank=True, max_length=20)
    director = models.CharField(_("director of publication"), blank=True, max_length=160)
    host_name = models.CharField(_("host"), blank=True, max_length=160)
    host_address = models.TextField(_("address of the host"), blank=True, max_length=300)
    host_phone = models.CharField(_("telephone of the host"), blank=True, max_length=30)
    body = StoryField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("legal_form"), FieldPanel("director")]),
                FieldPanel("seat"),
                FieldRowPanel([FieldPanel("rna"), FieldPanel("siret")]),
            ],
            heading=_("Publisher"),
        ),
        MultiFieldPanel(
            [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
            heading=_("Host"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("director"),
        index.SearchField("host_name"),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = synchronised(
        *(
            "legal_form",
            "seat",
            "rna",
            "siret",
            "director",
            "host_name",
            "host_address",
            "host_phone",
        )
    )

    class Meta:
        verbose_name = _("legal notice")
        verbose_name_plural = _("legal notices")
