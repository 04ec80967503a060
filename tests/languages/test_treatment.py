"""What is translated and what is shared, for every page type and snippet.

Each is filled in, translated, published, changed in French, synchronised and compared.
"""

from __future__ import annotations

import datetime
import sys
from typing import Any

import pytest
from django.db import models
from wagtail.models import Locale, Page, get_translatable_models
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from events.models import EventFile, EventPage
from home.declarations import AccessibilityPage
from home.legal import EcodesignPage, LegalNoticePage, PersonalDataPage
from home.models import AlliancesPage, HomePage, JoinPage, MissionIndexPage
from newsletter.models import LetterPage, NewsletterPage
from resources.models import BrandFile, BrandIndexPage, ResourceLink
from site_cocagne.core.models import Partner, Theme
from tests import factories

# Beside words, what a type treats otherwise than wagtail-localize would by itself, and why.
NEVER_TRANSLATED = {
    "audience": "the audience is decided once, and the strictest of the kin wins",
    "door": "goes with the audience",
    "authors": "names of people",
    "garden": "the name of a garden",
    "organiser": "the name of an organisation",
    "address": "what a letter or a map needs",
    "postcode": "what a letter or a map needs",
    "city": "what a letter or a map needs",
    "phone": "a number",
    "auditor": "the name of a person or of a firm",
    "assessor": "the name of a person or of a firm",
    "controller": "a name and an address",
    "officer": "the name of a person",
    "legal_form": "a term of French law",
    "seat": "what a letter or a map needs",
    "rna": "a number",
    "siret": "a number",
    "director": "the name of a person",
    "host_name": "the name of a firm",
    "host_address": "what a letter or a map needs",
    "host_phone": "a number",
    "slug of a mission or theme": "addresses of filters are the same in every language",
}


def translatable_types() -> list[type[Any]]:
    found = get_translatable_models(include_subclasses=True)
    return sorted((m for m in found if m is not Page), key=lambda m: str(m._meta.label))


def treatment(model: type[Any]) -> dict[str, str]:
    """Each field with its treatment: ``translated``, ``shared`` or ``shared, may differ``."""
    rows: dict[str, str] = {}
    for field in get_translatable_fields(model):
        if isinstance(field, TranslatableField):
            rows[field.field_name] = "translated"
        else:
            rows[field.field_name] = "shared, may differ" if field.overridable else "shared"
    return rows


def test_the_table_of_every_type_with_its_fields_and_their_treatment() -> None:
    """Run with ``-s`` to read it. No word is left out, nothing that is no word is translated."""
    for model in translatable_types():
        rows = treatment(model)
        lines = [str(model._meta.label), *(f"  {name:<22} {how}" for name, how in rows.items())]
        sys.stdout.write("\n".join(["", *lines, ""]))
        for field in model._meta.get_fields():
            words = isinstance(field, models.CharField | models.TextField) and not field.choices
            if not words or not field.editable or isinstance(field, models.URLField):
                continue
            shared = field.name in NEVER_TRANSLATED or isinstance(field, models.EmailField)
            if field.name == "slug" and not issubclass(model, Page):
                shared = True
            if field.name in rows and not shared:
                assert rows[field.name] == "translated", f"{model._meta.label}.{field.name}"
        for name in ("audience", "door", "kind", "status", "start_date", "file_rows", "picture"):
            assert rows.get(name, "shared").startswith("shared"), f"{model._meta.label}.{name}"


# --- one of each ----------------------------------------------------------------------------------

PARAGRAPH = [
    {
        "type": "paragraph",
        "value": "<p>Un <b>texte</b>.</p>",
        "id": "11111111-1111-4111-8111-111111111111",
    }
]


def picture_block(image: Any) -> list[dict[str, Any]]:
    value = {
        "image": {"image": image.pk, "decorative": False, "alt_text": "Une serre"},
        "caption": "Au printemps",
    }
    table = {
        "caption": "Le panier",
        "table": {
            "columns": [
                {"type": "text", "heading": "Légume"},
                {"type": "rich_text", "heading": "Poids"},
            ],
            "rows": [{"values": ["Poireaux", "<p>Un <b>kilo</b></p>"]}],
            "caption": "Le panier",
        },
    }
    return [
        *PARAGRAPH,
        {"type": "picture", "value": value, "id": "22222222-2222-4222-8222-222222222222"},
        {"type": "table", "value": table, "id": "33333333-3333-4333-8333-333333333333"},
    ]


@pytest.fixture
def made(home: HomePage) -> dict[str, Any]:
    """One of every type, filled in."""
    image, paper = factories.image(), factories.document()
    mission = factories.mission("produire", people="Chef·fes de culture")
    theme = factories.theme(mission, slug="jardinage")
    contact = factories.contact(mission, role="Premiers contacts")
    story: dict[str, Any] = {
        "body": picture_block(image),
        "picture": image,
        "summary": "Un résumé.",
    }
    words = {"introduction": "<p>Une <b>introduction</b>.</p>"}
    toolbox, agenda = factories.toolbox(home), factories.agenda(home)
    add = factories.add_page
    newsletter = add(
        home, NewsletterPage, consent_text="<p>J’accepte.</p>", body=PARAGRAPH, slug="newsletter"
    )
    brand = factories.brand(home, body=PARAGRAPH, file_rows=[BrandFile(document=paper)])
    about = factories.mission_page(home, mission, your_mission="<p>Cultiver.</p>", **story)
    things = [
        *(mission, theme, contact, home, toolbox, agenda, newsletter, brand, about),
        *(MissionIndexPage.objects.get(), BrandIndexPage.objects.get()),
        Partner.objects.create(name="FNAB", tie="Membre", logo=image, locale=home.locale),
        factories.content(home, **story),
        add(home, JoinPage, **words, body=PARAGRAPH),
        add(home, AccessibilityPage, failures="<p>Des contrastes.</p>", **story),
        add(home, EcodesignPage, done="<p>Peu d’images.</p>", criteria_met=61, **story),
        add(home, PersonalDataPage, rights="<p>Partir.</p>", officer="Une personne", **story),
        add(home, LegalNoticePage, legal_form="association", host_name="Un hébergeur", **story),
        add(home, AlliancesPage, **words, body=PARAGRAPH),
        add(newsletter, LetterPage, subject="La lettre de mai", **words),
        factories.resource(
            toolbox,
            missions=(mission,),
            themes=(theme,),
            documents=(paper,),
            link_rows=[ResourceLink(label="Un site", url="https://example.org/")],
            authors="Une équipe",
            **story,
        ),
        factories.event(
            agenda,
            missions=(mission,),
            place="Salle des fêtes",
            city="Besançon",
            contact=contact,
            file_rows=[EventFile(document=paper)],
            **story,
        ),
    ]
    return {thing._meta.label: thing for thing in things}


def english() -> Locale:
    return Locale.objects.get(language_code="en")


def in_english(text: str) -> str:
    return f"{text} (EN)"


def translate(thing: Any) -> Any:
    """Extract, translate every string, publish; the translation as it is stored."""
    source, _ = TranslationSource.update_or_create_from_instance(thing)
    source.update_from_db()
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=english())
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        text = segment.string.data
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=english(),
            defaults={"data": f"{text}-en" if segment.context.path == "slug" else in_english(text)},
        )
    is_page = isinstance(thing, Page)
    translation.save_target(publish=not is_page)
    target = translation.get_target_instance()
    if is_page:
        target.get_latest_revision().publish()
    return type(thing)._default_manager.get(pk=target.pk)


def shared_value(thing: Any, name: str) -> Any:
    """A field's value; rows as what they hold, entries of the directory by their key."""
    field = thing._meta.get_field(name)
    if not isinstance(field, models.ManyToOneRel):
        return getattr(thing, field.attname)
    held = []
    for row in getattr(thing, name).all():
        for one in row._meta.fields:
            if one.name in {"id", "sort_order"} or type(one).__name__ == "ParentalKey":
                continue
            value = getattr(row, one.name)
            held.append((one.name, str(getattr(value, "translation_key", value))))
    return held


def words_of(thing: Any) -> list[str]:
    source, _ = TranslationSource.update_or_create_from_instance(thing)
    found = StringSegment.objects.filter(source=source).order_by("order")
    return list(found.values_list("string__data", flat=True))


def check(thing: Any, target: Any) -> None:
    """What is shared is the same, every sentence is translated, related entries are English."""
    for name, how in treatment(type(thing)).items():
        if how.startswith("shared"):
            assert shared_value(target, name) == shared_value(thing, name), name
    theirs = words_of(target)
    assert theirs
    assert all(text.endswith(("(EN)", "-en")) for text in theirs), theirs
    for relation in ("mission_rows", "theme_rows"):
        for row in getattr(target, relation).all() if hasattr(target, relation) else ():
            entry = getattr(row, "mission", None) or row.theme
            assert entry.locale.language_code == "en"


def test_each_type_is_extracted_translated_published_changed_synchronised_and_compared(
    made: dict[str, Any],
) -> None:
    assert set(made) == {model._meta.label for model in translatable_types()}
    targets = {label: translate(thing) for label, thing in made.items()}
    for label, target in targets.items():
        thing: Any = type(target)._default_manager.get(pk=made[label].pk)
        check(thing, target)
        if isinstance(thing, Page):
            thing.title = f"{thing.title} revu"
            thing.save_revision().publish()
        else:
            thing.name = f"{thing.name} revu"
            thing.save()
        again = translate(thing)
        check(type(thing)._default_manager.get(pk=thing.pk), again)
        words = again.title if isinstance(thing, Page) else again.name
        assert words.endswith("revu (EN)"), label
        assert again.pk == target.pk


def test_a_story_keeps_its_pictures_and_translates_their_words(made: dict[str, Any]) -> None:
    for label in ("core.Mission", "core.Theme", "home.HomePage"):
        translate(made[label])
    page = translate(made["home.ContentPage"])
    text, picture, table = page.body
    assert "(EN)" in text.value.source
    assert picture.value["image"].pk == made["home.ContentPage"].picture_id
    assert picture.value["image"].contextual_alt_text == "Une serre (EN)"
    assert picture.value["caption"] == "Au printemps (EN)"
    assert table.value["table"].columns[0]["heading"] == "Légume (EN)"
    assert table.value["table"].row_data[0]["values"][0] == "Poireaux (EN)"
    assert "<b>kilo</b> (EN)" in table.value["table"].row_data[0]["values"][1].source


def test_what_is_shared_follows_a_change_of_date_status_audience_and_files(
    made: dict[str, Any],
) -> None:
    for label in ("core.Mission", "core.Contact", "home.HomePage", "events.AgendaPage"):
        translate(made[label])
    event = made["events.EventPage"]
    translate(event)
    event.start_date += datetime.timedelta(days=3)
    event.status, event.audience = EventPage.Status.CANCELLED, "members"
    event.file_rows.all().delete()
    event.save_revision().publish()
    event = EventPage.objects.get(pk=event.pk)
    target = translate(event)
    assert (target.start_date, target.status) == (event.start_date, "cancelled")
    assert (target.audience, target.exposure) == ("members", event.exposure)
    assert not target.file_rows.exists()
    assert target.starts_at == event.starts_at


def test_an_entry_translated_late_is_named_by_the_rows_that_wait_for_it(
    made: dict[str, Any],
) -> None:
    for label in ("core.Mission", "home.HomePage", "resources.ToolboxPage"):
        translate(made[label])
    target = translate(made["resources.ResourcePage"])
    assert target.theme_rows.get().theme.locale.language_code == "fr"
    translate(made["core.Theme"])
    assert target.theme_rows.get().theme == Theme.objects.get(locale=english())


def test_a_draft_of_a_translation_changes_nothing_that_is_online(made: dict[str, Any]) -> None:
    for label in ("core.Mission", "core.Theme", "home.HomePage", "resources.ToolboxPage"):
        translate(made[label])
    source = made["resources.ResourcePage"]
    online = translate(source)
    source.title, source.kind = "Un autre titre", "guide"
    source.theme_rows.all().delete()
    source.save_revision().publish()
    translation = Translation.objects.get(source__object_id=source.translation_key)
    translation.source.update_from_db()
    translation.save_target(publish=False)
    stored = type(source)._default_manager.get(pk=online.pk)
    assert (stored.title, stored.kind) == (online.title, "sheet")
    assert stored.theme_rows.count() == 1
    assert stored.has_unpublished_changes
    draft = stored.get_latest_revision_as_object()
    assert (draft.title, draft.kind) == ("Un autre titre", "guide")
    assert draft.theme_rows.count() == 0
