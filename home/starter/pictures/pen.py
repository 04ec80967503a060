"""The hand that draws the site’s pictures: flat tints, grain in the shade, an ink line aside.

Everything is drawn larger than needed and reduced at the end, which makes the edges soft. All
chance comes from seeded generators: the same scene gives the same picture.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

Point = tuple[float, float]
Points = Sequence[Point]

WIDTH, HEIGHT = 1600, 1000
OVERSIZE = 2  # drawn that many times larger, then reduced
INK_ASIDE = (2.5, 2.0)  # pixels between a tint and its line, as on a two-colour print
GRAIN_TILE = 640
LEAST_SHADED = 600  # square pixels of the oversized sheet: no shade is seen on less

# The colours of the site’s own style sheet, a few of them deepened for the shade.
INK = "#2b2015"
PAPER = "#fbf6e9"
CREAM = "#f3ead3"
SKY = "#dcecf0"
LEAF = "#86b86b"
LEAF_DEEP = "#4f8a4c"
LEAF_NIGHT = "#1f5c3a"
MEADOW = "#c3d67c"
MEADOW_DEEP = "#9bb558"
CARROT = "#ef8b45"
CARROT_DEEP = "#c9611f"
SUN = "#f3c34b"
SUN_DEEP = "#d99b2b"
BEET = "#d9779f"
BEET_DEEP = "#8c2152"
WATER = "#9fcde4"
WATER_DEEP = "#5d9dbf"
PLUM = "#c3aae6"
PLUM_DEEP = "#5a3c86"
SOIL = "#a8764b"
SOIL_DEEP = "#6b4426"
TOMATO = "#dc4f3a"
WOOD = "#d8a86c"
WOOD_DEEP = "#a97340"
WHITE = "#fffdf7"
GREY = "#b9b4a4"
GREY_DEEP = "#7d786a"
SKINS = ("#f0c29c", "#8d5a38", "#c98f63", "#5e3a24")
HAIRS = ("#3a2618", "#7a4a24", "#cfa15a", "#20160f", "#b7b0a4")


# Points ------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _weights(steps: int) -> list[tuple[float, float, float, float]]:
    """How much each of four neighbours counts at each step between the middle two."""
    weights = []
    for step in range(steps):
        t = step / steps
        weights.append(
            (
                (-t + 2 * t**2 - t**3) / 2,
                1 - 2.5 * t**2 + 1.5 * t**3,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (t**3 - t**2) / 2,
            )
        )
    return weights


def smooth(points: Points, *, closed: bool, steps: int = 8) -> list[Point]:
    """A soft curve through ``points`` (Catmull-Rom)."""
    if len(points) < 3:
        return list(points)
    if closed:
        around = [points[-1], *points, points[0], points[1]]
    else:
        around = [points[0], *points, points[-1]]
    curve: list[Point] = []
    weights = _weights(steps)
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
        around, around[1:], around[2:], around[3:], strict=False
    ):
        curve += [
            (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)
            for a, b, c, d in weights
        ]
    if not closed:
        curve.append(points[-1])
    return curve


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0) -> list[Point]:
    """An ellipse round ``(x, y)``, turned by ``turn`` degrees."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    points = []
    for index in range(48):
        angle = math.tau * index / 48
        dx, dy = rx * math.cos(angle), ry * math.sin(angle)
        points.append((x + dx * cos - dy * sin, y + dx * sin + dy * cos))
    return points


def block(x: float, y: float, width: float, height: float, lean: float = 0) -> list[Point]:
    """A rectangle whose upper side is moved aside by ``lean``."""
    return [(x + lean, y), (x + width + lean, y), (x + width, y + height), (x, y + height)]


def ribbon(path: Points, start: float, end: float) -> list[Point]:
    """The outline of a soft band along ``path``, ``start`` wide at first and ``end`` at last."""
    spine = smooth(path, closed=False)
    left: list[Point] = []
    right: list[Point] = []
    for index, (x, y) in enumerate(spine):
        x1, y1 = spine[max(index - 1, 0)]
        x2, y2 = spine[min(index + 1, len(spine) - 1)]
        length = math.hypot(x2 - x1, y2 - y1) or 1
        half = (start + (end - start) * index / (len(spine) - 1)) / 2
        nx, ny = -(y2 - y1) / length * half, (x2 - x1) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    far, near = _cap(spine[-1], left[-1], right[-1]), _cap(spine[0], right[0], left[0])
    return [*left, *far, *right[::-1], *near]


def _cap(middle: Point, start: Point, end: Point) -> list[Point]:
    """The round end of a band, from one of its sides to the other."""
    radius = math.dist(start, end) / 2
    first = math.atan2(start[1] - middle[1], start[0] - middle[0])
    return [
        (
            middle[0] + radius * math.cos(first - math.pi * step / 6),
            middle[1] + radius * math.sin(first - math.pi * step / 6),
        )
        for step in range(1, 6)
    ]


def leaf_outline(length: float, width: float, bend: float = 0) -> list[Point]:
    """A leaf that grows upwards from the origin and bends aside."""
    return [
        (0, 0),
        (-width * 0.42 + bend * 0.2, -length * 0.28),
        (-width * 0.46 + bend * 0.55, -length * 0.62),
        (bend, -length),
        (width * 0.46 + bend * 0.6, -length * 0.58),
        (width * 0.40 + bend * 0.2, -length * 0.25),
    ]


# Grain and light -------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def grain() -> Image.Image:
    """Even noise over the whole oversized sheet, one grain about a pixel of the final picture."""
    tile = Image.frombytes(
        "L",
        (GRAIN_TILE, GRAIN_TILE),
        random.Random(7).randbytes(GRAIN_TILE * GRAIN_TILE),  # noqa: S311 (texture)
    ).resize((GRAIN_TILE * OVERSIZE * 3 // 4,) * 2, Image.Resampling.BICUBIC)
    sheet = Image.new("L", (WIDTH * OVERSIZE, HEIGHT * OVERSIZE))
    for x in range(0, sheet.width, tile.width):
        for y in range(0, sheet.height, tile.height):
            sheet.paste(tile, (x, y))
    return sheet


@lru_cache(maxsize=64)
def ramp(turn: int) -> Image.Image:
    """Light that falls off in the direction ``turn`` (degrees, 0 to the right, 90 downwards)."""
    size = 48
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    reach = (abs(cos) + abs(sin)) / 2
    half = (size - 1) / 2
    values = bytes(
        int(255 * ((((x - half) * cos + (y - half) * sin) / (size - 1)) / reach + 1) / 2)
        for y in range(size)
        for x in range(size)
    )
    return Image.frombytes("L", (size, size), values)


@lru_cache(maxsize=64)
def shade_table(start: float, strength: float) -> list[int]:
    """How much grain a place gets: none up to ``start`` of the ramp, ``strength`` at its end."""
    table = []
    for value in range(256):
        beyond = max(0.0, (value / 255 - start) / max(1 - start, 0.01))
        table.append(int(255 * strength * beyond))
    return table


# The sheet and its pen ----------------------------------------------------------------------------


class Sheet:
    """The paper of one picture."""

    def __init__(self, seed: int, paper: str = PAPER) -> None:
        self.image = Image.new("RGB", (WIDTH * OVERSIZE, HEIGHT * OVERSIZE), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.chance = random.Random(seed)  # noqa: S311 (drawing)

    def sky(self, top: str, bottom: str, horizon: float = HEIGHT) -> None:
        """A fall of colour from the upper edge to ``horizon``."""
        height = int(horizon * OVERSIZE)
        fall = Image.new("RGB", (1, 2))
        fall.putpixel((0, 0), _rgb(top))
        fall.putpixel((0, 1), _rgb(bottom))
        self.image.paste(fall.resize((self.image.width, height), Image.Resampling.BILINEAR), (0, 0))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 0.6) -> None:
        """A soft round light."""
        size = int(radius * 2 * OVERSIZE)
        mask = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda value: int(max(0, value - 75) * strength)
        )
        mask = mask.resize((size, size), Image.Resampling.BICUBIC)
        corner = (int((x - radius) * OVERSIZE), int((y - radius) * OVERSIZE))
        self.image.paste(colour, (*corner, corner[0] + size, corner[1] + size), mask)

    def tint(self, points: Points, colour: str) -> None:
        self.draw.polygon([(x * OVERSIZE, y * OVERSIZE) for x, y in points], fill=colour)

    def grained(
        self, points: Points, colour: str, turn: int, start: float = 0.35, strength: float = 0.7
    ) -> None:
        """Shade inside ``points``: dots of ``colour``, thicker towards ``turn``."""
        big = [(x * OVERSIZE, y * OVERSIZE) for x, y in points]
        left, top = (max(0, int(min(p[axis] for p in big))) for axis in (0, 1))
        right = min(self.image.width, int(max(p[0] for p in big)) + 1)
        bottom = min(self.image.height, int(max(p[1] for p in big)) + 1)
        outside = right <= left or bottom <= top
        if outside or (right - left) * (bottom - top) < LEAST_SHADED:
            return
        size = (right - left, bottom - top)
        light = ramp(turn).resize(size, Image.Resampling.BILINEAR)
        light = light.point(shade_table(start, strength))
        dots = ImageChops.subtract(light, grain().crop((left, top, right, bottom)), scale=0.08)
        inside = Image.new("L", size)
        ImageDraw.Draw(inside).polygon([(x - left, y - top) for x, y in big], fill=255)
        self.image.paste(colour, (left, top, right, bottom), ImageChops.darker(dots, inside))

    def line(self, points: Points, width: float, colour: str = INK) -> None:
        big = [(x * OVERSIZE, y * OVERSIZE) for x, y in points]
        stroke = max(1, round(width * OVERSIZE))
        # Joints cost much, and only lines with corners need them.
        joint = "curve" if len(big) < 8 else None
        self.draw.line(big, fill=colour, width=stroke, joint=joint)
        for x, y in (big[0], big[-1]):
            half = stroke / 2
            self.draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def pen(self) -> Pen:
        return Pen(self)

    def finished(self) -> Image.Image:
        return self.image.reduce(OVERSIZE)


class Pen:
    """Draws on a sheet in a frame of its own: moved, scaled, turned, mirrored."""

    def __init__(
        self,
        sheet: Sheet,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        turn: float = 0,
        mirror: bool = False,
    ) -> None:
        self.sheet, self.x, self.y, self.scale, self.turn = sheet, x, y, scale, turn
        self.mirror = mirror
        self._cos, self._sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(
        self, x: float, y: float, scale: float = 1, turn: float = 0, mirror: bool = False
    ) -> Pen:
        """A pen whose origin stands at ``(x, y)`` of this one."""
        ((px, py),) = self.placed([(x, y)])
        turned = self.turn + (-turn if self.mirror else turn)
        return Pen(self.sheet, px, py, self.scale * scale, turned, self.mirror != mirror)

    @property
    def chance(self) -> random.Random:
        return self.sheet.chance

    def placed(self, points: Iterable[Point]) -> list[Point]:
        sign = -1 if self.mirror else 1
        return [
            (
                self.x + self.scale * (sign * px * self._cos - py * self._sin),
                self.y + self.scale * (sign * px * self._sin + py * self._cos),
            )
            for px, py in points
        ]

    def fill(self, points: Points, colour: str, *, soft: bool = True) -> None:
        outline = smooth(points, closed=True) if soft else points
        self.sheet.tint(self.placed(outline), colour)

    def shade(
        self,
        points: Points,
        colour: str,
        turn: int = 60,
        start: float = 0.35,
        strength: float = 0.7,
        *,
        soft: bool = True,
    ) -> None:
        outline = smooth(points, closed=True) if soft else points
        self.sheet.grained(self.placed(outline), colour, turn, start, strength)

    def ink(
        self,
        points: Points,
        width: float = 2.6,
        colour: str = INK,
        *,
        closed: bool = False,
        soft: bool = True,
        aside: bool = True,
    ) -> None:
        """A line by hand: its points are a little off, and it stands aside of the tint."""
        outline = smooth(points, closed=closed) if soft else list(points)
        if closed:
            outline = [*outline, outline[0]]
        dx, dy = INK_ASIDE if aside else (0, 0)
        placed = [(x - dx, y - dy) for x, y in self.placed(outline)]
        # Far things are small, and their lines thinner.
        self.sheet.line(placed, width * min(1.0, max(0.4, self.scale * 1.4)), colour)

    def shape(  # noqa: PLR0913 (a drawing names what it wants to differ)
        self,
        points: Points,
        colour: str,
        shade: str | None = None,
        *,
        turn: int = 60,
        start: float = 0.35,
        strength: float = 0.7,
        width: float = 2.6,
        soft: bool = True,
    ) -> None:
        """A tint, its shade and its line."""
        outline = smooth(points, closed=True) if soft else points
        self.fill(outline, colour, soft=False)
        if shade:
            self.shade(outline, shade, turn, start, strength, soft=False)
        if width:
            self.ink(outline, width, closed=True, soft=False)


def _rgb(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))
