"""The brand section: its rules of use, and kits that open once the rules are accepted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core import access
from site_cocagne.core.blocks import StoryBlock
from site_cocagne.core.documents import size_in_words
from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import BasePage, ReservedByTypeMixin, SiteDocument
from site_cocagne.core.serving import CLOSED

from . import kit, rules

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)


class BrandIndexPage(ReservedByTypeMixin, BasePage):
    """The door of the brand section, for members."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["resources.BrandPage"]
    page_description = _("The brand section, for members only whatever is chosen elsewhere.")
    max_count_per_parent = 1

    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("brand section")
        verbose_name_plural = _("brand sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = BrandPage.objects.child_of(self).order_by("path").for_cards(pictures=True)
        return {**context, "pages": access.visible_to(request.user, pages)}


class BrandPage(RoutablePageMixin, ReservedByTypeMixin, BasePage):
    """Rules of use or a kit of the brand, for members.

    Its sub-addresses pass the same door as the page itself, which the router asks first.
    """

    parent_page_types: ClassVar[list[str]] = ["resources.BrandIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Rules of use, logos, kits: for members only.")

    holds_rules = models.BooleanField(
        _("these are the rules of use"),
        default=False,
        help_text=_(
            "Members accept the text of this page before their first download of a kit. "
            "When the text changes, everybody is asked again."
        ),
    )
    body = StoryField(StoryBlock(), verbose_name=_("story"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("holds_rules"),
        FieldPanel("body"),
        InlinePanel("file_rows", label=_("File"), heading=_("Kit: files to download")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("holds_rules", overridable=False),
    ]

    class Meta:
        verbose_name = _("brand page")
        verbose_name_plural = _("brand pages")

    def clean(self) -> None:
        """One page of rules a language: two would leave open which of them was accepted."""
        super().clean()
        if not self.holds_rules:
            return
        others = BrandPage.objects.filter(holds_rules=True, locale_id=self.locale_id)
        others = others.exclude(translation_key=self.translation_key)
        if other := others.exclude(pk=self.pk).first():
            raise ValidationError(
                {"holds_rules": _now("“%s” holds the rules of use already.") % other.title}
            )

    def get_files(self, user: Any) -> list[BrandFile]:
        """The files of the kit that this person may read, in the editor's order."""
        rows = list(self.file_rows.select_related("document", "picture"))
        if not self.live and access.can_view(user, self):
            return rows  # before its publication nothing uses its files: who works on it sees them
        documents = SiteDocument.objects.filter(pk__in=[row.document_id for row in rows])
        allowed = set(access.visible_to(user, documents).values_list("pk", flat=True))
        return [row for row in rows if row.document_id in allowed]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        files = self.get_files(request.user)
        whole = sum(row.document.file_size or 0 for row in files)
        return {
            **context,
            "files": files,
            "whole": size_in_words(whole) if whole else "",
            "rules": rules.state_for(request.user, self.locale),
            "accept_url": f"{self.get_url(request)}{self.reverse_subpage('accept')}",
            "everything_url": f"{self.get_url(request)}{self.reverse_subpage('everything')}",
        }

    @path("accepter/", name="accept")
    def accept(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = require_POST(self.record_acceptance)(request)
        return answer

    def record_acceptance(self, request: HttpRequest) -> HttpResponse:
        """Write down who accepted the rules, and which: those that were shown, if they still hold.

        The person returns to the kit, or to the rules where they read them.
        """
        state = rules.state_for(request.user, self.locale)
        if state is not None and request.POST.get("version") != state.version:
            messages.warning(
                request, _now("The rules of use have changed meanwhile: here is the new version.")
            )
        elif state is not None:
            somebody: Any = request.user
            somebody.accept_brand_rules(state.version)
            messages.success(
                request, _now("Thank you: the rules of use are accepted, the kit is open.")
            )
        return redirect(self.get_url(request))

    @path("tout/", name="everything")
    def everything(self, request: HttpRequest) -> Any:
        answer: Any = require_safe(self.serve_zip)(request)
        return answer

    def serve_zip(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The whole kit in one file, made while it is sent. HEAD is answered without bytes."""
        state = rules.state_for(request.user, self.locale)
        if state is not None and not state.accepted_on:
            return rules.asked_first(request, self)
        documents = [row.document for row in self.get_files(request.user)]
        if gone := [each for each in documents if not each.file.storage.exists(each.file.name)]:
            logger.error("Files of a brand kit are missing: %s", [each.pk for each in gone])
            messages.warning(
                request,
                _now("“%s” is missing from the kit: please tell the network’s team.")
                % gone[0].title,
            )
        documents = [each for each in documents if each not in gone]
        if not documents:
            answer = redirect(self.get_url(request))
            patch_cache_control(answer, private=True, no_store=True)
            return answer
        name = f"{slugify(self.title) or 'kit'}.zip"
        headers = {**CLOSED, "Content-Disposition": content_disposition_header(True, name) or ""}
        if request.method == "HEAD":
            return HttpResponse(content_type="application/zip", headers=headers)
        return StreamingHttpResponse(
            kit.stream(documents), content_type="application/zip", headers=headers
        )


class BrandFile(Orderable):
    """One file of a kit, with a picture that shows what is in it."""

    page = ParentalKey(BrandPage, on_delete=models.CASCADE, related_name="file_rows")
    document = models.ForeignKey(
        SiteDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    picture = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("preview"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    label = models.CharField(_("name of the file for readers"), max_length=160, blank=True)

    panels = [FieldPanel("document"), FieldPanel("picture"), FieldPanel("label")]

    @property
    def words(self) -> str:
        return self.label or self.document.title
