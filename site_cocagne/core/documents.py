"""What can be read of an uploaded file: its pages, its length. Never a reason to refuse it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import IO

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


def read_document_facts(file: IO[bytes], extension: str) -> DocumentFacts:
    """Read ``file`` (left at its beginning). A broken file costs its facts, not the upload."""
    extension = extension.lower()
    try:
        file.seek(0)
        if extension == "pdf":
            from pypdf import PdfReader

            return DocumentFacts(page_count=len(PdfReader(file).pages))
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
