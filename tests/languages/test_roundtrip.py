"""A section leaves as a PO file, is translated elsewhere and comes back as drafts."""

from __future__ import annotations

import contextlib
import datetime
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from editorial import roundtrip
from editorial.roundtrip import Incoming, RefusedError, take_back
from home.models import ContentPage, HomePage
from site_cocagne import roles
from tests import factories
from tests.conftest import BuildOnce
from tests.languages.test_treatment import english, translate

LoggedIn = Callable[[Any], Client]
BODY = [
    {
        "type": "paragraph",
        "value": '<p>Un <b>texte</b> et <a href="https://example.org/fr">son lien</a>.</p>',
        "id": "11111111-1111-4111-8111-111111111111",
    }
]
LINKED = 'Un <b>texte</b> et <a id="a1">son lien</a>.'
IN_ENGLISH = 'Some <b>text</b> and <a id="a1">its link</a>.'


@pytest.fixture(scope="module")
def home_translated(build_once: BuildOnce) -> None:
    """The home page in both languages, made once for all tests of this file."""
    build_once(lambda: translate(HomePage.objects.get(depth=2, locale__language_code="fr")))


@pytest.fixture
def both(home_translated: None, home: HomePage) -> HomePage:
    return home


@pytest.fixture
def section(both: HomePage) -> ContentPage:
    """A story with one below it, in French only."""
    top = factories.content(both, title="Une rubrique", slug="rubrique", summary="Son résumé.")
    factories.content(top, title="Une page", slug="page", summary="Un résumé.", body=BODY)
    return top


@pytest.fixture
def below(section: ContentPage) -> ContentPage:
    found: ContentPage = section.get_children().get().specific
    return found


def stored(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def target_of(page: Page) -> Any:
    return stored(page).get_translation(english()).specific


def draft_of(page: Page) -> Any:
    return target_of(page).get_latest_revision_as_object()


def leave(section: Page, user: Any) -> polib.POFile:
    """The file, as a translator's tool reads it."""
    return polib.pofile("\n" + roundtrip.export(section, english(), user).text)


def fill(file: polib.POFile) -> polib.POFile:
    for entry in file:
        if entry.msgctxt != "end":
            entry.msgstr = IN_ENGLISH if entry.msgid == LINKED else f"{entry.msgid} EN"
    return file


def back(file: polib.POFile | str, section: Page, user: Any, **options: Any) -> Incoming:
    return take_back(f"{file}\n".encode(), section, english(), user, **options)


def entry_for(file: polib.POFile, msgid: str) -> polib.POEntry:
    (found,) = [entry for entry in file if entry.msgid == msgid]
    return found


# --- out ------------------------------------------------------------------------------------------


def test_the_file_has_every_sentence_of_the_section_and_of_the_pages_below(
    section: ContentPage, below: ContentPage, validatrice: Any
) -> None:
    file = leave(section, validatrice)
    assert [entry.msgid for entry in file if not entry.msgctxt.endswith(":slug")] == [
        *("Une rubrique", "Son résumé.", "Une page", "Un résumé.", LINKED, "(end)"),
    ]
    assert file.metadata["Language"] == "en"
    assert entry_for(file, "Un résumé.").comment.startswith("Une page – ")
    for page in (section, below):
        assert not target_of(page).live
        assert target_of(page).alias_of_id is None


def test_what_is_translated_already_leaves_with_its_translation(
    section: ContentPage, validatrice: Any
) -> None:
    translate(section)
    assert entry_for(leave(section, validatrice), "Son résumé.").msgstr == "Son résumé. (EN)"
    assert not target_of(section).has_unpublished_changes


def test_a_translation_that_is_late_leaves_with_the_source_of_today(
    section: ContentPage, validatrice: Any
) -> None:
    translate(section)
    section.summary = "Un résumé refait."
    section.save_revision().publish()
    file = leave(stored(section), validatrice)
    assert entry_for(file, "Un résumé refait.").msgstr == ""
    assert target_of(section).summary == "Son résumé. (EN)"
    assert draft_of(section).summary == "Un résumé refait."


def test_a_page_whose_translation_follows_no_more_is_left_out_and_told(
    section: ContentPage, below: ContentPage, validatrice: Any, logged_in: LoggedIn
) -> None:
    translate(section)
    translate(below)
    Translation.objects.filter(source__object_id=below.translation_key).update(enabled=False)
    browser, way = logged_in(validatrice), {"section": section.pk, "langue": "en"}
    file = browser.post(reverse("editorial:translation_download"), way)
    assert "Un résumé." not in file.content.decode()
    assert "# Une page – " in file.content.decode()
    assert "Pas dans le fichier : Une page" in told(browser.get(reverse("editorial:translations")))


def test_drafts_and_pages_offline_do_not_leave(
    section: ContentPage, below: ContentPage, validatrice: Any
) -> None:
    below.unpublish()
    section.title = "Un titre encore en brouillon"
    section.save_revision()
    file = leave(stored(section), validatrice)
    assert "Une page" not in [entry.msgid for entry in file]
    assert "Un titre encore en brouillon" not in [entry.msgid for entry in file]


# --- back -----------------------------------------------------------------------------------------


def test_what_comes_back_becomes_drafts_and_is_online_once_another_approved(
    section: ContentPage, below: ContentPage, validatrice: Any, in_role: Any, client: Client
) -> None:
    file = fill(leave(section, validatrice))
    report = back(file, section, validatrice, submit=True)
    assert (report.taken, report.empty, report.meanwhile, report.held) == (7, 0, [], [])
    assert [page.draft_title for page in report.drafts] == ["Une rubrique EN", "Une page EN"]
    assert report.submitted == 2
    for page in (section, below):
        assert not target_of(page).live
        state = target_of(page).current_workflow_state
        assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert client.get("/en/rubrique-en/").status_code == 404
    another = in_role(roles.APPROVER)
    for page in (section, below):
        task = target_of(page).current_workflow_task_state
        task.task.specific.on_action(task, another, "approve")
    text = client.get("/en/rubrique-en/page-en/").content.decode()
    assert "Une page EN" in text
    assert '<a href="https://example.org/fr">its link</a>' in text
    assert "<b>text</b>" in text


def test_the_same_file_twice_changes_nothing_the_second_time(
    section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    back(file, section, validatrice)
    latest = target_of(section).latest_revision_id
    report = back(file, section, validatrice)
    assert (report.taken, report.same, report.drafts) == (0, 7, [])
    assert target_of(section).latest_revision_id == latest


def test_what_is_empty_or_uncertain_is_not_taken_and_keeps_its_page_from_review(
    section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    entry_for(file, "Un résumé.").msgstr = ""
    entry_for(file, "Son résumé.").flags.append("fuzzy")
    report = back(file, section, validatrice, submit=True)
    assert (report.taken, report.empty, report.submitted) == (5, 2, 0)
    assert len(report.held) == 2
    assert "1 phrase n’est pas traduite" in report.held[0]
    assert draft_of(section).summary == "Son résumé."


def test_a_tool_may_reorder_wrap_and_end_lines_as_it_likes(
    section: ContentPage, below: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    file.sort(key=lambda entry: entry.msgid, reverse=True)
    file.wrapwidth = 20
    text = "\ufeff" + str(file).replace("\n", "\r\n")
    assert back(text, section, validatrice).taken == 7
    assert draft_of(below).body[0].value.source.count("its link") == 1


# --- meanwhile ------------------------------------------------------------------------------------


def test_a_sentence_rewritten_meanwhile_is_told_and_the_new_one_too(
    section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    section = stored(section)
    section.summary = "Un résumé refait entre-temps."
    section.save_revision().publish()
    report = back(file, stored(section), validatrice)
    assert [plain(line) for line in report.meanwhile] == [
        (
            "Une rubrique – phrases réécrites dans la source, non reprises : 1, phrases nouvelles, "
            "absentes du fichier : 1"
        )
    ]
    assert draft_of(section).title == "Une rubrique EN"
    assert draft_of(section).summary == "Un résumé refait entre-temps."


def test_a_sentence_translated_here_meanwhile_is_kept_and_told(
    section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    words = StringTranslation.objects
    source = Translation.objects.get(source__object_id=section.translation_key).source
    segment = source.stringsegment_set.get(string__data="Son résumé.")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1), tick=False):
        words.create(
            translation_of=segment.string,
            context=segment.context,
            locale=english(),
            data="Done here.",
        )
    report = back(file, section, validatrice)
    assert [plain(line) for line in report.meanwhile] == [
        "Une rubrique – phrases traduites ici entre-temps, gardées : 1",
    ]
    assert draft_of(section).summary == "Done here."


@pytest.mark.parametrize("how", ["deleted", "moved", "unpublished"])
def test_a_page_that_left_the_section_is_told_and_the_rest_is_taken(
    how: str, section: ContentPage, below: ContentPage, both: HomePage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    if how == "deleted":
        below.delete()
    elif how == "moved":
        below.move(both, pos="last-child")
    else:
        below.unpublish()
    report = back(file, stored(section), validatrice)
    assert [plain(line) for line in report.meanwhile] == [
        "« Une page » a été supprimée, déplacée ou dépubliée."
    ]
    assert draft_of(section).title == "Une rubrique EN"


def test_a_page_published_since_is_told(section: ContentPage, validatrice: Any) -> None:
    file = fill(leave(section, validatrice))
    factories.content(section, title="Une page nouvelle")
    report = back(file, stored(section), validatrice)
    assert [plain(line) for line in report.meanwhile] == [
        "« Une page nouvelle » a été publiée depuis et n’est pas dans le fichier."
    ]


def test_a_translation_that_was_stopped_or_deleted_is_told(
    section: ContentPage, below: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    Translation.objects.filter(source__object_id=below.translation_key).update(enabled=False)
    report = back(file, section, validatrice)
    assert [plain(line) for line in report.meanwhile] == ["« Une page » n’est plus traduite."]
    assert draft_of(below).title == "Une page"


# --- refused --------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """With ordinary spaces, as a test writes them."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def counts() -> tuple[int, ...]:
    return StringTranslation.objects.count(), Revision.objects.count()


def refused(data: bytes, section: Page, user: Any) -> str:
    """Why it is refused; nothing was changed by it."""
    before = counts()
    with pytest.raises(RefusedError) as caught:
        take_back(data, section, english(), user)
    assert counts() == before
    return plain("\n".join(caught.value.faults))


def test_a_file_of_another_section_or_language_is_refused(
    section: ContentPage, both: HomePage, validatrice: Any
) -> None:
    other = factories.content(both, title="Une autre rubrique")
    file = fill(leave(section, validatrice))
    assert "autre rubrique ou d’une autre page" in refused(str(file).encode(), other, validatrice)
    file.metadata["Language"] = "es"
    assert "autre langue" in refused(str(file).encode(), section, validatrice)


def test_the_file_of_one_page_that_localize_gives_is_of_another_kind(
    section: ContentPage, validatrice: Any
) -> None:
    leave(section, validatrice)
    one = Translation.objects.get(source__object_id=section.translation_key).export_po()
    assert "autre rubrique ou d’une autre page" in refused(str(one).encode(), section, validatrice)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"manage.py",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe" + "msgid".encode("utf-16-le"),
        b'msgid "open\nmsgstr ""',
        b"msgid \xe9",
        b'msgctxt "a"\nmsgctxt "b"\n',
        b"{}",
    ],
)
def test_what_is_no_po_file_is_refused(data: bytes, section: ContentPage, validatrice: Any) -> None:
    assert refused(data, section, validatrice)


def test_a_file_that_is_too_large_is_refused(section: ContentPage, validatrice: Any) -> None:
    assert "trop gros" in refused(b"#" * 5_000_001, section, validatrice)


def test_a_file_cut_anywhere_is_refused(section: ContentPage, validatrice: Any) -> None:
    data = str(fill(leave(section, validatrice))).encode()
    last = data.index(b'msgctxt "end"')
    for length in [*range(0, last, 41), last - 1, last]:
        assert refused(data[:length], section, validatrice), length


@pytest.mark.parametrize("change", ["fewer", "more", "no moment", "a day", "no count"])
def test_a_file_with_fewer_or_more_entries_or_a_broken_head_is_refused(
    change: str, section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    if change == "fewer":
        del file[1]
    elif change == "more":
        file.append(polib.POEntry(msgctxt="x:title", msgid="Rien", msgstr="Nothing"))
    elif change == "no count":
        del file.metadata["X-Cocagne-Entries"]
    else:
        file.metadata["X-Cocagne-Made"] = "" if change == "no moment" else "2026-11-25"
    assert "abîmé" in refused(str(file).encode(), section, validatrice)


@pytest.mark.parametrize(
    ("msgid", "translated", "why"),
    [
        ("Une page", "<b>A page</b>", "&lt;b&gt;"),
        ("Une page", "A page <script>alert(1)</script>", "script"),
        ("Une page", "A page <!--><img src=x onerror=alert(1)>-->", "signe <"),
        ("Une page", "A page < 3", "signe <"),
        (LINKED, "Some <i>text</i> and <a id='a1'>its link</a>.", "<i>"),
        (LINKED, "Some <b>text</b> and its link.", "manque"),
        (LINKED, 'Some <b>text</b> and <a id="a2">its link</a>.', "a2"),
        (LINKED, '<a id="a1">Some</a> <b>text</b> and <a id="a1">its link</a>.', "deux fois"),
        (LINKED, 'Some <b>text and <a id="a1">its link</a>.', "n’est pas fermée"),
        (LINKED, 'Some text</b> and <a id="a1">its link</a>.', "sans avoir été ouverte"),
        (LINKED, 'Some <b><a id="a1">text</b> and its link</a>.', "sans avoir été ouverte"),
        (LINKED, 'Some <b>text</b> and <a id="a1" href="javascript:x()">it</a>.', "javascript"),
        (LINKED, 'Some <b onclick="x()">text</b> and <a id="a1">it</a>.', "onclick"),
        (LINKED, 'Some <b>text</b> and <a id="a1">it</a', "signe <"),
    ],
)
def test_foreign_tags_are_refused_with_the_sentence_and_the_reason(
    msgid: str, translated: str, why: str, section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    entry_for(file, msgid).msgstr = translated
    told = refused(str(file).encode(), section, validatrice)
    assert told.startswith("Une page – ")
    assert why.replace("&lt;", "<").replace("&gt;", ">") in told


def test_a_file_that_was_corrected_elsewhere_corrects_what_it_brought(
    section: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    back(file, section, validatrice)
    entry_for(file, "Son résumé.").msgstr = "Its summary, corrected."
    report = back(file, section, validatrice)
    assert (report.taken, report.same, report.meanwhile) == (1, 6, [])
    assert draft_of(section).summary == "Its summary, corrected."


@pytest.mark.parametrize("path", ["title", "slug", "summary"])
def test_words_that_a_field_does_not_take_are_refused_as_a_whole(
    path: str, section: ContentPage, below: ContentPage, validatrice: Any
) -> None:
    file = fill(leave(section, validatrice))
    (entry,) = [e for e in file if e.msgctxt == f"{below.translation_key}:{path}"]
    entry.msgstr = "x" * 301
    told = refused(str(file).encode(), section, validatrice)
    assert "Une page" in told
    assert "caractères au plus" in told
    assert draft_of(section).title == "Une rubrique"


def test_a_crafted_file_reaches_no_page_outside_of_its_section(
    section: ContentPage, both: HomePage, validatrice: Any
) -> None:
    other = factories.content(both, title="Ailleurs", summary="Autre chose.")
    translate(other)
    file = fill(leave(section, validatrice))
    entry = entry_for(file, "Son résumé.")
    entry.msgctxt, entry.msgid = f"{other.translation_key}:summary", "Autre chose."
    report = back(file, section, validatrice)
    assert target_of(other).summary == "Autre chose. (EN)"
    assert not target_of(other).has_unpublished_changes
    assert any("supprimée, déplacée ou dépubliée" in line for line in report.meanwhile)


def test_damage_of_any_kind_is_refused_or_does_no_harm(
    section: ContentPage, validatrice: Any
) -> None:
    """Bytes replaced at random places; the seed is fixed."""
    data = str(fill(leave(section, validatrice))).encode()
    chance = random.Random(8)  # noqa: S311 (no secret)
    for _turn in range(60):
        hurt = bytearray(data)
        for _one in range(chance.randint(1, 6)):
            hurt[chance.randrange(len(hurt))] = chance.choice(b'"\\<>\n:\x00\xe9#ms ')
        with contextlib.suppress(RefusedError):
            take_back(bytes(hurt), section, english(), validatrice)
    assert not target_of(section).live
    assert "<script" not in str(draft_of(section).body)


# --- who ------------------------------------------------------------------------------------------


def told(answer: Any) -> str:
    return plain(answer.content.decode())


def test_only_who_may_submit_translations_sees_the_screen(
    section: ContentPage, redactrice: Any, adherent: Any, validatrice: Any, logged_in: LoggedIn
) -> None:
    screen, file = reverse("editorial:translation_file"), reverse("editorial:translation_download")
    way = {"section": section.pk, "langue": "en"}
    for browser in (logged_in(redactrice), logged_in(adherent), Client()):
        assert browser.get(screen).status_code in (302, 403)
        assert browser.post(screen, way).status_code in (302, 403)
        assert browser.post(file, way).status_code in (302, 403)
    assert not stored(section).has_translation(english())
    assert logged_in(validatrice).get(file).status_code == 405
    assert "Une rubrique" in told(logged_in(validatrice).get(screen))


def test_a_section_one_does_not_work_in_neither_leaves_nor_comes_back(
    section: ContentPage, both: HomePage, validatrice: Any, logged_in: LoggedIn
) -> None:
    """Submitting is one right for the whole site; the section is judged by the page's."""
    own = factories.content(both, title="Le sien")
    group = Group.objects.create(name="Une rubrique seulement")
    for name in ("access_admin", "use_desk", "submit_translation"):
        group.permissions.add(Permission.objects.get(codename=name))
    right = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=own, permission=right)
    somebody = factories.user()
    somebody.groups.add(group)
    browser = logged_in(somebody)
    text = told(browser.get(reverse("editorial:translation_file")))
    assert "Le sien" in text
    assert "Une rubrique" not in text
    way = {"section": section.pk, "langue": "en"}
    browser.post(reverse("editorial:translation_download"), way)
    assert not stored(section).has_translation(english())
    file = fill(leave(section, validatrice))
    upload = io.BytesIO(f"{file}\n".encode())
    browser.post(reverse("editorial:translation_file"), {**way, "fichier": upload})
    assert draft_of(section).title == "Une rubrique"


# --- the screen and the command -------------------------------------------------------------------


def test_the_screen_gives_the_file_and_takes_it_back(
    section: ContentPage, validatrice: Any, logged_in: LoggedIn
) -> None:
    browser, way = logged_in(validatrice), {"section": section.pk, "langue": "en"}
    answer = browser.post(reverse("editorial:translation_download"), way)
    assert answer["Content-Disposition"] == 'attachment; filename="rubrique-en.po"'
    assert "no-store" in answer["Cache-Control"]
    file = fill(polib.pofile("\n" + answer.content.decode()))
    upload = io.BytesIO(f"{file}\n".encode())
    done = browser.post(
        reverse("editorial:translation_file"), {**way, "fichier": upload, "relecture": "on"}
    )
    assert "7 phrases ont été reprises" in told(done)
    assert "Envoyées en relecture : 2" in told(done)
    assert reverse("wagtailadmin_pages:edit", args=[target_of(section).pk]) in told(done)


def test_the_screen_says_why_a_file_is_refused_and_escapes_it(
    section: ContentPage, validatrice: Any, logged_in: LoggedIn
) -> None:
    file = fill(leave(section, validatrice))
    for entry in file:
        if entry.msgctxt != "end":
            entry.msgstr = "<script>alert(1)</script>"
    upload = io.BytesIO(f"{file}\n".encode())
    way = {"section": section.pk, "langue": "en", "fichier": upload}
    text = told(logged_in(validatrice).post(reverse("editorial:translation_file"), way))
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text
    empty = logged_in(validatrice).post(reverse("editorial:translation_file"), {"section": "x"})
    assert empty.status_code == 200
    assert "report" not in empty.context


def test_the_command_writes_the_file_and_takes_it(
    section: ContentPage, validatrice: Any, tmp_path: Path
) -> None:
    path = tmp_path / "rubrique.po"
    said = io.StringIO()
    who = {"user": validatrice.email, "stdout": said}
    call_command("translate_section", "/rubrique/", "en", out=path, **who)
    assert "2 pages" in said.getvalue()
    path.write_text(f"{fill(polib.pofile(str(path)))}\n")
    call_command("translate_section", "/rubrique/", "en", back=path, submit=True, **who)
    assert "7 sentences taken, 0 known, 0 empty; 2 drafts, 2 sent to review." in said.getvalue()


@pytest.mark.parametrize(
    ("section_at", "language", "who", "why"),
    [
        ("/nothing/", "en", "", "no published page"),
        ("/rubrique/", "fr", "", "not translated into"),
        ("/rubrique/", "xx", "", "not translated into"),
        ("/rubrique/", "en", "nobody@example.org", "may not edit"),
    ],
)
def test_the_command_says_what_is_wrong(
    section_at: str, language: str, who: str, why: str, section: ContentPage, validatrice: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    with pytest.raises(CommandError, match=why):
        call_command(
            "translate_section", section_at, language, user=who or validatrice.email,
            out=tmp_path / "a.po",
        )  # fmt: skip


def test_the_command_takes_nothing_of_a_file_that_is_missing_or_damaged(
    section: ContentPage, validatrice: Any, tmp_path: Path
) -> None:
    path = tmp_path / "a.po"
    who = {"user": validatrice.email}
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("translate_section", "/rubrique/", "en", back=path, **who)
    path.write_text("rien")
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("translate_section", "/rubrique/", "en", back=path, **who)
