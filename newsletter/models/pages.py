"""The sign-up page: its words and the lists it offers are content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from site_cocagne.core import access
from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import BasePage, MissionRow

if TYPE_CHECKING:
    from django.http import HttpRequest

LETTERS_SHOWN = 24


class NewsletterPage(BasePage):
    """Where one signs up, with the exact words that one consents to."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsletter.LetterPage"]
    page_description = _("The sign-up page of the newsletter. One a language.")
    max_count_per_parent = 1

    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)
    consent_text = RichTextField(
        _("consent"),
        blank=True,
        features=["bold", "link"],
        help_text=_("What a reader agrees to: what is sent, how often, by whom, how to leave."),
    )
    offers_members_list = models.BooleanField(
        _("offer the members’ letter"),
        default=True,
        help_text=_("It is only ever sent to people affiliated to a garden on the day of sending."),
    )
    thanks_text = RichTextField(
        _("after the form"),
        blank=True,
        features=["bold", "link"],
        help_text=_("The same words whether the address was known or not."),
    )
    confirmed_text = RichTextField(_("after confirmation"), blank=True, features=["bold", "link"])
    goodbye_text = RichTextField(_("after leaving"), blank=True, features=["bold", "link"])
    refused_text = RichTextField(
        _("when a link no longer works"), blank=True, features=["bold", "link"]
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("consent_text"),
                FieldPanel("thanks_text"),
                FieldPanel("confirmed_text"),
                FieldPanel("goodbye_text"),
                FieldPanel("refused_text"),
            ],
            heading=_("Words of the form"),
        ),
        MultiFieldPanel(
            [
                InlinePanel("mission_rows", label=_("Mission"), heading=_("Letters by mission")),
                FieldPanel("offers_members_list"),
            ],
            heading=_("Letters offered beside the general one"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("newsletter page")
        verbose_name_plural = _("newsletter pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..forms import SignupForm
        from ..lists import offered_on

        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "form": SignupForm(lists=offered_on(self)),
            "letters": self.get_letters(request.user),
        }

    def get_letters(self, user: Any) -> Any:
        """The letters sent so far that this reader may know of, newest first."""
        from .letters import LetterPage

        letters = LetterPage.objects.child_of(self).for_cards()
        shown = access.visible_to(user, letters).order_by("-first_published_at", "-pk")
        return shown[:LETTERS_SHOWN]


class NewsletterPageMission(MissionRow):
    """A mission whose own letter the page offers; with none, all missions are offered."""

    page = ParentalKey(NewsletterPage, on_delete=models.CASCADE, related_name="mission_rows")
