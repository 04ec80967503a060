"""A letter: a page that goes through the workflow, is archived on the site, and is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from site_cocagne.core.fields import StoryField
from site_cocagne.core.models import AudienceMixin, BasePage

from ..blocks import LETTER_TEXT, LetterBlock

if TYPE_CHECKING:
    from django.http import HttpRequest


class LetterPage(AudienceMixin, BasePage):
    """One letter. Reserved to members, it can be sent to the members' list only."""

    parent_page_types: ClassVar[list[str]] = ["newsletter.NewsletterPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A letter: written, reviewed, published here, then sent to its readers.")

    subject = models.CharField(
        _("subject of the mail"), max_length=120, blank=True, help_text=_("Empty: the title.")
    )
    introduction = RichTextField(_("introduction"), blank=True, features=LETTER_TEXT)
    sections = StoryField(LetterBlock(), verbose_name=_("sections"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("subject"),
        FieldPanel("introduction"),
        FieldPanel("sections"),
        *AudienceMixin.audience_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *AudienceMixin.audience_search_fields,
        index.SearchField("introduction"),
        index.SearchField("sections"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        *AudienceMixin.audience_translatable_fields,
    ]

    class Meta:
        verbose_name = _("letter of the newsletter")
        verbose_name_plural = _("letters of the newsletter")

    @property
    def mail_subject(self) -> str:
        return " ".join((self.subject or self.title or str(_("(without a title)"))).split())

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("On the site")), ("mail", _("As a mail")), ("text", _("As a mail of text"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name not in ("mail", "text"):
            return super().serve_preview(request, mode_name)
        from ..letters import compose

        composed = compose(self)
        if mode_name == "mail":
            return HttpResponse(composed.html)
        return HttpResponse(composed.text, content_type="text/plain; charset=utf-8")


class Sending(models.Model):
    """A letter on its way to lists: its words are fixed here, so that all get the same."""

    letter = models.ForeignKey(
        LetterPage, verbose_name=_("letter"), on_delete=models.CASCADE, related_name="sendings"
    )
    lists = models.JSONField(_("letters"), default=list)
    language = models.CharField(max_length=10)
    reserved = models.BooleanField(default=False)
    subject = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL
    )
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    # Recipients are put in the outbox in the order of their keys; those up to this one are in.
    cursor = models.BigIntegerField(default=0)
    is_filled = models.BooleanField(default=False, db_index=True)

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        permissions = [("send_letter", "Can send letters")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.subject}"
