"""The text inside documents: read with limits; a broken file costs its text, not the upload."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from editorial.models import Finding
from resources.models import ToolboxPage
from site_cocagne.core.models import DocumentText
from site_cocagne.core.search.finding import search
from site_cocagne.core.search.question import ask
from site_cocagne.core.search.reading import read
from tests import factories

pytestmark = pytest.mark.django_db

State = DocumentText.State


def pdf(words: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 720, words)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def archive(member: str, xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(member, xml)
    return buffer.getvalue()


def workbook(words: str) -> bytes:
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.active["A1"] = words  # type: ignore[index]
    book.save(buffer)
    return buffer.getvalue()


WORDS = "Un texte sur la scorsonère et ses cousines"
ODT = '<d xmlns:t="t"><t:p>{}</t:p></d>'
DOCX = '<w:d xmlns:w="w"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:d>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf(WORDS)),
        ("a.docx", archive("word/document.xml", DOCX.format(WORDS))),
        ("a.odt", archive("content.xml", ODT.format(WORDS))),
        ("a.pptx", archive("ppt/slides/slide1.xml", DOCX.format(WORDS))),
        ("a.xlsx", workbook(WORDS)),
        ("a.srt", f"1\n00:00:01,000 --> 00:00:03,000\n<i>{WORDS}</i>\n".encode()),
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:03.000\n{WORDS}\n".encode()),
        ("a.txt", WORDS.encode("cp1252")),
    ],
)
def test_the_words_of_a_document_are_found(
    toolbox: ToolboxPage, anonyme: AnonymousUser, name: str, content: bytes
) -> None:
    file = factories.document(name, content, title="Annexe")
    factories.resource(toolbox, documents=(file,))
    words = read(file)
    assert words.state == State.READ
    assert "-->" not in words.text
    matches = search(ask("scorsonères", "fr"), anonyme).matches
    assert [match.document for match in matches] == [file.pk]


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return archive("content.xml", f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l8;</d>')


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("scan.pdf", pdf(""), State.EMPTY),
        ("casse.pdf", b"%PDF-1.7 rien de bon", State.FAILED),
        ("casse.docx", b"PK\x03\x04 rien de bon", State.FAILED),
        ("rires.odt", entities(), State.FAILED),
        ("bombe.odt", archive("content.xml", "<d>" + " " * 90_000_000 + "</d>"), State.EMPTY),
        ("long.txt", b"carotte " * 100_000, State.CUT),
    ],
)
def test_a_bad_file_costs_its_text_only(
    toolbox: ToolboxPage, name: str, content: bytes, state: Any
) -> None:
    file = factories.document(name, content)
    assert read(file).state == state
    file.refresh_from_db()
    assert file.file_size == len(content)


def test_a_file_on_a_reserved_page_answers_nobody_else(
    toolbox: ToolboxPage, anonyme: AnonymousUser
) -> None:
    file = factories.document("a.txt", WORDS.encode())
    factories.resource(toolbox, documents=(file,))
    factories.resource(toolbox, documents=(file,), audience="members")
    read(file)
    assert search(ask("scorsonère", "fr"), anonyme).total == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("scan.pdf", pdf(""), "numérisé"), ("casse.pdf", b"%PDF-1.7 rien", "n’a pas pu être lu")],
)
def test_a_file_without_text_is_reported_to_the_desk(
    toolbox: ToolboxPage, name: str, content: bytes, words: str
) -> None:
    file = factories.document(name, content, title="Le document de 1991")
    page = factories.resource(toolbox, summary="Un résumé.", documents=(file,))
    read(file)
    call_command("run_checks", "--no-external", stdout=io.StringIO())
    findings = Finding.objects.filter(page=page)
    assert not [finding for finding in findings if finding.is_error]
    said = [finding.message for finding in findings if words in finding.message]
    assert len(said) == 1
    assert "Le document de 1991" in said[0]
