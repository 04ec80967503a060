"""The text inside documents: read in a process of its own, with limits, after the upload.

A file from outside may be broken, huge or built to harm. So it is read by another Python with
limits of memory and time set by the system; whatever happens to it, the site goes on, the
upload stands, and the file only has no text.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from ..models import DocumentText, SiteDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger(__name__)

READABLE = {"pdf", "docx", "odt", "ods", "odp", "xlsx", "pptx", "srt", "vtt", "txt", "csv"}
MAX_BYTES = 60 * 1024 * 1024  # of the file
MAX_SECONDS = 60
MAX_MEMORY = 768 * 1024 * 1024  # bytes
WORTH_READING = 20  # characters; a scan gives page numbers at most
READER = Path(__file__).with_name("reader.py")


@task()
def read_document(document_id: int) -> str:
    """Read a document that was uploaded or changed; gives the state it is in afterwards."""
    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None:
        return "gone"
    return read(document).state


def read(document: SiteDocument) -> DocumentText:
    """Read the text of a document and keep it; the entry of the search follows."""
    state, text = _words(document)
    words, _made = DocumentText.objects.update_or_create(
        document=document,
        defaults={
            "state": state,
            "text": text,
            "file_hash": document.file_hash,
            "read_at": timezone.now(),
        },
    )
    return words


def wants_reading(document: SiteDocument) -> bool:
    """Can text be in it, and is what is known of it not that of this very file?"""
    if document.file_extension.lower() not in READABLE:
        return False
    known = DocumentText.objects.filter(document=document).values_list("file_hash", flat=True)
    return not document.file_hash or document.file_hash not in known


def _words(document: SiteDocument) -> tuple[DocumentText.State, str]:
    state = DocumentText.State
    extension = document.file_extension.lower()
    if extension not in READABLE or (document.file_size or 0) > MAX_BYTES:
        return state.FAILED, ""
    try:
        with document.open_file() as source, tempfile.NamedTemporaryFile() as copy:
            for chunk in source.chunks():
                copy.write(chunk)
            copy.flush()
            answer = run_reader(Path(copy.name), extension)
    except OSError:
        logger.warning("The file of document %s is missing.", document.pk)
        return state.FAILED, ""
    if answer is None:
        logger.info("Document %s could not be read.", document.pk)
        return state.FAILED, ""
    text = str(answer["text"])
    if len(text.strip()) < WORTH_READING:
        return state.EMPTY, ""
    return (state.CUT if answer["cut"] else state.READ), text


def run_reader(path: Path, extension: str) -> Mapping[str, object] | None:
    """What the reader says of a file, as ``{"text", "cut"}``; None where it failed."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, arguments of ours)
            [
                sys.executable,
                "-I",
                str(READER),
                str(path),
                extension,
                str(MAX_MEMORY),
                str(MAX_SECONDS),
            ],
            capture_output=True,
            timeout=MAX_SECONDS + 5,
            check=True,
            env={},
        )
        answer = json.loads(done.stdout.decode("utf-8"))
    except (subprocess.SubprocessError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None
