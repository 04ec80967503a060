"""What can be read of an uploaded file: its pages, its length. Never a reason to refuse it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import IO, Any, Literal

from django.core.cache import cache
from django.utils.formats import number_format
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

SOUND_AND_VIDEO = {"mp3", "ogg", "oga", "wav", "m4a", "mp4"}


@dataclass(frozen=True)
class DocumentFacts:
    """``page_count`` in pages, ``duration`` in whole seconds; ``None`` where unknown."""

    page_count: int | None = None
    duration: int | None = None


def size_in_words(size: int) -> str:
    """A number of bytes as readers know it, in thousands or millions: « 1,2 Mo »."""
    if size < 1_000_000:
        return _("%(n)s kB") % {"n": max(1, round(size / 1000))}
    return _("%(n)s MB") % {"n": number_format(round(size / 1_000_000, 1), 1)}


def count_pages(file: IO[bytes]) -> int | None:
    """Pages of a PDF as its own index counts them; ``None`` where it cannot be read.

    The pages themselves are not walked through: ten thousand of them would take seconds, and a
    file built to harm can make them lead in circles.
    """
    from pypdf import PdfReader

    file.seek(0)
    try:
        count = PdfReader(file).root_object["/Pages"]["/Count"]  # type: ignore[index]
        return int(count) if 0 < int(count) < 10**9 else None
    except Exception as error:  # noqa: BLE001 (the library raises anything on damaged bytes)
        logger.info("No pages could be counted: %s", type(error).__name__)
        return None
    finally:
        file.seek(0)


def read_document_facts(file: IO[bytes], extension: str) -> DocumentFacts:
    """Read ``file`` (left at its beginning). A broken file costs its facts, not the upload."""
    extension = extension.lower()
    try:
        file.seek(0)
        if extension == "pdf":
            return DocumentFacts(page_count=count_pages(file))
        if extension in SOUND_AND_VIDEO:
            from mutagen import File

            recording = File(file)
            if recording is not None and recording.info is not None:
                return DocumentFacts(duration=round(recording.info.length))
    except Exception as error:  # noqa: BLE001 (libraries raise anything on damaged bytes)
        logger.info("Nothing could be read of a %s file: %s", extension, type(error).__name__)
    finally:
        file.seek(0)
    return DocumentFacts()


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF says of itself to those who have it read aloud."""

    title: str = ""
    language: str = ""


def read_pdf_facts(document: Any) -> PdfFacts | None:
    """Title and language of a PDF, kept as long as its content stays; ``None``: not readable."""
    key = f"pdf-facts-{document.pk}-{document.get_file_hash()}"
    found = cache.get(key)
    if found is None:
        found = _pdf_facts(document)
        cache.set(key, found, timeout=7 * 24 * 3600)
    return found or None


def _pdf_facts(document: Any) -> PdfFacts | Literal[False]:
    from pypdf import PdfReader

    try:
        with document.open_file() as file:
            reader = PdfReader(file)
            root: Any = reader.trailer["/Root"]
            title = str((reader.metadata.title if reader.metadata else "") or "")
            return PdfFacts(title.strip(), str(root.get("/Lang") or "").strip())
    except Exception as error:  # noqa: BLE001 (libraries raise anything on damaged bytes)
        logger.info("Nothing could be read of a PDF: %s", type(error).__name__)
        return False
