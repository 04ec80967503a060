"""Declarations that the law asks of a site: what they hold, and what follows from it."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
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

WHOLE = 100
HALF = 50
VALID_YEARS = 3  # an audit says nothing of a site that has lived on for longer


class AccessibilityPage(BasePage):
    """The accessibility statement of the RGAA: its status follows from the audit."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("The accessibility statement. Its status is shown at the foot of pages.")

    established_on = models.DateField(
        _("statement established on"), null=True, blank=True, help_text=_("Or last revised.")
    )
    audited_on = models.DateField(
        _("date of the audit"),
        null=True,
        blank=True,
        help_text=_("Leave blank while there was none: the site then counts as not compliant."),
    )
    auditor = models.CharField(_("who made the audit"), max_length=160, blank=True)
    rate = models.DecimalField(
        _("rate of compliance"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(WHOLE)],
        help_text=_("In per cent of the criteria that apply, as the audit gives it."),
    )
    failures = RichTextField(_("what is not accessible"), blank=True, features=RICH_TEXT)
    exemptions = RichTextField(
        _("exemptions and disproportionate burden"), blank=True, features=RICH_TEXT
    )
    contact_email = models.EmailField(
        _("address to report a difficulty"),
        blank=True,
        help_text=_("Without it, that of the association is given."),
    )
    body = StoryField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("established_on"),
                FieldRowPanel([FieldPanel("audited_on"), FieldPanel("rate")]),
                FieldPanel("auditor"),
            ],
            heading=_("Status"),
        ),
        FieldPanel("failures"),
        FieldPanel("exemptions"),
        FieldPanel("contact_email"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("failures"),
        index.SearchField("exemptions"),
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField(name)
        for name in ("established_on", "audited_on", "auditor", "rate", "contact_email")
    ]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def audit_holds(self, on: datetime.date | None = None) -> bool:
        """Was there an audit with a result, not longer ago than three years?"""
        if self.audited_on is None or self.rate is None:
            return False
        on = on or timezone.localdate()
        oldest = on - datetime.timedelta(days=365 * VALID_YEARS + 1)
        return oldest <= self.audited_on <= on

    @property
    def status(self) -> str | Promise:
        """The word of the law: totally, partially, or not compliant."""
        if not self.audit_holds() or self.rate is None or self.rate < HALF:
            return _("not compliant")
        return _("totally compliant") if self.rate >= WHOLE else _("partially compliant")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "audited": self.audit_holds()}
