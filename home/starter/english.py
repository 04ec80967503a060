"""The English side of the starter content, made the way a translator makes it.

Each thing gets wagtail-localize's own source, translation and translated strings, so that what an
editor changes in French later is synchronised like any other translation. The sentences stand in
``english.po``, found by their French; addresses under the context ``slug``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from site_cocagne.core.models import Contact, Mission, Partner, Theme

CATALOGUE = Path(__file__).with_name("english.po")
LANGUAGE = "en"
SNIPPETS = (Mission, Theme, Contact, Partner)
# Parents before children; what is not named here waits for a translator.
RESOURCES = (
    *("guide-creer-un-jardin", "dimensionner-un-projet", "cultiver-avec-moins-d-eau"),
    *("lire-son-sol-a-la-beche", "accueillir-une-classe", "mesurer-le-gaspillage"),
    *("poules-et-verger", "modele-de-plan-de-culture", "video-la-serre-a-plants"),
    "podcast-cooperer-entre-fermes",
)
EVENTS = (
    *("webinaire-decouvrir-la-boite-a-outils", "conference-redonner-du-sens-au-travail"),
    *("journee-technique-moins-d-eau", "debat-relocalisation-de-l-aide-alimentaire"),
    *("rencontres-agriculture-urbaine-ile-de-france", "rencontre-jardins-d-outre-mer"),
    *("forum-cocagne", "visite-apprenante-conserverie"),
)
PAGES = (
    *("home", "missions", "piloter", "insertion", "produire", "commercialiser"),
    *("se-diversifier", "toolbox", *(f"resource:{slug}" for slug in RESOURCES)),
    *("agenda", *(f"event:{slug}" for slug in EVENTS)),
    *("join", "alliances", "newsletter"),
    *("framework", "schemes", "exchange", "training", "funding", "individual", "mark", "horizon"),
    *("contact", "legal", "privacy", "accessibility"),
)


class English:
    """The sentences, and what makes translations of them."""

    def __init__(self) -> None:
        entries = polib.pofile(str(CATALOGUE), encoding="utf-8")
        self.words = {entry.msgid: entry.msgstr for entry in entries if not entry.msgctxt}
        self.slugs = {entry.msgid: entry.msgstr for entry in entries if entry.msgctxt == "slug"}
        self.locale = Locale.objects.get(language_code=LANGUAGE)

    def load(self, pages: dict[str, Any]) -> int:
        """Translate the directory, then the pages of ``PAGES``; the number of translations."""
        things = [thing for model in SNIPPETS for thing in self.untranslated(model)]
        for thing in things:
            self.begin(thing).save_target(publish=True)
        for key in PAGES:
            self.translate_page(pages[key])
        return len(things) + len(PAGES)

    def untranslated(self, model: type[Any]) -> Any:
        return model.objects.filter(locale=Locale.get_default())

    def translate_page(self, page: Page) -> None:
        """Publish the translation on the day its source was published."""
        source: Any = page.specific_class.objects.get(pk=page.pk)
        translation = self.begin(source)
        translation.save_target(publish=False)
        made = translation.get_target_instance().specific
        made.first_published_at = source.first_published_at
        made.save_revision().publish()
        Page.objects.filter(pk=made.pk).update(
            first_published_at=source.first_published_at, last_published_at=source.last_published_at
        )

    def begin(self, thing: Any) -> Translation:
        """A translation of ``thing`` with all its strings; ``KeyError`` for one not written."""
        source, _ = TranslationSource.get_or_create_from_instance(thing)
        translation: Translation = Translation.objects.create(
            source=source, target_locale=self.locale
        )
        segments = StringSegment.objects.filter(source=source).select_related("string", "context")
        now = timezone.now()
        StringTranslation.objects.bulk_create(
            StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=self.locale,
                data=self.words_for(segment),
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                updated_at=now,
            )
            for segment in {(s.string_id, s.context_id): s for s in segments}.values()
        )
        return translation

    def words_for(self, segment: StringSegment) -> str:
        text = segment.string.data
        if segment.context.path == "slug":
            return self.slugs.get(text, text)
        return self.words[text]
