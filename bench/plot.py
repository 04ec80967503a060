"""Curves as PNG, drawn with what the site has anyway (Pillow)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 960, 520
LEFT, RIGHT, TOP, BOTTOM = 80, 250, 60, 60
PAPER, INK, LINE = "#fffdf7", "#2b2015", "#ddcfb1"
COLOURS = ("#1f5a34", "#a63d0b", "#1d6286", "#5a3c86", "#8c2152", "#7a5300", "#47660f", "#2b2015")


def curves(
    path: Path,
    title: str,
    series: Mapping[str, Sequence[tuple[float, float]]],
    *,
    across: str,
    logarithmic: bool = False,
) -> None:
    """One curve a name, from zero upwards; ``across`` says what runs along the bottom."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    points = [point for row in series.values() for point in row]
    place = math.log10 if logarithmic else float
    first, last = (place(edge(x for x, _y in points)) for edge in (min, max))
    top = ceiling(max(y for _x, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        along = (place(x) - first) / ((last - first) or 1)
        return LEFT + along * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y / top * (
            HEIGHT - TOP - BOTTOM
        )

    write(draw, (LEFT, 20), title, 20)
    for step in range(6):
        value = top * step / 5
        _x, y = at(points[0][0], value)
        draw.line((LEFT, y, WIDTH - RIGHT, y), fill=LINE)
        write(draw, (LEFT - 10, y), number(value), 14, anchor="rm")
    for x in sorted({x for x, _y in points}) if logarithmic else spread(points):
        where, y = at(x, 0)
        write(draw, (where, y + 8), number(x), 14, anchor="ma")
    write(draw, ((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 24), across, 14, anchor="mm")
    for place_of_name, (name, row) in enumerate(series.items()):
        colour = COLOURS[place_of_name % len(COLOURS)]
        draw.line([at(*point) for point in row], fill=colour, width=3, joint="curve")
        height = TOP + 26 * place_of_name
        draw.line((WIDTH - RIGHT + 20, height, WIDTH - RIGHT + 44, height), fill=colour, width=4)
        write(draw, (WIDTH - RIGHT + 52, height), name, 14, anchor="lm")
    path.parent.mkdir(exist_ok=True)
    image.save(path, optimize=True)


def bars(path: Path, title: str, values: Mapping[str, float]) -> None:
    """One bar a name, one under the other."""
    height, left = 34, 300
    image = Image.new("RGB", (WIDTH, TOP + height * len(values) + 20), PAPER)
    draw = ImageDraw.Draw(image)
    write(draw, (20, 20), title, 20)
    longest = max(values.values()) or 1
    for place, (name, value) in enumerate(values.items()):
        y = TOP + height * place
        end = left + value / longest * (WIDTH - left - 90)
        write(draw, (left - 12, y + height / 2), name.replace("`", ""), 14, anchor="rm")
        draw.rectangle((left, y + 6, end, y + height - 6), fill=COLOURS[place > 0])
        write(draw, (end + 8, y + height / 2), f"{value:.2f}", 14, anchor="lm")
    path.parent.mkdir(exist_ok=True)
    image.save(path, optimize=True)


def spread(points: Sequence[tuple[float, float]]) -> list[float]:
    first, last = (edge(x for x, _y in points) for edge in (min, max))
    return [first + (last - first) * step / 6 for step in range(7)]


def ceiling(value: float) -> float:
    """The next round figure above, so that the lines between stand on round ones."""
    unit = 10 ** math.floor(math.log10(value or 1))
    return next(unit * step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if unit * step >= value)


def number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if value >= 10 else f"{value:.3g}"


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, anchor: str = "la"
) -> None:
    draw.text(at, text, fill=INK, font=ImageFont.load_default(size), anchor=anchor)
