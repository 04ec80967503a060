"""The tool that keeps the interface's French complete."""

from __future__ import annotations

import gettext
import os
from typing import TYPE_CHECKING

import polib
import pytest
from django.utils import translation as django_translation
from hypothesis import given
from hypothesis import strategies as st

from site_cocagne.core import catalogue_checks, catalogues
from site_cocagne.core.catalogues import Message
from site_cocagne.core.typography import typographic_faults

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """{% load i18n %}
<h1>{% translate "Next events" %}</h1>   \u00a0 an odd    space
  {# nothing to translate here: gettext("no") #}
 <p>{{ title|default:_("Untitled") }} {% include "x.html" with label=_("More") only %}</p>
{% blocktranslate trimmed count number=resources|length %}
    {{ number }} resource
  {% plural %}
    {{ number }} resources
{% endblocktranslate %}
{% translate "May" context "month" %}{% translate 'It’s 100%' %}
{% blocktranslate with name=page.title %}See “{{ name }}”{% endblocktranslate %}
"""

PYTHON = """
from django.utils import translation as django_translation
from django.utils.translation import gettext_lazy as _, ngettext, npgettext_lazy as plural_of

LABEL = _("Title")
LONG = _(
    "A sentence on "
    "two lines"
)
def count(n, variable):
    translation.gettext(variable)
    translation.pgettext("verb", "Open")
    plural_of("seats", "%(n)s left", "%(n)s left of them", "n")
    return ngettext("%(n)s event", "%(n)s events", n)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: the app ``home`` with code and a template, and a shared template."""
    write(tmp_path / "home/models.py", PYTHON)
    write(tmp_path / "home/migrations/0001_initial.py", "from x import _\n_('Old')")
    write(tmp_path / "templates/home/page.html", '{% translate "Next events" %}')
    write(tmp_path / "templates/base.html", '{% translate "Skip to content" %}')
    write(tmp_path / "site_cocagne/core/locale/fr/LC_MESSAGES/.keep", "")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def catalogue_of(project: Path, name: str) -> catalogues.Catalogue:
    return next(each for each in catalogues.catalogues(project) if each.name == name)


def update_all(project: Path) -> None:
    for catalogue in catalogues.catalogues(project):
        catalogues.update(catalogue, project)


def translate(project: Path, name: str, translations: dict[str, str | dict[int, str]]) -> None:
    """Write these translations into the catalogue, as a translator would."""
    path = catalogue_of(project, name).path
    file = polib.pofile(str(path))
    for text, translation in translations.items():
        entry = next(entry for entry in file if entry.msgid == text)
        if isinstance(translation, dict):
            entry.msgstr_plural = translation
        else:
            entry.msgstr = translation
    file.save()


HOME: dict[str, str | dict[int, str]] = {
    "Title": "Titre",
    "A sentence on two lines": "Une phrase sur deux lignes",
    "Open": "Ouvrir",
    "Next events": "Prochains événements",
    "%(n)s left": {0: "%(n)s restante", 1: "%(n)s restantes"},
    "%(n)s event": {0: "%(n)s événement", 1: "%(n)s événements"},
}


@pytest.fixture
def translated(project: Path) -> Path:
    """The small project, with complete catalogues."""
    update_all(project)
    translate(project, "home", HOME)
    translate(project, "core", {"Skip to content": "Aller au contenu"})
    return project


# --- finding strings --------------------------------------------------------------------------


def test_python_strings_are_found_under_any_local_name() -> None:
    assert set(catalogues.messages_in_python(PYTHON)) == {
        Message("Title"),
        Message("A sentence on two lines"),
        Message("Open", context="verb"),
        Message("%(n)s left", "%(n)s left of them", "seats"),
        Message("%(n)s event", "%(n)s events"),
    }


def test_an_underscore_that_is_no_translation_function_is_left_alone() -> None:
    assert not list(catalogues.messages_in_python("for _ in range(3): _('no')"))


def test_template_strings_are_found_whatever_stands_around_them() -> None:
    assert set(catalogues.messages_in_template(TEMPLATE)) == {
        Message("Next events"),
        Message("Untitled"),
        Message("More"),
        Message("%(number)s resource", "%(number)s resources"),
        Message("May", context="month"),
        Message("It’s 100%%"),
        Message("See “%(name)s”"),
    }


@given(st.text(alphabet="ab'\"\\%{}()é\u00a0\n_,", max_size=30))
def test_any_literal_of_python_is_read_back_as_it_was_written(text: str) -> None:
    source = f"from django.utils.translation import gettext as _\n_({text!r})"
    assert [message.text for message in catalogues.messages_in_python(source)] == [text]


def test_each_app_has_the_strings_of_its_code_and_templates_and_core_the_rest(
    project: Path,
) -> None:
    home = catalogues.extract(catalogue_of(project, "home"), project)
    core = catalogues.extract(catalogue_of(project, "core"), project)
    assert home[Message("Next events")] == {"templates/home/page.html"}
    assert Message("Old") not in home
    assert set(core) == {Message("Skip to content")}


def test_a_template_that_cannot_be_read_is_named(project: Path) -> None:
    broken = "{% blocktranslate %}{% if a %}{% endif %}{% endblocktranslate %}"
    write(project / "templates/home/broken.html", broken)
    with pytest.raises(catalogues.UnreadableSourceError, match=r"templates/home/broken\.html"):
        catalogues.extract(catalogue_of(project, "home"), project)


# --- updating ---------------------------------------------------------------------------------


def test_an_update_adds_new_strings_empty_and_keeps_what_was_translated(translated: Path) -> None:
    write(
        translated / "templates/home/page.html", '{% translate "Next events" %}{% translate "A" %}'
    )
    home = catalogue_of(translated, "home")
    assert catalogues.update(home, translated)
    entries = {entry.msgid: entry.msgstr for entry in catalogues.read_po(home.path)}
    assert entries["Next events"] == "Prochains événements"
    assert entries["A"] == ""


def test_an_update_takes_disappeared_strings_out(translated: Path) -> None:
    (translated / "templates/home/page.html").unlink()
    home = catalogue_of(translated, "home")
    catalogues.update(home, translated)
    assert "Next events" not in home.path.read_text(encoding="utf-8")


def test_a_second_update_changes_nothing(translated: Path) -> None:
    update_all(translated)
    for catalogue in catalogues.catalogues(translated):
        assert not catalogues.update(catalogue, translated)


def test_an_update_writes_neither_dates_nor_line_numbers(translated: Path) -> None:
    text = catalogue_of(translated, "home").path.read_text(encoding="utf-8")
    assert "Date" not in text
    assert "#: home/models.py\n" in text


def test_entries_are_sorted(translated: Path) -> None:
    texts = [entry.msgid for entry in catalogues.read_po(catalogue_of(translated, "home").path)]
    assert texts == sorted(texts)


def test_an_update_keeps_the_translated_one_of_two_entries_that_a_merge_left(
    translated: Path,
) -> None:
    home = catalogue_of(translated, "home")
    text = home.path.read_text(encoding="utf-8")
    home.path.write_text(text + '\nmsgid "Title"\nmsgstr ""\n', encoding="utf-8")
    assert any("more than once" in problem for problem in catalogue_checks.problems(translated))
    catalogues.update(home, translated)
    assert not catalogue_checks.problems(translated)


def test_an_app_without_strings_gets_no_file(project: Path) -> None:
    update_all(project)
    assert not catalogue_of(project, "events").path.exists()


# --- checking ---------------------------------------------------------------------------------


def test_complete_catalogues_have_no_problem(translated: Path) -> None:
    assert catalogue_checks.problems(translated) == []


def test_a_missing_string_is_named_with_its_file(translated: Path) -> None:
    write(translated / "templates/events/page.html", '{% translate "Agenda" %}')
    (problem,) = catalogue_checks.problems(translated)
    assert problem.startswith("events/locale/fr/LC_MESSAGES/django.po: “Agenda” is missing")


def test_an_unused_string_is_named(translated: Path) -> None:
    (translated / "templates/base.html").unlink()
    (problem,) = catalogue_checks.problems(translated)
    assert "“Skip to content” is used nowhere any more" in problem


def test_an_empty_translation_is_named(translated: Path) -> None:
    translate(translated, "home", {"%(n)s event": {0: "%(n)s événement", 1: ""}})
    (problem,) = catalogue_checks.problems(translated)
    assert "“%(n)s event” is not translated" in problem


def test_a_fuzzy_translation_is_named_and_an_update_keeps_its_mark(translated: Path) -> None:
    path = catalogue_of(translated, "home").path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Title"', '#, fuzzy\nmsgid "Title"'), encoding="utf-8")
    update_all(translated)
    (problem,) = catalogue_checks.problems(translated)
    assert "“Title” is marked fuzzy" in problem


@pytest.mark.parametrize(
    ("forms", "difference"),
    [
        ({0: "Un événement", 1: "%(n)s événements"}, "lacks %(n)s"),
        ({0: "%(n)s événement", 1: "%(N)s événements"}, "lacks %(n)s; adds %(N)s"),
        ({0: "%(n)s événement", 1: "%(n)s événements {n}"}, "adds {n}"),
    ],
)
def test_other_placeholders_than_the_english_ones_are_named(
    translated: Path, forms: dict[int, str], difference: str
) -> None:
    translate(translated, "home", {"%(n)s event": forms})
    (problem,) = catalogue_checks.problems(translated)
    assert problem.endswith(f"has other placeholders or tags in French: {difference}")


def test_a_tag_lost_in_translation_is_named() -> None:
    entry = polib.POEntry(msgid="<b>Read</b> this", msgstr="<b>Lisez ceci")
    assert list(catalogue_checks.of_entry(entry)) == [
        "has other placeholders or tags in French: lacks </b"
    ]


def test_two_translations_of_the_same_words_are_named(translated: Path) -> None:
    write(translated / "templates/events/page.html", '{% translate "Next events" %}')
    update_all(translated)
    translate(translated, "events", {"Next events": "Dates à venir"})
    (problem,) = catalogue_checks.problems(translated)
    assert "“Next events” is translated in two ways" in problem


def test_the_marks_of_an_unfinished_merge_are_named(translated: Path) -> None:
    path = catalogue_of(translated, "home").path
    path.write_text("<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (problem,) = catalogue_checks.problems(translated)
    assert "cannot be read" in problem


@pytest.mark.parametrize(
    "text",
    [
        "Attention\u00a0: c’est à 14:30, voir https://example.org/?a=b",
        "Vraiment\u202f?!",
        "«\u00a0Votre mission\u00a0»",
        "<a href=\"%(url)s\" title='x'>Lire la suite\u202f…</a>",
        "{count:d} ressources\u202f; %(n)s événements",
        "Lire la charte&nbsp;: ici &amp; là",
        "Un paramètre d’adresse (/agenda/?mission=1)",
        "(?)",
        "",
    ],
)
def test_well_set_french_has_no_fault(text: str) -> None:
    assert typographic_faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Attention: ceci", "a no-break space is missing before “:”"),
        ("Attention : ceci", "a no-break space is missing before “:”"),
        ("<strong>Titre</strong> :", "a no-break space is missing before “:”"),
        ("%(name)s !", "a no-break space is missing before “!”"),
        ("« Votre mission\u00a0»", "a no-break space is missing after “«”"),
        ("«\u00a0Votre mission »", "a no-break space is missing before “»”"),
        ('La "boîte à outils"', "a straight quotation mark stands where « » should"),
        ("L'agenda", "a straight apostrophe stands where ’ should"),
        ("Chargement...", "three dots stand where … should"),
    ],
)
def test_badly_set_french_is_named(text: str, fault: str) -> None:
    assert typographic_faults(text) == [fault]


# --- compiling --------------------------------------------------------------------------------


def test_compiled_catalogues_speak_french(translated: Path) -> None:
    compiled = catalogues.compile_outdated(translated)
    assert [path.name for path in compiled] == ["django.mo", "django.mo"]
    french = gettext.translation("django", str(translated / "home/locale"), ["fr"])
    assert french.gettext("Title") == "Titre"
    assert french.ngettext("%(n)s event", "%(n)s events", 0) == "%(n)s événement"
    assert french.pgettext("verb", "Open") == "Ouvrir"


def test_only_what_is_out_of_date_is_compiled(translated: Path) -> None:
    catalogues.compile_outdated(translated)
    assert catalogues.compile_outdated(translated) == []
    path = catalogue_of(translated, "home").path
    # An older file, as a checkout by date may bring: not only newer ones count.
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert catalogues.compile_outdated(translated) == [path.with_suffix(".mo")]


def said_of(entry: polib.POEntry) -> tuple[str, str]:
    """What is read in French for a message, and what our catalogue says."""
    if entry.msgid_plural:
        said = django_translation.ngettext(entry.msgid, entry.msgid_plural, 5)
        return said, entry.msgstr_plural[1]
    if entry.msgctxt:
        return django_translation.pgettext(entry.msgctxt, entry.msgid), entry.msgstr
    return django_translation.gettext(entry.msgid), entry.msgstr


def test_what_our_catalogues_say_is_what_is_read() -> None:
    """Wagtail's catalogue is asked before ours: a message of both reads as Wagtail has it."""
    paths = [*catalogues.ROOT.glob("*/locale/fr/LC_MESSAGES/django.po")]
    paths += catalogues.ROOT.glob("site_cocagne/core/locale/fr/LC_MESSAGES/django.po")
    assert len(paths) > len(catalogues.APPS)
    with django_translation.override("fr"):
        for path in paths:
            for entry in polib.pofile(str(path)):
                said, ours = said_of(entry)
                assert said == ours, f"{path.parts[-5]}: give “{entry.msgid}” an English of its own"
