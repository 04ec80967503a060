"""The newsletter: its sign-up page."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import BasePage


class NewsletterPage(BasePage):
    """Where one signs up, with the exact words that one consents to."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("The sign-up page of the newsletter. One a language.")
    max_count_per_parent = 1

    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)
    consent_text = RichTextField(
        _("consent"),
        blank=True,
        features=["bold", "link"],
        help_text=_("What a reader agrees to: what is sent, how often, by whom, how to leave."),
    )
    thanks_text = RichTextField(
        _("after the form"),
        blank=True,
        features=["bold", "link"],
        help_text=_("The same words whether the address was known or not."),
    )
    confirmed_text = RichTextField(_("after confirmation"), blank=True, features=["bold", "link"])
    goodbye_text = RichTextField(_("after leaving"), blank=True, features=["bold", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("consent_text"),
                FieldPanel("thanks_text"),
                FieldPanel("confirmed_text"),
                FieldPanel("goodbye_text"),
            ],
            heading=_("Words of the form"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("newsletter page")
