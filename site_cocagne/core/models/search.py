"""The index of the search, and what the team edits to make it better."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from .audience import Exposure
from .media import SiteDocument


def languages() -> list[tuple[str, Any]]:
    """Those of the site, whatever they are: a new one needs no migration."""
    return list(settings.LANGUAGES)


class SearchEntry(models.Model):
    """What the search knows of one published page or one document.

    ``exposure`` follows the page, or the strictest page that uses the document: it narrows
    the matches early. It decides nothing: what is shown has passed ``access.visible_to``.
    The databases keep an index of title, summary and body beside the row (``core/search``).
    """

    page = models.OneToOneField(
        Page, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    document = models.OneToOneField(
        SiteDocument, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    language = models.CharField(max_length=5, blank=True)  # empty: found in every language
    group = models.CharField(max_length=60)
    exposure = models.PositiveSmallIntegerField(choices=Exposure.choices, default=Exposure.OPEN)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)  # stems of the title between spaces
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) ^ models.Q(document__isnull=False),
                name="search_entry_is_of_one_thing",
            )
        ]
        indexes = [models.Index(fields=["language", "exposure"], name="search_entry_reach")]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that some text holds, to propose instead of a mistyped one."""

    language = models.CharField(max_length=5)
    folded = models.CharField(max_length=40)  # without accents, in lower case
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "folded"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.word


class SynonymGroup(models.Model):
    """Words and expressions that mean the same to readers: one finds the others."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=400,
        help_text=_("Separated by commas. For example: ACI, atelier et chantier d’insertion."),
    )
    language = models.CharField(_("language"), max_length=5, choices=languages, default="fr")

    panels = [FieldPanel("words"), FieldPanel("language")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def expressions(self) -> list[str]:
        return [part.strip() for part in self.words.split(",") if part.strip()]

    def clean(self) -> None:
        super().clean()
        if len(self.expressions) < 2:
            raise ValidationError({"words": _("Give at least two, separated by a comma.")})


class SearchPin(models.Model):
    """A page that comes first for certain words."""

    words = models.CharField(
        _("words looked for"),
        max_length=200,
        help_text=_("Accents, capitals and plurals make no difference. Several: with commas."),
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("words"), PageChooserPanel("page"), FieldPanel("order")]

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words


class FruitlessSearch(models.Model):
    """Words that found nothing, counted by day: no address, no account, no moment."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=5)
    words = models.CharField(_("words"), max_length=80)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-day", "-count", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "words"], name="fruitless_search_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.count})"


class DocumentText(models.Model):
    """The words read inside a document, or why there are none."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        EMPTY = "empty", _("no text inside: scanned?")
        FAILED = "failed", _("could not be read")
        CUT = "cut", _("read up to the limit")

    document = models.OneToOneField(
        SiteDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="words"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    text = models.TextField(_("text"), blank=True)
    file_hash = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(_("read on"), null=True)

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return f"{self.document} – {self.get_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = self.text.replace("\x00", "")  # PostgreSQL refuses it
        super().save(*args, **kwargs)
