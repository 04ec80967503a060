"""The starter content: what it must hold, and that loading it is safe."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker
from reportlab.pdfbase.ttfonts import TTFont
from wagtail.models import Page, ReferenceIndex
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from editorial.quality import faults_of
from events.models import AgendaPage, EventPage
from home.models import HomePage, JoinPage, MissionPage
from home.starter import content, days, english, files, loader, pictures, schema
from home.starter.pictures import pen
from home.starter.pictures.marks import FONTS
from newsletter.models import NewsletterPage
from resources.models import BrandPage, ResourcePage
from site_cocagne.core.access import public_images, visible_to
from site_cocagne.core.models import (
    Contact,
    Mission,
    Navigation,
    Partner,
    SiteDocument,
    SiteImage,
    StarterContentLoad,
    Theme,
)
from site_cocagne.core.typography import typographic_faults
from tests.languages.test_addresses import cheap_rendition, crawl, verify_reciprocal

KNOWN_EMAIL = "developpement@reseaucocagne.asso.fr"
KNOWN_HOSTS = {
    *("www.fnab.org", "www.tzcld.fr", "transitioncitoyenne.org", "travail-transitions.fr"),
    *("www.cnil.fr", "www.defenseurdesdroits.fr"),
    "example.org",  # reserved for examples: links to online meetings
}
# The filter of the toolbox: a mission, then its themes.
FILTER = {
    "commercialiser": (
        *("alimentation", "animation-pedagogique", "anti-gaspi", "commercialisation"),
        *("cuisine", "filiere-bio-solidaire"),
    ),
    "se-diversifier": (
        *("alimentation", "animation-pedagogique", "anti-gaspi", "cuisine", "environnement"),
        *("espaces-verts", "filiere-bio-solidaire", "jardinage", "incubateur-couveuse"),
    ),
    "creer": ("fabrique-des-territoires",),
    "piloter": (
        *("cooperation-territoriale", "foncier-bati", "organisation-du-travail"),
        *("modeles-economiques", "vie-associative"),
    ),
    "insertion": (
        *("emancipation", "jardinage", "incubateur-couveuse", "mission-insertion"),
        "organisation-du-travail",
    ),
    "produire": ("filiere-bio-solidaire", "foncier-bati", "jardinage", "production-agricole"),
}
NAMED_EVENTS = (
    "2èmes Rencontres des Acteurs Engagés",
    "Redonner du sens au travail",
    "Réunion régionale Dirigeant Île-de-France",
    "Réunion régionale Dirigeants Grand Est",
    "relocalisation et d’écologisation de l’aide alimentaire",
)


def blank(_key: str) -> Image.Image:
    """A drawing that costs nothing."""
    return Image.new("RGB", (pen.WIDTH, pen.HEIGHT), "#86b86b")


def snapshot() -> dict[str, Any]:
    """What a second load could change."""
    models = (Page, SiteImage, SiteDocument, Mission, Theme, Contact, Partner)
    return {
        "counts": [model._default_manager.count() for model in models],
        "revisions": list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")),
        "names": list(Contact.objects.order_by("pk").values_list("pk", "name")),
    }


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """The content, loaded once for this module; each test then rolls back to it."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        assert loader.load(said.append, draw=blank)
        yield said
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("loaded", "db")


def texts(value: Any) -> Iterator[str]:
    """Every text of the plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, schema.Tab):
        # Formulas, number formats and cell ranges are not prose.
        cells = (cell for row in value.rows for cell in row if isinstance(cell, str))
        yield from (cell for cell in cells if not cell.startswith("="))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def all_texts() -> list[str]:
    everything = (
        *(content.home.HOME, content.missions.INDEX, content.missions.MISSION_PAGES),
        *(content.join.JOIN, content.alliances.ALLIANCES, content.alliances.NEWSLETTER),
        *(content.CONTENT_PAGES, content.RESOURCES, content.EVENTS, content.FILES),
        *(content.brand.INDEX, content.brand.PAGES, content.taxonomy.MISSIONS),
        *(content.taxonomy.THEMES, content.taxonomy.CONTACTS, content.taxonomy.PARTNERS),
        *(content.lists.TOOLBOX, content.lists.AGENDA),
    )
    drawings = tuple((drawing.title, drawing.alt) for drawing in pictures.DRAWINGS.values())
    return [*texts(everything), *texts(drawings)]


def streams() -> Iterator[tuple[str, list[Any]]]:
    """The raw value of each StreamField of each page, with the name of the page."""
    for page in Page.objects.filter(depth__gt=1).specific():
        for field in page._meta.get_fields():
            if hasattr(field, "stream_block"):
                yield page.slug, list(getattr(page, field.name).raw_data)


def blocks_in(value: Any) -> Iterator[dict[str, Any]]:
    """Blocks of streams and items of lists, however deep."""
    if isinstance(value, dict):
        if "type" in value and "value" in value:
            yield value
        for item in value.values():
            yield from blocks_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from blocks_in(item)


# --- what there is ------------------------------------------------------------------------------


def test_the_community_page_has_its_nine_sections_in_order() -> None:
    home = HomePage.objects.get(depth=2, locale__language_code="fr")
    assert [block.block_type for block in home.sections] == [
        *("hero", "schemes", "missions", "agenda", "framework", "join_steps"),
        *("newsletter", "toolbox", "alliances"),
    ]


def test_themes_stand_under_the_missions_of_the_filter() -> None:
    for language in ("fr", "en"):
        assert Mission.objects.in_language(language).count() == 6
    for mission, themes in FILTER.items():
        found = Theme.objects.in_language("fr").filter(mission_rows__mission__slug=mission)
        assert set(found.values_list("slug", flat=True)) == set(themes), mission


def test_there_is_enough_of_everything() -> None:
    assert ResourcePage.objects.live().count() >= 26
    assert EventPage.objects.live().count() >= 16
    for language in ("fr", "en"):
        assert MissionPage.objects.live().in_language(language).count() == 5
        assert Partner.objects.filter(locale__language_code=language).count() == 6
    assert Contact.objects.count() >= 10
    assert len(pictures.DRAWINGS) >= 14


def test_every_theme_and_every_kind_has_a_resource() -> None:
    for theme in Theme.objects.in_language("fr"):
        assert ResourcePage.objects.filter(theme_rows__theme=theme).exists(), theme.slug
    kinds = set(ResourcePage.objects.values_list("kind", flat=True))
    assert kinds == set(ResourcePage.Kind.values)


def test_a_resource_can_be_read_and_taken_away() -> None:
    for page in ResourcePage.objects.all():
        assert 0 < len(page.summary) <= 250, page.slug
        assert len(page.body) >= 4, page.slug
        assert page.file_rows.exists(), page.slug
        assert page.mission_rows.exists(), page.slug


def test_some_pages_are_reserved_with_a_door_and_some_without() -> None:
    for model in (ResourcePage, EventPage):
        reserved = model.objects.filter(audience="members")
        assert reserved.filter(door="teaser").count() >= 2
        assert reserved.filter(door="hidden").count() >= 2
    assert BrandPage.objects.count() >= 2


def test_the_agenda_holds_past_present_and_future() -> None:
    today = timezone.localdate()
    events = EventPage.objects.all()
    assert events.past().count() >= 3
    assert events.filter(start_date=today).exists()
    assert events.filter(start_date__lt=today, end_date__gt=today).exists()
    assert events.filter(start_date__gt=today + datetime.timedelta(days=60)).count() >= 2
    assert events.filter(start_time__isnull=True).exists()
    assert events.filter(time_zone="Indian/Reunion", region="04").exists()
    for field, choices in (
        *(("format", EventPage.Format), ("status", EventPage.Status)),
        ("kind", EventPage.Kind),
    ):
        assert set(events.values_list(field, flat=True)) == set(choices.values), field


def test_the_events_named_by_the_network_are_there() -> None:
    for words in NAMED_EVENTS:
        assert EventPage.objects.filter(title__contains=words).exists(), words


def test_an_editor_could_save_all_of_it() -> None:
    """Nothing is longer than its column or refused by its block."""
    for page in Page.objects.filter(depth__gt=1, locale__language_code="fr").specific():
        page.full_clean()
        for field in page._meta.get_fields():
            if hasattr(field, "stream_block"):
                field.stream_block.clean(getattr(page, field.name))
    for model in (SiteImage, SiteDocument, Mission, Theme, Contact, Partner):
        manager: Any = model._default_manager
        for thing in manager.all():
            thing.full_clean()


def test_the_quality_gate_would_let_all_of_it_pass() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        assert not [fault.message for fault in faults_of(page) if fault.blocks], page.url


def test_every_page_was_published_before_today_and_stands_in_the_past() -> None:
    for page in Page.objects.filter(depth__gt=1, locale__language_code="fr"):
        assert page.live, page.slug
        assert not page.has_unpublished_changes, page.slug
        assert page.first_published_at is not None, page.slug
        assert page.first_published_at < timezone.now(), page.slug


def test_the_menus_are_filled() -> None:
    navigation = Navigation.objects.get()
    assert 5 <= navigation.menu_items.count() <= 7
    assert navigation.footer_links.count() >= 4


def test_the_words_of_consent_say_what_law_asks() -> None:
    consent = NewsletterPage.objects.in_language("fr").get().consent_text
    for words in ("Réseau Cocagne", "une fois par mois", "quitter à tout moment", KNOWN_EMAIL):
        assert words in consent.replace("\u00a0", " ")


# --- how it is stored ----------------------------------------------------------------------------


def test_every_block_has_an_id_of_its_own() -> None:
    for slug, stream in streams():
        ids = [block.get("id") for block in blocks_in(stream)]
        assert all(ids), slug
        assert len(set(ids)) == len(ids), slug


def test_every_picture_has_words_for_those_who_do_not_see_it() -> None:
    assert not SiteImage.objects.filter(description="").exists()
    assert not SiteImage.objects.filter(credit="").exists()
    for slug, stream in streams():
        for block in blocks_in(stream):
            image = isinstance(block["value"], dict) and block["value"].get("image")
            if image:
                assert image["alt_text"], slug


def test_files_carry_size_and_hash_as_an_upload_would() -> None:
    for model in (SiteImage, SiteDocument):
        assert not model._default_manager.filter(file_hash="").exists()
        assert not model._default_manager.filter(file_size__isnull=True).exists()


def test_recordings_have_a_length_and_a_transcript() -> None:
    recordings = [
        document for document in SiteDocument.objects.all() if document.kind in {"audio", "video"}
    ]
    assert {document.kind for document in recordings} == {"audio", "video"}
    for document in recordings:
        assert document.duration
        assert document.transcript
        if document.kind == "video":
            assert document.captions is not None


def test_links_between_pages_lead_somewhere() -> None:
    stored = repr([stream for _, stream in streams()])
    stored += "".join(page.your_mission + page.our_support for page in MissionPage.objects.all())
    stored += NewsletterPage.objects.in_language("fr").get().consent_text
    assert "<a page=" not in stored
    numbers = {int(number) for number in re.findall(r'linktype="page" id="(\d+)"', stored)}
    assert numbers
    assert Page.objects.filter(pk__in=numbers, live=True).count() == len(numbers)


def test_loading_again_changes_nothing() -> None:
    before = snapshot()
    said: list[str] = []
    assert not loader.load(said.append, draw=blank)
    assert snapshot() == before
    assert said


def test_what_an_editor_deleted_does_not_come_back() -> None:
    AgendaPage.objects.in_language("fr").get().get_children().last().delete()
    before = snapshot()
    assert not loader.load(lambda _words: None, draw=blank)
    assert snapshot() == before
    assert StarterContentLoad.objects.count() == 1


def test_the_load_says_what_it_did(loaded: list[str]) -> None:
    assert any("pictures" in words for words in loaded)
    assert any("published" in words for words in loaded)


# --- the language ---------------------------------------------------------------------------------


def test_french_is_typeset_as_french() -> None:
    prose = [text for text in all_texts() if " " in text or "'" in text]
    faults = {text: typographic_faults(text) for text in prose}
    assert len(prose) > 1000
    assert {text: wrong for text, wrong in faults.items() if wrong} == {}


def test_the_only_address_is_the_one_that_is_known() -> None:
    found = {email for text in all_texts() for email in re.findall(r"[\w.+-]+@[\w.-]+\w", text)}
    assert found == {KNOWN_EMAIL}


def test_links_lead_only_to_sites_that_are_known() -> None:
    links = {link for text in all_texts() for link in re.findall(r"https?://[^\s\"<]+", text)}
    assert {urlsplit(link).hostname for link in links} <= KNOWN_HOSTS


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_meetings_fall_on_days_that_are_worked_whenever_the_content_is_loaded(year: int) -> None:
    for number in range(366):
        today = datetime.date(year, 1, 1) + datetime.timedelta(days=number)
        for event in content.EVENTS:
            first, last = days.days_of(event.when, today)
            if event.when.any_day:
                continue
            assert days.is_worked(first), (event.slug, today)
            assert days.is_worked(last), (event.slug, today)
            assert (first > today) == (event.when.day > 0), (event.slug, today)
            assert last >= today or event.when.day < 0, (event.slug, today)


def test_holidays_that_move_are_known() -> None:
    assert days.easter(2027) == datetime.date(2027, 3, 28)
    assert datetime.date(2027, 5, 6) in days.holidays(2027)  # Ascension


# --- files and drawings ---------------------------------------------------------------------------


def test_sheets_are_named_and_say_their_language() -> None:
    document = SiteDocument.objects.filter(file__endswith=".pdf").first()
    assert document is not None
    reader = PdfReader(document.file.open("rb"))
    assert reader.metadata is not None
    assert reader.metadata.title
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert "\ufffd" not in reader.pages[0].extract_text()


def test_workbooks_hold_formulas_on_several_sheets() -> None:
    books = SiteDocument.objects.filter(file__endswith=".xlsx")
    assert books.count() >= 5
    for document in books:
        book = load_workbook(BytesIO(document.file.open("rb").read()))
        assert len(book.sheetnames) >= 3, document.title
        cells = [cell.value for sheet in book for row in sheet for cell in row]
        formulas = [value for value in cells if isinstance(value, str) and value.startswith("=")]
        assert formulas, document.title
        for formula in formulas:
            for tab in re.findall(r"([A-Za-zÀ-ÿ]+)!", formula):
                assert tab in book.sheetnames, formula


def test_every_letter_of_a_sheet_is_in_its_font() -> None:
    letters = set("".join(all_texts())) - {"\n"}
    for name in ("texte", "texte-gras", "titre"):
        face = TTFont(name, FONTS / f"{name}.ttf").face
        assert {letter for letter in letters if ord(letter) not in face.charToGlyph} == set()


@pytest.mark.parametrize("key", ["convention", "crop-book", "podcast-farms", "film-parcels"])
def test_the_same_words_give_the_same_bytes(key: str) -> None:
    first, again = (files.make(content.FILES[key], key, blank).content for _ in range(2))
    assert first == again


def test_a_film_is_made_of_key_frames_at_their_times() -> None:
    film = content.FILES["film-parcels"]
    assert isinstance(film, schema.Film)
    made = files.make(film, "film", blank)
    assert made.content.startswith(bytes.fromhex("1A45DFA3"))
    assert made.content.count(b"\x9d\x01\x2a") > len(film.shots)  # start code of a VP8 key frame
    assert made.captions is not None
    words = made.captions.content.decode()
    assert words.startswith("WEBVTT")
    assert all(caption in words for _, caption in film.shots)


@pytest.fixture
def roughly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw at the final size at once: coarser, and four times faster."""
    pen.grain.cache_clear()
    monkeypatch.setattr(pen, "OVERSIZE", 1)
    yield
    pen.grain.cache_clear()


@pytest.mark.parametrize("key", pictures.DRAWINGS)
@pytest.mark.usefixtures("roughly")
def test_each_drawing_can_be_drawn(key: str) -> None:
    drawing = pictures.draw(key)
    assert drawing.size == (1600, 1000)
    colours = drawing.resize((160, 100)).getcolors(16_000)
    assert colours is not None
    assert len(colours) > 200


# --- the English side --------------------------------------------------------------------------


def english_pages() -> Any:
    return Page.objects.filter(locale__language_code="en")


def test_each_english_page_is_a_published_translation_of_a_french_one() -> None:
    pages = english_pages()
    assert pages.count() == len(english.PAGES)
    for page in pages:
        source = Page.objects.get(translation_key=page.translation_key, locale__language_code="fr")
        assert page.live
        assert not page.has_unpublished_changes
        assert page.alias_of_id is None
        assert page.last_published_at == source.last_published_at
        assert Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale, enabled=True
        ).exists()
    assert ResourcePage.objects.in_language("en").count() == 10


def test_nothing_is_left_in_french() -> None:
    """Every sentence of a translated thing has its English, and the catalogue has no other."""
    used = set()
    for segment in StringSegment.objects.select_related("string", "context"):
        if segment.context.path != "slug":
            used.add(segment.string.data)
            assert StringTranslation.objects.filter(
                translation_of=segment.string, context=segment.context
            ).exists(), segment.string.data
    assert used == set(english.English().words)


def test_rows_of_english_things_name_english_entries() -> None:
    rows = [row for page in ResourcePage.objects.in_language("en") for row in page.theme_rows.all()]
    rows += [row for theme in Theme.objects.in_language("en") for row in theme.mission_rows.all()]
    for contact in Contact.objects.filter(locale__language_code="en"):
        rows += [*contact.mission_rows.all(), *contact.theme_rows.all()]
    entries = [getattr(row, "mission", None) or row.theme for row in rows]
    assert len(entries) > 50
    assert {entry.locale.language_code for entry in entries} == {"en"}


def test_every_public_address_of_both_languages_answers_and_names_its_counterpart(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SiteImage, "generate_rendition_file", cheap_rendition)
    said = crawl(client)
    verify_reciprocal(said)
    translated = [path for path, alternates in said.items() if alternates]
    assert len([path for path in translated if path.startswith("/en/")]) == len(english.PAGES)
    assert len(translated) == 2 * len(english.PAGES)
    assert len(said) > 80


def test_links_of_a_story_lead_to_what_is_translated(client: Client) -> None:
    join = JoinPage.objects.in_language("en").get()
    text = client.get(join.url).content.decode()
    assert 'href="/en/agenda/"' in text
    assert 'href="/en/toolbox/starting-a-garden-guide/"' in text


def test_a_change_of_the_french_is_synchronised_into_it() -> None:
    source = HomePage.objects.get(locale__language_code="fr", depth=2)
    source.summary = "Un résumé tout neuf."
    source.save_revision().publish()
    translation = Translation.objects.get(source__object_id=source.translation_key)
    translation.source.update_from_db()
    new = StringSegment.objects.get(source=translation.source, string__data=source.summary)
    StringTranslation.objects.create(
        translation_of=new.string,
        context=new.context,
        locale=translation.target_locale,
        data="A brand new summary.",
    )
    translation.save_target(publish=False)
    page = HomePage.objects.get(locale__language_code="en", depth=2)
    draft = page.get_latest_revision_as_object()
    assert draft.summary == "A brand new summary."
    assert draft.sections[0].value["title"] == "Join the Cocagne community"
    assert page.summary.startswith("Réseau Cocagne brings together"), "a draft is not online"


def test_no_picture_of_a_public_page_is_missing_to_its_readers() -> None:
    """A picture is as closed as the strictest page that shows it: reserved pages have their own."""
    public = public_images(list(SiteImage.objects.values_list("pk", flat=True)))
    for page in visible_to(AnonymousUser(), Page.objects.filter(depth__gt=1)):
        references = ReferenceIndex.get_references_for_object(page.specific)
        pictures_of = references.filter(to_content_type__model="siteimage")
        shown = {int(key) for key in pictures_of.values_list("to_object_id", flat=True)}
        assert shown <= public, page.slug
