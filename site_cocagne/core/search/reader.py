"""Reads one file and prints its text as JSON. Run by ``reading.py`` as a program of its own.

It knows nothing of Django and limits itself first: memory, processor time, size of what it
writes. Office files are read as what they are, archives of XML, through a parser that refuses
entities, and never further than ``MAX_INSIDE`` bytes of an archive that claims to be small.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import zipfile
from pathlib import Path

MAX_CHARACTERS = 400_000
MAX_PAGES = 500
MAX_INSIDE = 80 * 1024 * 1024  # bytes read from one archive
MAX_MEMBERS = 2000

# Where the words are in each kind of archive, and the elements that end a line of them.
MEMBERS = {
    "docx": re.compile(r"word/(document|footnotes|endnotes)\.xml"),
    "pptx": re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
    "xlsx": re.compile(r"xl/(sharedStrings|worksheets/\w+)\.xml"),
    "odt": re.compile(r"content\.xml"),
    "ods": re.compile(r"content\.xml"),
    "odp": re.compile(r"content\.xml"),
}
LINES = {"p", "h", "si", "is", "tab", "br", "line-break", "table-cell"}
CUE = re.compile(r"^\s*(\d+|WEBVTT.*|NOTE.*|[\d:.,]+\s*-->.*)\s*$")
MARKUP = re.compile(r"<[^>]{1,80}>")


def limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))  # it starts no process


class EnoughError(Exception):
    """There is more text than is kept."""


class Text:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def add(self, part: str | None) -> None:
        if part:
            self.parts.append(part)
            self.length += len(part)
            if self.length > MAX_CHARACTERS:
                raise EnoughError

    def __str__(self) -> str:
        joined = "".join(self.parts)[:MAX_CHARACTERS]
        return re.sub(r"[ \t\r\f\v]+", " ", joined).strip()


def read_pdf(path: Path, text: Text) -> None:
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(path).pages):
        if number >= MAX_PAGES:
            raise EnoughError
        text.add(page.extract_text() + "\n")


def read_archive(path: Path, extension: str, text: Text) -> None:
    from defusedxml.ElementTree import iterparse

    left = MAX_INSIDE
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist()[:MAX_MEMBERS], key=lambda one: one.filename):
            if not MEMBERS[extension].fullmatch(info.filename):
                continue
            left -= info.file_size
            if left < 0:
                raise EnoughError
            with archive.open(info) as member:
                for _event, element in iterparse(member):
                    name = element.tag.rpartition("}")[2]
                    if extension == "xlsx" and name == "v":
                        pass  # a number, or the place of a shared text: no words
                    else:
                        text.add(element.text)
                    text.add("\n" if name in LINES else None)
                    text.add(element.tail)
                    element.clear()


def read_plain(path: Path, text: Text) -> None:
    data = path.read_bytes()[: 4 * MAX_CHARACTERS]
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text.add(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        return
    text.add(data.decode("latin-1"))


def read_captions(path: Path, text: Text) -> None:
    plain = Text()
    read_plain(path, plain)
    for line in str(plain).splitlines():
        if not CUE.match(line):
            text.add(MARKUP.sub("", line) + "\n")


def main() -> None:
    path, extension = Path(sys.argv[1]), sys.argv[2]
    limit(int(sys.argv[3]), int(sys.argv[4]))
    text, cut = Text(), False
    try:
        if extension == "pdf":
            read_pdf(path, text)
        elif extension in MEMBERS:
            read_archive(path, extension, text)
        elif extension in {"srt", "vtt"}:
            read_captions(path, text)
        else:
            read_plain(path, text)
    except EnoughError:
        cut = True
    sys.stdout.write(json.dumps({"text": str(text), "cut": cut}))


if __name__ == "__main__":
    main()
