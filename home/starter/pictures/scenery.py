"""What lies behind a scene: sky, hills, fields in perspective, ground."""

from __future__ import annotations

from collections.abc import Callable

from . import things
from . import vegetables as veg
from .pen import (
    CARROT,
    CREAM,
    HEIGHT,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    MEADOW,
    MEADOW_DEEP,
    SKY,
    SOIL,
    SOIL_DEEP,
    SUN,
    WHITE,
    WIDTH,
    WOOD,
    Pen,
    Point,
    Points,
    Sheet,
    block,
    oval,
    smooth,
)

Ground = Callable[[float], float]


def hill(
    sheet: Sheet, points: Points, colour: str, deep: str, strength: float = 0.55
) -> list[Point]:
    """A hill whose ridge goes through ``points`` from edge to edge; gives the ridge back."""
    pen = sheet.pen()
    ridge = smooth(points, closed=False, steps=14)
    outline = [*ridge, (WIDTH + 20, HEIGHT), (-20, HEIGHT)]
    pen.fill(outline, colour, soft=False)
    lowest = max(y for _, y in ridge)
    band = [*ridge, (WIDTH + 20, lowest + 150), (-20, lowest + 150)]
    pen.shade(band, deep, 270, 0.45, strength, soft=False)
    pen.ink(ridge, 2.4, soft=False)
    return ridge


def sun(sheet: Sheet, x: float, y: float, radius: float = 70) -> None:
    sheet.glow(x, y, radius * 6, "#fff3c9", 0.9)
    sheet.pen().fill(oval(x, y, radius, radius), SUN, soft=False)
    sheet.pen().shade(oval(x, y, radius, radius), "#ef8b45", 90, 0.3, 0.5, soft=False)


def countryside(
    sheet: Sheet,
    horizon: float = 470,
    *,
    sun_at: Point | None = None,
    colours: tuple[str, str] = ("#f6d9b4", "#fdf3da"),
) -> None:
    """Sky and three lines of hills, different in each picture, down to about ``horizon``."""
    sheet.sky(*colours, horizon)
    if sun_at:
        sun(sheet, *sun_at)
    pen = sheet.pen()
    chance = sheet.chance
    far = _ridge(sheet, horizon - 130, 46)
    hill(sheet, far, "#bcd3b6", "#9dbd9a")
    middle = hill(sheet, _ridge(sheet, horizon - 62, 32), "#9fc290", LEAF_DEEP, 0.4)
    for _ in range(3):
        x, y = chance.choice(middle[10:-10])
        for shift in range(chance.randint(1, 3)):
            things.tree(pen.at(x + shift * 44, y + 10, chance.uniform(0.5, 0.9)), LEAF, LEAF_DEEP)
    x, y = chance.choice(middle[6:-10])
    for shift in range(3):
        things.poplar(pen.at(x + shift * 34, y + 8, chance.uniform(0.7, 1.15)))
    things.house(pen.at(x + 130, y + 14, 0.5), CREAM, CARROT)
    hill(sheet, _ridge(sheet, horizon - 8, 14), LEAF, LEAF_DEEP, 0.35)


def _ridge(sheet: Sheet, height: float, swing: float) -> list[Point]:
    first = sheet.chance.choice((-1, 1))
    return [
        (-40 + 280 * step, height + first * swing * (-1) ** step * sheet.chance.uniform(0.4, 1.1))
        for step in range(7)
    ]


def clouds(sheet: Sheet, *places: tuple[float, float, float]) -> None:
    for x, y, size in places:
        things.cloud(sheet.pen().at(x, y, size))


def foreground(sheet: Sheet, side: int = 1) -> None:
    """Big leaves in a lower corner, near the eye: left (-1) or right (1)."""
    corner = sheet.pen().at(0 if side < 0 else WIDTH, HEIGHT + 20, 1, mirror=side > 0)
    for turn, length in ((78, 300), (52, 350), (30, 330), (8, 290)):
        veg.leaf(corner.at(-20, 0, turn=turn), length, length * 0.36, 26, LEAF_DEEP)
    for turn in (64, 40, 18):
        veg.leaf(corner.at(-20, 20, turn=turn), 220, 84, 14, LEAF)


def furrows(
    sheet: Sheet,
    horizon: float,
    vanishing: Point,
    rows: int,
    colours: tuple[str, str] = (SOIL, SOIL_DEEP),
    spread: float = 3200,
) -> list[tuple[Point, Point]]:
    """Earth in beds that meet at ``vanishing``; gives the middle line of each bed, far to near."""
    pen = sheet.pen()
    ground = [(-20, horizon), (WIDTH + 20, horizon), (WIDTH + 20, HEIGHT), (-20, HEIGHT)]
    pen.fill(ground, colours[0], soft=False)
    pen.shade(ground, colours[1], 90, 0.2, 0.45, soft=False)
    step = spread / rows
    left = vanishing[0] - spread / 2
    beds: list[tuple[Point, Point]] = []
    depth = (horizon - vanishing[1]) / (HEIGHT - vanishing[1])
    for row in range(rows):
        near1, near2 = left + row * step, left + (row + 0.42) * step
        far1, far2 = (vanishing[0] + (near - vanishing[0]) * depth for near in (near1, near2))
        dark = [(far1, horizon), (far2, horizon), (near2, HEIGHT + 5), (near1, HEIGHT + 5)]
        pen.fill(dark, colours[1], soft=False)
        pen.ink([(far2, horizon + 2), (near2, HEIGHT + 5)], 2, soft=False)
        near = left + (row + 0.71) * step
        beds.append(((vanishing[0] + (near - vanishing[0]) * depth, horizon), (near, HEIGHT)))
    pen.ink([(-20, horizon), (WIDTH + 20, horizon)], 2.2, soft=False)
    return beds


def along(
    bed: tuple[Point, Point], horizon: float, vanishing_y: float, count: int
) -> list[tuple[Point, float]]:
    """``count`` places on a bed from far to near, each with the scale things have there."""
    (x1, y1), (x2, y2) = bed
    far = (horizon - vanishing_y) / (HEIGHT - vanishing_y)
    places = []
    for index in range(count):
        # Even steps on the ground come closer together with distance.
        scale = 1 / (1 / far + (1 - 1 / far) * (index + 0.35) / (count - 0.7))
        t = (scale - far) / (1 - far)
        places.append(((x1 + (x2 - x1) * t, y1 + (y2 - y1) * t), scale))
    return places


def meadow(sheet: Sheet, ridge: Points, colour: str = MEADOW, deep: str = MEADOW_DEEP) -> None:
    """Grass in the foreground, with tufts."""
    hill(sheet, ridge, colour, deep, 0.6)
    pen = sheet.pen()
    top = max(y for _, y in ridge)
    for _ in range(70):
        x = sheet.chance.uniform(0, WIDTH)
        y = sheet.chance.uniform(top + 15, HEIGHT - 8)
        size = 5 + 9 * (y - top) / (HEIGHT - top + 1)
        pen.ink([(x - size, y - size), (x, y)], 1.8, LEAF_DEEP, aside=False)
        pen.ink([(x + size * 0.7, y - size * 1.3), (x, y)], 1.8, LEAF_DEEP, aside=False)


def table(sheet: Sheet, top: float, colour: str = WOOD, deep: str = SOIL) -> None:
    """A wooden table along the lower edge."""
    pen = sheet.pen()
    board = [(-20, top), (WIDTH + 20, top), (WIDTH + 20, HEIGHT + 10), (-20, HEIGHT + 10)]
    pen.fill(board, colour, soft=False)
    pen.shade(board, deep, 90, 0.1, 0.6, soft=False)
    pen.ink([(-20, top), (WIDTH + 20, top)], 3, soft=False)
    for y in (top + (HEIGHT - top) * 0.36, top + (HEIGHT - top) * 0.72):
        pen.ink([(-20, y), (500, y + 4), (1100, y - 3), (WIDTH + 20, y + 2)], 2.2)
    for _ in range(16):
        x = sheet.chance.uniform(0, WIDTH)
        y = sheet.chance.uniform(top + 20, HEIGHT - 20)
        pen.ink([(x, y), (x + 60, y + 2), (x + 120, y - 1)], 1.4, deep, aside=False)


def wall(sheet: Sheet, colour: str = CREAM, deep: str = "#dcc9a0", turn: int = 120) -> None:
    """An even ground with light from one side."""
    pen = sheet.pen()
    whole = [(-20, -20), (WIDTH + 20, -20), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.fill(whole, colour, soft=False)
    pen.shade(whole, deep, turn, 0.35, 0.5, soft=False)


def window(pen: Pen, width: float = 300, height: float = 340) -> None:
    """A window on a green landscape, its upper left corner at the origin."""
    frame = [(0, 0), (width, 0), (width, height), (0, height)]
    pen.fill(frame, SKY, soft=False)
    pen.shade(frame, WHITE, 90, 0.2, 0.9, soft=False)
    slope = [(0, height * 0.62), (width * 0.4, height * 0.5), (width, height * 0.66)]
    land = [*smooth(slope, closed=False), (width, height), (0, height)]
    pen.shape(land, LEAF, LEAF_NIGHT, soft=False)
    things.tree(pen.at(width * 0.7, height * 0.66, 0.9))
    for x in (0, width / 2, width):
        pen.shape(block(x - 8, -8, 16, height + 16), WHITE, soft=False)
    for y in (0, height / 2, height):
        pen.shape(block(-8, y - 8, width + 16, 16), WHITE, soft=False)


def crops(
    sheet: Sheet,
    beds: list[tuple[Point, Point]],
    horizon: float,
    vanishing_y: float,
    plants: tuple[Callable[[Pen], None], ...],
    size: float = 1.0,
    count: int = 16,
) -> None:
    """Plants on every bed, the far ones first so that near ones stand before them."""
    pen = sheet.pen()
    places = []
    for index, bed in enumerate(beds):
        for (x, y), scale in along(bed, horizon, vanishing_y, count):
            if -150 < x < WIDTH + 150:
                places.append((y, x, scale, plants[index % len(plants)]))
    for y, x, scale, plant in sorted(places, key=lambda place: place[0]):
        plant(pen.at(x, y - 14 * scale, size * scale))


def low_lettuce(pen: Pen) -> None:
    veg.lettuce(pen)


def red_lettuce(pen: Pen) -> None:
    veg.lettuce(pen, "#d9779f", LEAF_DEEP)


def tops(pen: Pen) -> None:
    """The feathery tops of carrots in the ground."""
    for turn in (-40, 36, -14, 14):
        veg.leaf(pen.at(0, 22, turn=turn), 66, 20, turn * 0.3)
