"""Files that are not what they seem: told beside the field, and nothing of them is kept."""

from __future__ import annotations

import errno
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject
from wagtail.models import UploadedFile

from members.models import User
from site_cocagne.core import uploads
from site_cocagne.core.models import SiteDocument, SiteImage
from site_cocagne.core.uploads import check_document
from tests import factories

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def pdf(pages: int, *, said: int | None = None) -> bytes:
    """A PDF; ``said``: pages that its index claims."""
    writer, out = PdfWriter(), io.BytesIO()
    for _n in range(pages):
        writer.add_blank_page(100, 100)
    if said is not None:
        tree: Any = writer.root_object["/Pages"]
        tree[NameObject("/Count")] = NumberObject(said)
    writer.write(out)
    return out.getvalue()


def bomb(*more: str) -> bytes:
    return archive({**dict.fromkeys(more, b"x"), "word/document.xml": b"0" * 60_000_000})


@pytest.fixture(scope="module")
def harmful() -> dict[str, tuple[str, bytes, str]]:
    """By what is wrong: the name of the file, its bytes, a word of what is said."""
    office = bomb("[Content_Types].xml")
    return {
        "two endings": ("facture.exe.pdf", pdf(1), "deux extensions"),
        "the second ending": ("facture.pdf.exe", b"MZ", "exe"),
        "a page of the web": ("fiche.html.txt", b"<script>", "deux extensions"),
        "a program": ("fiche.txt", b"MZ\x90\x00", ".txt"),
        "a picture that runs": ("logo.svg", SVG, "svg"),
        "a picture that runs, renamed": ("logo.png", SVG, ".png"),
        "no PDF": ("fiche.pdf", b"<html>", ".pdf"),
        "no archive": ("fiche.docx", b"PK\x03\x04 nothing", ".docx"),
        "an archive that is no text": ("fiche.docx", archive({"a.txt": b"a"}), ".docx"),
        "no table": ("fiche.ods", archive({"a.txt": b"a"}), ".ods"),
        "a bomb": ("kit.zip", bomb(), "60"),
        "a bomb as a text": ("fiche.docx", office, "60"),
        "a bomb as a table": ("fiche.xlsx", office, "60"),
        "a bomb as an open text": ("fiche.odt", bomb("mimetype"), "60"),
        "a bomb in a bomb": ("kit.zip", archive({"a.zip": archive({"b": b"0"})}), "archive"),
        "a PDF without end": ("livre.pdf", pdf(1, said=10_000), "10000"),
    }


WRONG = (
    *("two endings", "the second ending", "a page of the web", "a program"),
    *("a picture that runs", "a picture that runs, renamed", "no PDF", "no archive"),
    *("an archive that is no text", "no table", "a bomb", "a bomb as a text"),
    *("a bomb as a table", "a bomb as an open text", "a bomb in a bomb", "a PDF without end"),
)


@pytest.fixture
def writer(redactrice: User, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(redactrice)


def folder() -> list[str]:
    try:
        return storages["private"].listdir("documents")[1]
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_of_each(
    harmful: dict[str, tuple[str, bytes, str]], wrong: str
) -> None:
    name, content, said = harmful[wrong]
    with pytest.raises(ValidationError) as refused:
        check_document(SimpleUploadedFile(name, content), name)
    assert said in " ".join(refused.value.messages)


def test_the_screens_say_it_beside_the_field_and_keep_nothing(
    harmful: dict[str, tuple[str, bytes, str]], writer: Client
) -> None:
    before = folder()
    for name, content, said in (harmful["two endings"], harmful["a bomb as a text"]):
        upload = {"title": "Fiche", "file": SimpleUploadedFile(name, content), "collection": "1"}
        answer = writer.post(reverse("wagtaildocs:add"), upload)
        assert said in str(answer.context["form"].errors["file"])
        many = {"title": "Fiche", "files[]": SimpleUploadedFile(name, content), "collection": "1"}
        told: Any = writer.post(reverse("wagtaildocs:add_multiple"), many).json()
        assert told["success"] is False
        assert said in told["error_message"]
        chosen = {f"document-chooser-upload-{key}": value for key, value in upload.items()}
        chosen["document-chooser-upload-file"] = SimpleUploadedFile(name, content)
        modal = writer.post(reverse("wagtaildocs_chooser:create"), chosen).content.decode()
        assert said in modal
    assert not SiteDocument.objects.exists()
    assert not UploadedFile.objects.exists()
    assert folder() == before


def test_a_replacement_that_is_refused_leaves_the_file_that_is_there(
    superuser: User, logged_in: Callable[[User], Client]
) -> None:
    document = factories.document("fiche.txt", b"avant")
    answer = logged_in(superuser).post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {"title": "Fiche", "file": SimpleUploadedFile("a.pdf", b"MZ"), "collection": "1"},
    )
    assert ".pdf" in str(answer.context["form"].errors["file"])
    document.refresh_from_db()
    assert document.file.read() == b"avant"


def test_good_files_pass_and_their_facts_are_read(writer: Client) -> None:
    for name, content in (
        ("compte-rendu.v1.2.pdf", pdf(3)),
        ("fiche.docx", archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})),
        ("kit.zip", archive({"logo.png": b"\x89PNG", "notice.txt": b"a" * 1_000_000})),
        ("liste.csv", "nom;ville\nÉté;Melle".encode()),
        ("liste-2.txt", "nom".encode("utf-16")),
    ):
        upload = {"title": name, "file": SimpleUploadedFile(name, content), "collection": "1"}
        answer = writer.post(reverse("wagtaildocs:add"), upload)
        assert answer.status_code == 302, answer.context["form"].errors
    assert SiteDocument.objects.count() == 5
    assert SiteDocument.objects.get(title="compte-rendu.v1.2.pdf").page_count == 3


def test_a_pdf_that_leads_in_circles_costs_its_page_count_at_most() -> None:
    broken = pdf(1).replace(b"/Count 1", b"/Count x")
    check_document(SimpleUploadedFile("a.pdf", broken), "a.pdf")
    assert factories.document("a.pdf", broken).page_count is None


def test_an_archive_of_too_many_files_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_TABLE", 100)
    many = archive({f"{number}.txt": b"" for number in range(4)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(ValidationError, match="trop de fichiers"):
        check_document(SimpleUploadedFile("a.zip", many), "a.zip")


@pytest.mark.parametrize(
    ("name", "content"),
    [("logo.svg", SVG), ("logo.png", SVG), ("logo.php.png", b""), ("logo.png", b"\x89PNG\r\n")],
)
def test_a_picture_that_is_none_is_refused_beside_its_field(
    writer: Client, name: str, content: bytes
) -> None:
    if not content:
        picture = factories.image()
        content = picture.file.read()
        picture.delete()
    upload = {"title": "Logo", "file": SimpleUploadedFile(name, content), "collection": "1"}
    answer = writer.post(reverse("wagtailimages:add"), upload)
    assert answer.context["form"].errors["file"]
    assert not SiteImage.objects.exists()


def test_a_full_disk_is_said_beside_the_field_and_loses_nothing_that_was_typed(
    writer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = factories.image()
    picture = SimpleUploadedFile("dessin.png", drawn.file.read())
    drawn.delete()

    def full(*_arguments: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    def ask(where: str, file: SimpleUploadedFile) -> Any:
        form = {"title": "Mon titre", "decorative": "on", "collection": "1", "file": file}
        return writer.post(reverse(where), form)

    text = SimpleUploadedFile("fiche.txt", b"chou")
    with monkeypatch.context() as patch:
        patch.setattr(type(storages["private"]), "_save", full)
        for where, file in (("wagtaildocs:add", text), ("wagtailimages:add", picture)):
            file.seek(0)
            answer = ask(where, file)
            assert answer.status_code == 200
            assert "n’a pas pu être conservé" in str(answer.context["form"].errors["file"])
            assert 'value="Mon titre"' in answer.content.decode()
        text.seek(0)
        many = {"title": "Fiche", "files[]": text, "collection": "1"}
        told: Any = writer.post(reverse("wagtaildocs:add_multiple"), many).json()
        assert "n’a pas pu être conservé" in told["error_message"]
    assert not SiteDocument.objects.exists()
    assert not SiteImage.objects.exists()
    for where, file in (("wagtaildocs:add", text), ("wagtailimages:add", picture)):
        file.seek(0)
        assert ask(where, file).status_code == 302
    assert SiteDocument.objects.get().file.read() == b"chou"
    assert SiteImage.objects.get().file_hash
