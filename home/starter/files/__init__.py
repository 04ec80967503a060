"""Files made by code from the plain data of the content: the same data gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from .. import pictures
from ..schema import File, Film, Mark, Sheet, Sound, Workbook
from .film import captions, webm
from .sheet import pdf
from .sound import wav
from .workbook import xlsx

Draw = Callable[[str], Image.Image]


@dataclass(frozen=True)
class Made:
    """A file ready to be stored; ``duration`` in seconds where it cannot be read from the bytes."""

    name: str
    content: bytes
    transcript: str = ""
    duration: int | None = None
    captions: Made | None = None


def make(file: File, name: str, draw: Draw) -> Made:
    """``file`` under ``name`` with the ending of its kind; ``draw`` gives the drawings it shows."""
    match file:
        case Sheet():
            return Made(f"{name}.pdf", pdf(file, draw(file.picture) if file.picture else None))
        case Workbook():
            return Made(f"{name}.xlsx", xlsx(file))
        case Sound():
            return Made(f"{name}.wav", wav(file), file.transcript)
        case Film():
            content, seconds = webm(file, draw)
            track = Made(f"{name}.vtt", captions(file))
            return Made(f"{name}.webm", content, file.transcript, seconds, track)
        case Mark():
            return Made(f"{name}.png", pictures.png(pictures.brand_mark(file.key)))
