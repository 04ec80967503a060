"""A brand kit in one zip, made while it is sent: whatever its size, a few chunks are in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

CHUNK = 256 * 1024  # bytes read at a time
# Already packed: trying again costs time and gains nothing.
PACKED = {"png", "jpg", "jpeg", "webp", "gif", "zip", "pdf", "mp3", "mp4", "m4a", "webm", "docx"}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of the format


class _Outlet:
    """What the zip is written into: it keeps the bytes until they are taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def stream(documents: Iterable[Any]) -> Iterator[bytes]:
    """The bytes of a zip of ``documents``; the caller has asked who may read them."""
    outlet = _Outlet()
    names: set[str] = set()
    with zipfile.ZipFile(outlet, "w", allowZip64=True) as archive:  # type: ignore[call-overload]
        for document in documents:
            entry = _entry(document, names)
            with (
                document.file.storage.open(document.file.name, "rb") as source,
                archive.open(entry, "w", force_zip64=entry.file_size >= zipfile.ZIP64_LIMIT) as to,
            ):
                while chunk := source.read(CHUNK):
                    to.write(chunk)
                    if outlet.parts:
                        yield outlet.taken()
    yield outlet.taken()  # the table of contents


def _entry(document: Any, names: set[str]) -> zipfile.ZipInfo:
    made = timezone.localtime(document.created_at)
    stamp = (made.year, made.month, made.day, made.hour, made.minute, made.second)
    entry = zipfile.ZipInfo(free_name(document.filename, names), max(stamp, EARLIEST))
    packed = document.file_extension.lower() in PACKED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.file_size = document.file.size
    return entry


def free_name(name: str, names: set[str]) -> str:
    """``name`` without a folder, with a number where another file of the kit bears it.

    Compared in lower case: many people's disks do not tell « Logo » from « logo ».
    """
    name = name.replace("\\", "/").rpartition("/")[2] or "fichier"
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    free, number = name, 1
    while free.lower() in names:
        number += 1
        free = f"{stem}-{number}{dot}{ending}"
    names.add(free.lower())
    return free
