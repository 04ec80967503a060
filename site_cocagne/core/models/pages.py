"""What every page type of the site is made of."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, Revision, TaskState
from wagtail.query import PageQuerySet
from wagtail.search import index

from .. import access, generation
from ..forms import SitePageForm
from ..panels import SubmissionNotePanel
from ..permission_testers import SitePagePermissionTester
from ..roots import root_paths
from ..signals import revision_saved
from .media import SiteImage
from .rows import settle_rows

# What follows from audience is settled page by page; an ``update`` would go round it.
GUARDED_FIELDS = {"audience", "door"}
PREVIEW_WIDTHS = (360, 768, 1280)  # a phone, a tablet, a screen; in pixels
JUDGED = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


class SitePageQuerySet(PageQuerySet):
    """The words every list of pages is asked in."""

    def visible_to(self, user: Any, *, doors: bool = False) -> Self:
        return access.visible_to(user, self, doors=doors)

    def in_language(self, language_code: str) -> Self:
        return self.filter(locale__language_code=language_code)

    def for_cards(self, *, pictures: bool = False) -> Self:
        """What a card shows, without the long columns.

        ``pictures=True`` brings pictures and their renditions at once, in one query more.
        """
        stories = [
            field.name for field in self.model._meta.get_fields() if hasattr(field, "stream_block")
        ]
        cards = self.defer(*stories).select_related("locale")
        if pictures:
            cards = cards.select_related("picture").prefetch_related("picture__renditions")
        return cards

    def update(self, **kwargs: Any) -> int:
        if guarded := GUARDED_FIELDS & kwargs.keys():
            raise ValidationError(f"{', '.join(sorted(guarded))} must be saved page by page.")
        return super().update(**kwargs)


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


class BasePage(Page):
    """The abstract page: a short title, a summary, a picture, and who may see it."""

    short_title = models.CharField(
        _("short title"),
        max_length=40,
        blank=True,
        help_text=_("For menus and the breadcrumb, where the title is too long."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown in lists and by search engines."),
    )
    picture = models.ForeignKey(
        SiteImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the top of the page and in lists."),
    )

    # Read with the page when it is served.
    served_with: ClassVar[tuple[str, ...]] = ("picture", "review")
    # Is it a page that is asked for all day, by many addresses? Then it is remembered for visitors.
    often_asked: ClassVar[bool] = False

    # Level of the heading above a field of text, by the field's name, where it is not the title of
    # the page (1): what stands in the field goes on from there.
    heading_above: ClassVar[dict[str, int]] = {}

    objects = SitePageManager()
    base_form_class = SitePageForm

    presentation_panels = [
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("picture")], heading=_("Presentation"))
    ]
    content_panels = [SubmissionNotePanel(), *Page.content_panels, *presentation_panels]
    promote_panels = [FieldPanel("short_title"), *Page.promote_panels]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=1.5)]

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """The three widths that pages are drawn and tested at."""
        return [
            {**size, "device_width": width}
            for size, width in zip(self.DEFAULT_PREVIEW_SIZES, PREVIEW_WIDTHS, strict=True)
        ]

    @property
    def menu_title(self) -> str:
        """The words of a link to this page where room is short."""
        return self.short_title or self.title

    @property
    def description(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.summary

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        """Once for all pages of a request, where the caller knows of no request."""
        scope: Any = cache_object or generation.moment() or self
        if not hasattr(scope, "_wagtail_cached_site_root_paths"):
            scope._wagtail_cached_site_root_paths = root_paths()
        return scope._wagtail_cached_site_root_paths

    def permissions_for_user(self, user: Any) -> SitePagePermissionTester:
        return SitePagePermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        settle_rows(self)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a draft, and say so. Autosave never writes over what a reviewer judged."""
        draft = kwargs.get("overwrite_revision")
        if draft is not None and draft.task_states.filter(status__in=JUDGED).exists():
            draft = kwargs["overwrite_revision"] = None
        before = draft or self.latest_revision
        previous = before.content if before is not None else None
        revision: Revision = super().save_revision(*args, **kwargs)
        revision_saved.send(type(self), page=self, revision=revision, previous=previous)
        return revision

    def get_sitemap_date(self) -> datetime.datetime | None:
        return self.last_published_at or self.latest_revision_created_at
