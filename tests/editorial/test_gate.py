"""Files at the quality gate, and the word that warnings ask for."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from editorial.models import Finding, Message, SubmissionNote
from editorial.quality import Fault, Weight, faults_of
from home.models import ContentPage, HomePage
from members.models import User
from tests import factories

from .test_quality import link_to, story


def pdf(title: str = "", language: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if title:
        writer.add_metadata({"/Title": title})
    if language:
        writer._root_object[NameObject("/Lang")] = TextStringObject(language)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def warned(page: Page) -> list[Fault]:
    return [fault for fault in faults_of(page) if fault.weight is Weight.WARNING]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf("Le semis", "fr"), []),
        (pdf("Le semis"), ["langue"]),
        (pdf("", "fr"), ["titre"]),
        (pdf(), ["titre", "langue"]),
        (b"%PDF-1.4 en morceaux", []),
    ],
)
def test_a_pdf_says_its_title_and_its_language(
    home: HomePage, content: bytes, said: list[str]
) -> None:
    document = factories.document("fiche.pdf", content)
    page = factories.resource(factories.toolbox(home), documents=(document,), summary="S.")
    found = warned(page)
    assert [word for word in ("titre", "langue") if any(word in f.message for f in found)] == said
    assert {fault.field for fault in found} <= {"file_rows"}
    assert len(found) == len(said)


def test_a_pdf_that_is_replaced_is_read_again(home: HomePage) -> None:
    document = factories.document("fiche.pdf", pdf())
    page = factories.resource(factories.toolbox(home), documents=(document,), summary="S.")
    assert len(warned(page)) == 2
    document.file.save("fiche.pdf", ContentFile(pdf("Le semis", "fr")), save=False)
    document.file_hash = ""
    document.save()
    page = type(page).objects.get(pk=page.pk)
    assert warned(page) == []


def test_a_document_of_a_reserved_page_is_warned_of_on_a_public_one_and_the_other_way_round(
    home: HomePage,
) -> None:
    toolbox = factories.toolbox(home)
    document = factories.document()
    closed = factories.resource(toolbox, documents=(document,), summary="S.", audience="members")
    assert warned(closed) == []
    link = f'<p><a linktype="document" id="{document.pk}">la fiche</a></p>'
    public = factories.content(home, summary="S.", body=story(("paragraph", link)))
    for page in (closed, public):
        ReferenceIndex.create_or_update_for_object(page)
    assert [(f.field, "pour" in f.message) for f in warned(public)] == [("body", True)]
    assert [fault.field for fault in warned(closed)] == ["file_rows"]


def test_the_nightly_check_asks_the_same_of_files(home: HomePage) -> None:
    document = factories.document("fiche.pdf", pdf())
    factories.resource(factories.toolbox(home), documents=(document,), summary="S.")
    call_command("run_checks", "--no-external", stdout=io.StringIO())
    found = Finding.objects.filter(field="file_rows")
    assert [finding.is_error for finding in found] == [False, False]


# --- a word with the submission -----------------------------------------------------------------


@pytest.fixture
def imparfaite(brouillon: ContentPage, home: HomePage) -> ContentPage:
    """A draft that is warned of: it links to a page for members."""
    reserved = factories.content(home, title="Interne", audience="members")
    page: Any = brouillon
    page.body = story(link_to(reserved, "nos notes"))
    page.save_revision()
    return brouillon


def body_of(page: Page) -> list[Any]:
    draft = page.specific.get_latest_revision_as_object()
    return [(block.block_type, block.value.source) for block in draft.body]


@pytest.fixture
def submit(edit: Any) -> Any:
    """Submit the page as it stands, its text as the editor's rich text field would send it."""
    import json

    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
    from wagtail.test.utils.form_data import streamfield

    def send(who: User, page: Page, **changes: Any) -> Any:
        converter = ContentstateConverter(["link"])
        blocks = [
            (kind, json.dumps(json.loads(converter.from_database_format(text))))
            for kind, text in body_of(page)
        ]
        return edit(who, page, "action-submit", body=streamfield(blocks), **changes)

    return send


def test_a_warning_asks_for_a_word_at_its_field_and_keeps_nothing_back_with_one(
    imparfaite: ContentPage, redactrice: User, validatrice: User, submit: Any, logged_in: Any
) -> None:
    answer = submit(redactrice, imparfaite)
    form = answer.context["form"]
    assert set(form.errors) == {"body", "submission_note"}
    assert "Pourquoi" in answer.content.decode()
    assert not Page.objects.get(pk=imparfaite.pk).workflow_in_progress
    assert submit(redactrice, imparfaite, submission_note="  ").context["form"].errors
    submit(redactrice, imparfaite, submission_note="Les notes ouvrent lundi.")
    page = Page.objects.get(pk=imparfaite.pk)
    assert page.workflow_in_progress
    note = SubmissionNote.objects.get()
    assert (note.written_by, note.workflow_state) == (redactrice, page.current_workflow_state)
    assert "Interne" in note.warnings
    told = Message.objects.get(recipient=validatrice)
    assert "Les notes ouvrent lundi." in told.text
    assert "Interne" in told.text
    browser = logged_in(validatrice)
    editor = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Les notes ouvrent lundi." in editor
    assert "Les notes ouvrent lundi." in browser.get("/admin/bureau/").content.decode()
    assert PageLogEntry.objects.filter(page=page.pk, action="editorial.note").exists()


def test_a_page_in_order_is_asked_for_no_word(
    brouillon: ContentPage, redactrice: User, edit: Any, logged_in: Any
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[brouillon.pk])
    assert "submission_note" not in logged_in(redactrice).get(address).content.decode()
    edit(redactrice, brouillon, "action-submit")
    assert Page.objects.get(pk=brouillon.pk).workflow_in_progress
    assert not SubmissionNote.objects.exists()


def test_a_word_does_not_let_an_error_pass(
    imparfaite: ContentPage, redactrice: User, submit: Any
) -> None:
    answer = submit(redactrice, imparfaite, summary="", submission_note="C’est pressé.")
    assert set(answer.context["form"].errors) == {"summary"}
    assert not Page.objects.get(pk=imparfaite.pk).workflow_in_progress
    assert not SubmissionNote.objects.exists()


def test_a_submission_from_outside_the_editor_asks_for_the_word_too(
    imparfaite: ContentPage, redactrice: User, logged_in: Any
) -> None:
    imparfaite.save_revision(user=redactrice)
    browser = logged_in(redactrice)
    address = reverse("editorial:submit", args=[imparfaite.pk])
    assert "Interne" in browser.get(address).content.decode()
    assert browser.post(address).context["form"].errors
    browser.post(address, {"submission_note": "Elles ouvrent lundi."})
    page = Page.objects.get(pk=imparfaite.pk)
    assert page.workflow_in_progress
    assert SubmissionNote.objects.get().workflow_state == page.current_workflow_state
