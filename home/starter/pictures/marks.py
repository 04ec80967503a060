"""Marks made of letters: partners’ tiles and the files of the brand kit."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from . import things
from . import vegetables as veg
from .pen import OVERSIZE, PAPER, Pen, Sheet

FONTS = Path(__file__).resolve().parent.parent / "fonts"
TILE = (800, 500)  # pixels


@lru_cache(maxsize=32)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """``titre``, ``texte`` or ``texte-gras`` at ``size`` pixels."""
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / f"{name}.ttf", size, layout_engine=layout)


def partner_tile(lines: tuple[str, ...], colour: str, tint: str) -> Image.Image:
    """A partner’s name in our letters on a tinted tile: no imitation of its own logo."""
    tile = Image.new("RGB", (TILE[0] * OVERSIZE, TILE[1] * OVERSIZE), PAPER)
    draw = ImageDraw.Draw(tile)
    width, height = tile.size
    draw.ellipse((width * 0.06, height * 0.1, width * 0.06 + 170, height * 0.1 + 170), fill=tint)
    draw.rectangle((0, height - 44, width, height), fill=tint)
    size = 190 if len(lines) == 1 else 128
    while max(font("titre", size).getlength(line) for line in lines) > width * 0.84:
        size -= 6
    letters = font("titre", size)
    step = size * 1.22
    top = (height - 44 - step * len(lines)) / 2
    for index, line in enumerate(lines):
        place = ((width - letters.getlength(line)) / 2, top + index * step)
        draw.text(place, line, font=letters, fill=colour)
    return tile.reduce(OVERSIZE)


def emblem(pen: Pen) -> None:
    """The basket and its vegetables, in a frame of about 260 by 300."""
    things.handle(pen)
    for dx, kind in ((-66, veg.carrot), (-8, veg.lettuce), (58, veg.tomato)):
        kind(pen.at(dx, -34))
    things.basket(pen)


def brand_mark(ground: str | None, letters: str, *, flat: bool = False) -> Image.Image:
    """Basket and words of the brand kit, 1600 wide; without ``ground``, transparent.

    ``flat``: in one colour, for stamps and photocopies.
    """
    sheet = Sheet(90, PAPER if ground is None else ground)
    emblem(sheet.pen().at(330, 520, 1.7))
    picture = sheet.finished()
    if flat:
        picture = _one_colour(picture, letters)
    elif ground is None:
        picture = _cut_out(picture)
    draw = ImageDraw.Draw(picture)
    draw.text((640, 330), "Jardin", font=font("titre", 190), fill=letters)
    draw.text((640, 510), "de Cocagne", font=font("titre", 150), fill=letters)
    return picture.crop((0, 120, picture.width, 820))


def _one_colour(picture: Image.Image, colour: str) -> Image.Image:
    """Only the ink line is kept, in ``colour``, on nothing."""
    line = picture.convert("L").point([255 if value < 96 else 0 for value in range(256)])
    flat = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    flat.paste(colour, (0, 0), line)
    return flat


def _cut_out(picture: Image.Image) -> Image.Image:
    """The drawing without the paper round it and under the handle."""
    paper = Image.new("RGB", picture.size, PAPER)
    apart = ImageChops.difference(picture, paper).convert("L")
    cut = picture.convert("RGBA")
    cut.putalpha(apart.point([min(255, value * 24) for value in range(256)]))
    return cut
