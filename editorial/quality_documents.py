"""The quality gate's rules for files: who can open them, and what a PDF says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText

from site_cocagne.core import access
from site_cocagne.core.documents import read_pdf_facts
from site_cocagne.core.models import DocumentText


@dataclass(frozen=True)
class Use:
    """A document in a page: in which field, and in which row where it is one of several."""

    field: str
    document: Any
    row: Any = None


def uses_in(page: Page, stories: list[tuple[str, list[tuple[str, Any]]]]) -> Iterator[Use]:
    """Every document a page offers, in its rows and in its text, each once a field."""
    model = get_document_model()
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        for row in getattr(page, name).all():
            for field in row._meta.concrete_fields:
                if field.related_model is model and getattr(row, field.attname):
                    document = model._default_manager.filter(pk=getattr(row, field.attname)).first()
                    if document is not None:
                        yield Use(name, document, row)
    for name, pieces in stories:
        found = {value.pk: value for _block, value in pieces if isinstance(value, model)}
        named = {pk for _block, value in pieces for pk in named_in(value)} - found.keys()
        found |= model._default_manager.in_bulk(named)
        for document in found.values():
            yield Use(name, document)


def named_in(value: Any) -> set[int]:
    """Keys of the documents that a piece of text links to."""
    if not isinstance(value, RichText):
        return set()
    anchors = BeautifulSoup(value.source, "html.parser").find_all("a", linktype="document")
    return {int(str(a["id"])) for a in anchors if str(a.get("id", "")).isdecimal()}


def trouble_with(page: Page, use: Use) -> Iterator[str]:
    """What readers would stumble over; each is a warning: the editor may know better."""
    words = {"title": use.document.title}
    others = access.pages_that_use(use.document).exclude(pk=page.pk)
    closed = [other for other in others if is_closed(other)]
    if not is_closed(page):
        if closed:
            yield (
                _(
                    "The document “%(title)s” is also used by a page for members: it is as closed"
                    " as that page, and readers of this one cannot open it."
                )
                % words
            )
    elif len(others) > len(closed):
        yield (
            _(
                "The document “%(title)s” is also used by a public page: once this page is online,"
                " readers of the public one cannot open it any more."
            )
            % words
        )
    if use.document.file_extension.lower() == "pdf":
        yield from trouble_with_pdf(use.document)
    yield from without_text(use.document)


def without_text(document: Any) -> Iterator[str]:
    """A file in which no word was found: nobody can search it, or have it read aloud."""
    states = DocumentText.objects.filter(document=document).values_list("state", flat=True)
    words = {"title": document.title}
    if DocumentText.State.EMPTY in states:
        yield (
            _("The document “%(title)s” holds no text: a scan? Put the original in its place.")
            % words
        )
    elif DocumentText.State.FAILED in states:
        yield (
            _("The text of the document “%(title)s” could not be read: does the file open?") % words
        )


def is_closed(page: Page) -> bool:
    """For members, as it is online or as the draft in hand asks for."""
    asked = getattr(page, "own_exposure", 0)
    return bool(asked) or access.is_reserved(page)


def trouble_with_pdf(document: Any) -> Iterator[str]:
    facts = read_pdf_facts(document)
    if facts is None:
        return
    words = {"title": document.title}
    if not facts.title:
        yield (
            _("The PDF “%(title)s” has no title of its own: screen readers announce its file name.")
            % words
        )
    if not facts.language:
        yield (
            _("The PDF “%(title)s” does not say its language: it may be read aloud in a wrong one.")
            % words
        )
