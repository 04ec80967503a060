"""The composition root: the community page, missions, the path to join, content pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core import access
from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.blocks.story import RICH_TEXT
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import AudienceMixin, BasePage, Mission

from . import live
from .blocks import HomeSectionsBlock, StepsBlock, TopicsBlock
from .declarations import AccessibilityPage
from .legal import EcodesignPage, LegalNoticePage, PersonalDataPage

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "AccessibilityPage",
    "AlliancesPage",
    "ContentPage",
    "EcodesignPage",
    "HomePage",
    "JoinPage",
    "LegalNoticePage",
    "MissionIndexPage",
    "MissionPage",
    "PersonalDataPage",
]
DECLARATIONS = [
    "home.AccessibilityPage",
    "home.EcodesignPage",
    "home.PersonalDataPage",
    "home.LegalNoticePage",
]

CARDS_SHOWN = 6


class HomePage(BasePage):
    """The community page, root of a language."""

    often_asked = True
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.ContentPage",
        *DECLARATIONS,
        "home.MissionIndexPage",
        "home.JoinPage",
        "home.AlliancesPage",
        "resources.ToolboxPage",
        "resources.BrandIndexPage",
        "events.AgendaPage",
        "newsletter.NewsletterPage",
    ]
    page_description = _("The home page of a language: nine sections in the order you choose.")

    sections = StoryField(HomeSectionsBlock(), verbose_name=_("sections"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("sections")]
    search_fields = [*BasePage.search_fields, index.SearchField("sections")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(AudienceMixin, BasePage):
    """A story: a support scheme, the reference framework, a legal page."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["home.ContentPage", *DECLARATIONS]
    page_description = _("A page of text, pictures and documents; it can hold pages of its own.")

    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        *AudienceMixin.audience_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *AudienceMixin.audience_search_fields,
        index.SearchField("body"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        *AudienceMixin.audience_translatable_fields,
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        children = ContentPage.objects.child_of(self).order_by("path").for_cards(pictures=True)
        shown = access.visible_to(request.user, children, doors=True)
        return {**context, "children": live.mark_locked(shown, request.user)}


class MissionIndexPage(BasePage):
    """All missions side by side."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.MissionPage"]
    page_description = _("The list of the missions. One a language.")
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("missions")
        verbose_name_plural = _("missions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "mission_pages": live.mission_pages(self, request.user)}


class MissionPage(BasePage):
    """A mission: what it is, how the network supports it, and what the site knows of it."""

    often_asked = True
    parent_page_types: ClassVar[list[str]] = ["home.MissionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    served_with: ClassVar[tuple[str, ...]] = (*BasePage.served_with, "mission")
    page_description = _("Your mission, our support, and resources, events and contacts of it.")

    mission = models.ForeignKey(
        Mission,
        verbose_name=_("mission"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Resources, events and contacts of this mission are gathered on the page."),
    )
    your_mission = RichTextField(_("your mission"), blank=True, features=RICH_TEXT)
    our_support = RichTextField(_("our support"), blank=True, features=RICH_TEXT)
    topics = StoryField(TopicsBlock(), verbose_name=_("priority topics"), blank=True)
    body = StoryField(StoryBlock(), verbose_name=_("more"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("mission"),
        MultiFieldPanel(
            [FieldPanel("your_mission"), FieldPanel("our_support")], heading=_("The mission")
        ),
        FieldPanel("topics"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("your_mission"),
        index.SearchField("our_support"),
        index.SearchField("topics"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("mission page")
        verbose_name_plural = _("mission pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **self.get_live_content(request.user)}

    def get_live_content(self, user: Any) -> dict[str, Any]:
        """Contacts by theme, newest resources and next events of the mission."""
        if self.mission is None:  # a draft
            return {
                "contacts": [],
                "resources": [],
                "events": [],
                "landmarks": live.landmarks(self),
            }
        slug = self.mission.slug
        return {
            "contacts": live.contacts(self, slug),
            "resources": live.newest_resources(self, user, CARDS_SHOWN, slug),
            "events": live.next_events(self, user, CARDS_SHOWN, slug),
            "landmarks": live.landmarks(self),
        }


class JoinPage(BasePage):
    """The path to join the network, step by step."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("The numbered steps to join. One a language.")
    max_count_per_parent = 1

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT)
    steps = StoryField(StepsBlock(), verbose_name=_("steps"), blank=True)
    body = StoryField(StoryBlock(), verbose_name=_("after the steps"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("steps"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("steps"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("path to join")
        verbose_name_plural = _("paths to join")


class AlliancesPage(BasePage):
    """Partners with their tie to the network."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("All partners with their tie and logo. One a language.")
    max_count_per_parent = 1

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT)
    body = StoryField(StoryBlock(), verbose_name=_("after the partners"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("alliances")
        verbose_name_plural = _("alliances")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "partners": live.partners(self)}
