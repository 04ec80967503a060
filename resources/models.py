"""The toolbox and its resources; the brand section stands in ``brand``."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Prefetch
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core import access, directory
from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.facets import Counts, Listing
from site_cocagne.core.fields import StoryField
from site_cocagne.core.listing import Rows, paginate
from site_cocagne.core.memo import for_now, remember
from site_cocagne.core.models import (
    AudienceMixin,
    BasePage,
    MissionRow,
    SiteDocument,
    SitePageQuerySet,
    ThemeRow,
)
from site_cocagne.core.players import Player, player_for
from site_cocagne.core.search.words import words_of

from .brand import BrandFile, BrandIndexPage, BrandPage
from .filters import ToolboxFilter

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

__all__ = [
    "BrandFile",
    "BrandIndexPage",
    "BrandPage",
    "ResourceFile",
    "ResourceLink",
    "ResourceMission",
    "ResourcePage",
    "ResourceTheme",
    "ResourceVersion",
    "ToolboxPage",
]

# A resource was saved, its rows too. Sent with ``instance``.
resource_saved = Signal()

RELATED = 3  # other resources shown beside one
NEXT_EVENTS = 3
MOST_KEPT = 2  # choices


def sort_title(title: str) -> str:
    """A title as it is put in order: words alone, no accents, no capitals."""
    return " ".join(words_of(title))[:255]


class ResourceQuerySet(SitePageQuerySet):
    """What a list of resources is asked for."""

    def newest_first(self) -> ResourceQuerySet:
        return self.order_by("-issued_on", "-pk")

    def for_missions(self, slugs: list[str]) -> ResourceQuerySet:
        """Resources of any of these missions."""
        return self.filter(
            pk__in=ResourceMission.objects.filter(mission__slug__in=slugs).values("page_id")
        )

    def for_themes(self, slugs: list[str]) -> ResourceQuerySet:
        """Resources under any of these themes."""
        return self.filter(
            pk__in=ResourceTheme.objects.filter(theme__slug__in=slugs).values("page_id")
        )

    def with_labels(self) -> ResourceQuerySet:
        """Missions and themes of each resource at once (two queries for any number)."""
        return self.prefetch_related(
            Prefetch("mission_rows", ResourceMission.objects.select_related("mission")),
            Prefetch("theme_rows", ResourceTheme.objects.select_related("theme")),
        )


ResourceManager = PageManager.from_queryset(ResourceQuerySet)


class ToolboxPage(BasePage):
    """The toolbox: every resource, by mission, then by theme, then by kind."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.ResourcePage"]
    page_description = _("The list of all resources with its filter. One a language.")
    max_count_per_parent = 1
    often_asked = True
    per_page = 12

    content_panels = [*BasePage.content_panels]

    class Meta:
        verbose_name = _("toolbox")
        verbose_name_plural = _("toolboxes")

    def get_resources(self, user: Any) -> Any:
        """Resources under this page that ``user`` may see, or see the door of."""
        resources = ResourcePage.objects.child_of(self)
        return access.visible_to(user, resources, doors=True)

    def get_filter(self, query: QueryDict) -> ToolboxFilter:
        return ToolboxFilter(query, language_code=self.locale.language_code)

    def get_counts(self, form: ToolboxFilter, user: Any) -> Counts:
        """What the values of the filter lead ``user`` to: from the tally, else from the list."""
        from . import tally  # it stands on these models

        return tally.count(self, form, user) or form.counts(self.get_resources(user))

    def get_listing(self, request: HttpRequest) -> Listing:
        """What the query string asks for, with counts: the rows say whether they are locked."""
        form = self.get_filter(request.GET)
        counts = self.get_counts(form, request.user)
        rows = Rows(lambda part: self.get_rows(form, request.user, part))
        return Listing(form, counts, paginate(rows, request, self.per_page, counts.total))

    def get_rows(self, form: ToolboxFilter, user: Any, part: slice) -> list[Any]:
        """A part of the list, the rows with their labels; for everybody from memory.

        What many choices lead to is seldom asked for twice, and is not kept.
        """
        from .labels import label_rows

        def ask() -> list[Any]:
            found = list(form.apply(self.get_resources(user).for_cards())[part])
            label_rows(found, form.missions, form.themes)
            for resource in found:
                resource.locked = access.is_locked_for(user, resource)
            return found

        if user.is_authenticated or form.choice_count > MOST_KEPT:
            return ask()
        return for_now(f"toolbox:{self.pk}:{part.start}:{form.query}", ask)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = self.get_listing(request)
        return {
            **context,
            "listing": listing,
            "filter": listing.form,
            "results": listing.page,
            "canonical_query": listing.canonical_query,
        }


class ResourcePage(AudienceMixin, BasePage):
    """One resource of the toolbox: its story, its files, what it is about and for whom."""

    parent_page_types: ClassVar[list[str]] = ["resources.ToolboxPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A sheet, a guide, a video, a podcast, a template or a tool.")

    class Kind(models.TextChoices):
        SHEET = "sheet", _("Capitalisation sheet")
        VIDEO = "video", _("Video")
        PODCAST = "podcast", _("Podcast")
        GUIDE = "guide", _("Guide")
        TEMPLATE = "template", _("Template")
        TOOL = "tool", _("Tool")

    class Licence(models.TextChoices):
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
        CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
        NETWORK = "network", _("for use inside the network")
        RESERVED = "reserved", _("all rights reserved")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SHEET)
    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)
    authors = models.CharField(_("authors"), max_length=200, blank=True)
    garden = models.CharField(
        _("garden of origin"),
        max_length=200,
        blank=True,
        help_text=_("Where the experience was made, if it was in one garden."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY_SA
    )
    issued_on = models.DateField(
        _("date of issue"), default=timezone.localdate, help_text=_("Shown, and used to sort.")
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        help_text=_("The last day when somebody checked that all of it still holds."),
    )

    # What « by title » sorts by: « Économiser » between D and F, on every database.
    sort_title = models.CharField(max_length=255, blank=True, editable=False)

    objects = ResourceManager()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                InlinePanel("mission_rows", label=_("Mission"), heading=_("Missions")),
                InlinePanel("theme_rows", label=_("Theme"), heading=_("Themes")),
            ],
            heading=_("Where to find it"),
        ),
        InlinePanel("file_rows", label=_("File"), heading=_("Files")),
        InlinePanel(
            "version_rows",
            label=_("Earlier version"),
            heading=_("Earlier versions of the files"),
            help_text=_("When a file is replaced above, put the one it replaces here."),
        ),
        InlinePanel("link_rows", label=_("Link"), heading=_("Links")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldPanel("garden"),
                FieldPanel("licence"),
                FieldPanel("issued_on"),
                FieldPanel("verified_on"),
            ],
            heading=_("Origin"),
        ),
        *AudienceMixin.audience_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *AudienceMixin.audience_search_fields,
        index.SearchField("body"),
        index.SearchField("authors"),
        index.FilterField("kind"),
        index.FilterField("issued_on"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("kind", overridable=False),
        *AudienceMixin.audience_translatable_fields,
        SynchronizedField("authors"),
        SynchronizedField("garden"),
        SynchronizedField("licence", overridable=False),
    ]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        indexes = [
            models.Index(fields=["-issued_on"], name="resource_by_issue"),
            # The newest of those that anybody may read, without a look at the others.
            models.Index(fields=["exposure", "-issued_on"], name="resource_open_by_issue"),
            # A count needs no more of a resource than this, and no look at its story.
            models.Index(fields=["page_ptr", "exposure"], name="resource_count"),
            models.Index(fields=["sort_title"], name="resource_by_title"),
        ]

    is_writing_rows = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Rows are written after the page itself: only then is it as it will be counted."""
        self.sort_title = sort_title(self.title)
        if "title" in (fields := kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*fields, "sort_title"}
        self.is_writing_rows = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.is_writing_rows = False
        resource_saved.send(type(self), instance=self)

    def search_words(self) -> list[str]:
        """What the search knows of a resource besides its own words."""
        rows = [row.mission.name for row in self.mission_rows.all()]
        rows += [row.theme.name for row in self.theme_rows.all()]
        return [str(self.get_kind_display()), self.garden, *rows]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False):  # a draft: nothing of it may be remembered
            rows = self.get_rows()
        else:
            rows = remember(f"resource:{self.pk}", self.get_rows)
        return {
            **context,
            **rows,
            "related": self.get_related(request.user, [theme.pk for theme in rows["themes"]]),
            "events": self.get_next_events(request.user, [one.slug for one in rows["missions"]]),
        }

    @property
    def toolbox_url(self) -> str:
        """Address of the list this resource stands in; no query: it is one step up."""
        return f"{(self.url or '/').rstrip('/').rpartition('/')[0]}/"

    @property
    def last_verified_on(self) -> datetime.date | None:
        """The later of the day that was typed and the day somebody verified it at the desk."""
        at_the_desk = getattr(getattr(self, "review", None), "verified_on", None)
        days = [day for day in (self.verified_on, at_the_desk) if day is not None]
        return max(days, default=None)

    def get_rows(self) -> dict[str, Any]:
        """What stands in rows of this page, the same for all who may read it (five queries)."""
        return {
            "files": self.get_files(),
            "versions": list(self.version_rows.select_related("document")),
            "links": list(self.link_rows.all()),
            "missions": [row.mission for row in self.mission_rows.select_related("mission")],
            "themes": [row.theme for row in self.theme_rows.select_related("theme")],
        }

    def get_related(self, user: Any, themes: list[int]) -> list[Any]:
        """Other resources that share its themes, those that share most of them first."""
        if not themes:
            return []

        def ask() -> list[int]:
            return self._related_keys(user, themes)

        keys = ask() if user.is_authenticated else remember(f"related:{self.pk}", ask)
        from .labels import label_rows

        pages = {page.pk: page for page in ResourcePage.objects.filter(pk__in=keys).for_cards()}
        found: list[Any] = [pages[key] for key in keys if key in pages]
        language = self.locale.language_code
        label_rows(found, directory.missions(language), directory.themes(language))
        for resource in found:
            resource.locked = access.is_locked_for(user, resource)
        return found

    def _related_keys(self, user: Any, themes: list[int]) -> list[int]:
        """Counting goes through all that share a theme: their numbers alone, not their columns."""
        others = (
            access.visible_to(user, ResourcePage.objects.sibling_of(self), doors=True)
            .exclude(pk=self.pk)
            .filter(theme_rows__theme__in=themes)
            .values("pk", "issued_on")
            .annotate(shared=models.Count("theme_rows__theme", distinct=True))
            .order_by("-shared", "-issued_on", "-pk")
        )
        return [row["pk"] for row in others[:RELATED]]

    def get_next_events(self, user: Any, missions: list[str]) -> list[Any]:
        """The next events of its missions; the agenda is another app, asked by its name."""
        if not missions:
            return []
        events: Any = apps.get_model("events", "EventPage")._default_manager
        found: list[Any] = events.next_for(user, self.locale.language_code, NEXT_EVENTS, missions)
        return found

    def get_files(self) -> list[ResourceFile]:
        """Current files in the editor's order (one query)."""
        return list(self.file_rows.select_related("document"))


class ResourceMission(MissionRow):
    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="mission_rows")


class ResourceTheme(ThemeRow):
    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="theme_rows")


class ResourceFile(Orderable):
    """A file of a resource; a second one can be another format, a template, an annex."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="file_rows")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(
        _("name of the file for readers"),
        max_length=160,
        blank=True,
        help_text=_("Left empty: the title of the document."),
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    @property
    def words(self) -> str:
        return self.label or self.document.title


class ResourceVersion(Orderable):
    """A file as it was before it was replaced: its date, and what changed since."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="version_rows")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateField(_("replaced on"), default=timezone.localdate)
    note = models.CharField(
        _("what changed"),
        max_length=240,
        blank=True,
        help_text=_("In a sentence, for somebody who knows the earlier version."),
    )

    panels = [FieldPanel("document"), FieldPanel("valid_until"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        ordering = ["-valid_until", "sort_order"]


class ResourceLink(Orderable):
    """A link that completes a resource."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="link_rows")
    label = models.CharField(_("words of the link"), max_length=160)
    url = models.URLField(_("address"), max_length=500)

    panels = [FieldPanel("label"), FieldPanel("url")]

    @property
    def player(self) -> Player | None:
        """Its player, where it leads to a video or a sound of a site we know."""
        return player_for(self.url)
