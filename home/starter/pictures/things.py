"""What stands in a garden: crates, baskets, tools, trees, tunnels, hens, houses."""

from __future__ import annotations

from . import vegetables as veg
from .pen import (
    CARROT,
    CARROT_DEEP,
    CREAM,
    GREY,
    GREY_DEEP,
    INK,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    PAPER,
    SOIL,
    SOIL_DEEP,
    SUN,
    TOMATO,
    WATER,
    WATER_DEEP,
    WHITE,
    WOOD,
    WOOD_DEEP,
    Pen,
    block,
    oval,
    ribbon,
    smooth,
)

TREE_CROWN = [(-36, -6), (-40, -38), (-18, -64), (14, -66), (38, -44), (38, -8), (10, 6), (-14, 6)]


def crate(pen: Pen, width: float = 150, height: float = 56) -> None:
    """A slatted crate whose upper front edge is at the origin’s height, from 0 to ``width``."""
    pen.fill(block(0, 0, width, height), SOIL_DEEP, soft=False)
    slat = height / 3
    for row in range(3):
        plank = block(0, row * slat + 2, width, slat - 5)
        pen.shape(plank, WOOD, WOOD_DEEP, turn=90, start=0.2, strength=0.5, soft=False)
    for x in (0, width - 14):
        post = block(x, -3, 14, height + 5)
        pen.shape(post, WOOD, WOOD_DEEP, turn=20, soft=False)
        for y in (slat * 0.5, slat * 1.5, slat * 2.5):
            pen.ink([(x + 7, y), (x + 7.5, y + 1)], 3.4)


def basket(pen: Pen, width: float = 240, height: float = 110) -> None:
    """A woven basket, its rim on the origin’s line, centred."""
    half = width / 2
    body = [(-half, 0), (half, 0), (half * 0.8, height), (-half * 0.8, height)]
    pen.shape(body, WOOD, SOIL, turn=60, start=0.2, soft=False)
    rows = 5
    for row in range(1, rows):
        y = height * row / rows
        edge = half * (1 - 0.2 * row / rows)
        wave = [(-edge + 2 * edge * i / 12, y + (3 if i % 2 else -3)) for i in range(13)]
        pen.ink(wave, 2.2)
    for i in range(1, 10):
        top = -half + width * i / 10
        pen.ink([(top, 8), (top * 0.8, height - 2)], 1.8)
    rim = ribbon([(-half - 6, 0), (0, 5), (half + 6, 0)], 18, 18)
    pen.shape(rim, WOOD_DEEP, SOIL_DEEP, turn=90)


def handle(pen: Pen, width: float = 240, height: float = 190) -> None:
    """The bow of a basket, to be drawn before what is in it."""
    half = width / 2
    bow = [(-half + 8, 0), (-half * 0.82, -height * 0.72), (0, -height)]
    bow += [(-x, y) for x, y in reversed(bow[:-1])]
    pen.shape(ribbon(bow, 13, 13), WOOD_DEEP, SOIL_DEEP, turn=0)


def spade(pen: Pen) -> None:
    """Grip up at −170, blade down to 60."""
    pen.shape(ribbon([(0, -150), (0, -70), (0, 4)], 9, 9), WOOD, WOOD_DEEP, turn=0)
    pen.shape([(-17, -168), (17, -168), (15, -156), (6, -148), (-6, -148), (-15, -156)], SOIL_DEEP)
    blade = [(-25, 0), (25, 0), (24, 34), (10, 56), (0, 61), (-10, 56), (-24, 34)]
    pen.shape(blade, GREY, GREY_DEEP, turn=40, soft=False)
    pen.ink([(0, 8), (0, 40)], 2)


def rake(pen: Pen) -> None:
    pen.shape(ribbon([(0, -190), (0, -70), (0, 24)], 8, 8), WOOD, WOOD_DEEP, turn=0)
    pen.shape(block(-42, 22, 84, 10), GREY, GREY_DEEP, turn=20, soft=False)
    for x in range(-38, 43, 11):
        pen.shape(ribbon([(x, 31), (x + 1, 52)], 5, 3), GREY_DEEP, width=1.8)


def broadfork(pen: Pen) -> None:
    """A grelinette: two handles, a bar, five tines."""
    for x in (-48, 48):
        pen.shape(ribbon([(x, -180), (x, -70), (x * 0.98, 8)], 10, 10), WOOD, WOOD_DEEP, turn=0)
    pen.shape(block(-58, 4, 116, 12), TOMATO, "#a32c1e", turn=20, soft=False)
    for x in range(-48, 49, 24):
        pen.shape(ribbon([(x, 15), (x + 2, 45), (x - 3, 74)], 7, 3), GREY, GREY_DEEP, turn=20)


def hoe(pen: Pen) -> None:
    pen.shape(ribbon([(0, -200), (0, -70), (0, 26)], 8, 8), WOOD, WOOD_DEEP, turn=0)
    pen.shape([(-4, 20), (30, 26), (34, 52), (4, 46)], GREY, GREY_DEEP, turn=40, soft=False)


def watering_can(pen: Pen, colour: str = LEAF_DEEP, deep: str = LEAF_NIGHT) -> None:
    pen.shape(ribbon([(40, 30), (92, -14), (112, -44)], 15, 11), colour, deep, turn=40)
    rose = [(100, -50), (124, -34), (130, -44), (106, -60)]
    pen.shape(rose, colour, deep, soft=False)
    bow = ribbon([(-46, 34), (-84, 6), (-76, -38), (-30, -40)], 9, 9)
    pen.shape(bow, colour, deep, turn=40)
    pen.shape([(-48, -34), (48, -34), (52, 62), (-52, 62)], colour, deep, turn=20, soft=False)
    pen.shape(oval(0, -34, 48, 9), deep, INK, strength=0.4)
    pen.ink([(-50, 30), (0, 35), (50, 30)], 2)


def wheelbarrow(pen: Pen) -> None:
    pen.shape(ribbon([(-130, -18), (-40, 6), (64, 34)], 8, 8), WOOD, WOOD_DEEP)
    pen.shape(ribbon([(-44, 10), (-52, 62)], 8, 7), GREY_DEEP)
    tray = [(-84, -52), (76, -58), (46, 12), (-40, 16)]
    pen.shape(tray, LEAF_DEEP, LEAF_NIGHT, turn=60, soft=False)
    pen.shape(oval(74, 38, 27, 27), GREY_DEEP, INK)
    pen.shape(oval(74, 38, 13, 13), CREAM)


def tree(pen: Pen, colour: str = LEAF, deep: str = LEAF_DEEP, fruit: str = "") -> None:
    """A round tree, its foot on the origin, 100 high."""
    pen.shape(ribbon([(0, 0), (1, -24), (-1, -46)], 9, 6), SOIL, SOIL_DEEP, turn=0)
    crown = [(x, y - 34) for x, y in TREE_CROWN]
    pen.shape(crown, colour, deep, turn=50, start=0.2)
    for x, y in ((-14, -70), (12, -58), (16, -84), (-22, -50)):
        pen.ink([(x - 6, y), (x, y - 5), (x + 6, y)], 1.8)
    if fruit:
        for x, y in ((-22, -62), (-4, -82), (16, -72), (24, -48), (-8, -48), (-28, -84)):
            pen.shape(oval(x, y, 4.4, 4.4), fruit, width=1.8)


def poplar(pen: Pen, colour: str = LEAF_DEEP, deep: str = LEAF_NIGHT) -> None:
    pen.shape(ribbon([(0, 0), (0, -20)], 6, 5), SOIL_DEEP)
    crown = [(-10, -10), (-14, -46), (-8, -84), (0, -104), (8, -84), (14, -46), (10, -10)]
    pen.shape(crown, colour, deep, turn=30)


def bush(pen: Pen, colour: str = LEAF_DEEP, deep: str = LEAF_NIGHT) -> None:
    outline = [(-40, 0), (-44, -18), (-28, -34), (-10, -30), (6, -42), (30, -34), (44, -16)]
    outline.append((40, 0))
    pen.shape(outline, colour, deep, turn=60)


def cloud(pen: Pen, colour: str = WHITE) -> None:
    outline = [(-70, 10), (-66, -14), (-38, -24), (-14, -44), (22, -36), (40, -20), (68, -12)]
    outline.append((70, 10))
    pen.shape(outline, colour, WATER, turn=90, start=0.45, strength=0.5, width=2.2)


def house(pen: Pen, wall: str = CREAM, roof: str = CARROT) -> None:
    """A small house, its lower left corner at the origin, 100 wide."""
    pen.shape(block(0, -56, 100, 56), wall, WOOD, turn=20, strength=0.4, soft=False)
    pen.shape([(-8, -54), (50, -96), (108, -54)], roof, CARROT_DEEP, turn=40, soft=False)
    pen.shape(block(58, -36, 20, 36), LEAF_DEEP, soft=False, width=2.2)
    pen.shape(block(18, -42, 22, 18), WATER, soft=False, width=2.2)


def barn(pen: Pen) -> None:
    """The multi-purpose building, 200 wide."""
    pen.shape(block(0, -84, 200, 84), WOOD, WOOD_DEEP, turn=30, start=0.2, strength=0.5, soft=False)
    for x in range(14, 200, 17):
        pen.ink([(x, -84), (x, 0)], 1.6)
    roof = [(-14, -82), (22, -132), (178, -132), (214, -82)]
    pen.shape(roof, TOMATO, "#a32c1e", turn=60, soft=False)
    pen.shape(block(66, -64, 68, 64), SOIL_DEEP, INK, soft=False)
    pen.shape(block(20, -62, 28, 22), WATER, soft=False)


def tunnel(
    pen: Pen, width: float = 420, height: float = 120, *, skin: str = "#e8f3f4", gable: str = WHITE
) -> None:
    """A plastic tunnel seen from its gable and its side."""
    half = height * 0.95
    arch = [(-half, 0), (-half * 0.94, -height * 0.55), (-half * 0.5, -height * 0.93), (0, -height)]
    arch += [(-x, y) for x, y in reversed(arch[:-1])]
    front = smooth(arch, closed=False)
    back = [(x + width, y - height * 0.1) for x, y in front]
    side = [*front[: len(front) // 2 + 1], *back[len(back) // 2 :], (half, 0)]
    pen.shape(side, skin, WATER, turn=70, start=0.2, strength=0.55, soft=False)
    for step in range(1, 6):
        shift = width * step / 6
        rib = [(x + shift, y - height * 0.1 * step / 6) for x, y in front[len(front) // 2 :]]
        pen.ink(rib, 2, soft=False)
    pen.shape(front, gable, WATER, turn=90, start=0.3, strength=0.4, soft=False)
    pen.shape(block(-26, -74, 52, 74), LEAF_DEEP, LEAF_NIGHT, turn=90, soft=False)
    pen.ink([(0, -74), (0, 0)], 2)


def hen(pen: Pen, colour: str = CARROT, deep: str = CARROT_DEEP) -> None:
    for x in (-4, 8):
        pen.ink([(x, 18), (x, 34), (x + 7, 36)], 2.4, SUN_LEG)
    body = [(-40, -22), (-28, -4), (-6, -8), (14, -26), (26, -20), (28, 4), (10, 22), (-18, 18)]
    pen.shape(body, colour, deep, turn=70)
    pen.shape([(14, -22), (16, -40), (28, -46), (36, -36), (30, -14)], colour, deep, width=2.2)
    pen.shape([(18, -44), (22, -54), (27, -48), (32, -54), (34, -44)], TOMATO, width=2)
    pen.shape([(36, -38), (48, -34), (36, -30)], SUN, soft=False, width=2)
    pen.ink([(28, -38), (28.6, -37.4)], 3.4)
    pen.ink([(-16, -2), (0, 6), (12, -4)], 2)


SUN_LEG = "#d99b2b"


def jar(pen: Pen, colour: str, deep: str) -> None:
    """A preserving jar, foot on the origin, 100 high."""
    pen.shape(
        [(-30, -76), (30, -76), (34, -60), (34, -6), (26, 0), (-26, 0), (-34, -6), (-34, -60)],
        WHITE,
        soft=False,
    )
    inside = [(-30, -60), (30, -60), (30, -8), (24, -4), (-24, -4), (-30, -8)]
    pen.fill(inside, colour, soft=False)
    pen.shade(inside, deep, 40, soft=False)
    pen.shape(block(-28, -94, 56, 17), CARROT, CARROT_DEEP, turn=0, soft=False)
    pen.shape(block(-18, -46, 36, 24), PAPER, soft=False, width=2)
    pen.ink([(-10, -38), (10, -38)], 1.8)
    pen.ink([(-10, -31), (4, -31)], 1.8)


def van(pen: Pen) -> None:
    """A delivery van of the garden, 300 long, wheels on the origin’s line."""
    box = [(0, -150), (190, -150), (190, -26), (0, -26)]
    pen.shape(box, CREAM, WOOD, turn=60, strength=0.4, soft=False)
    cab = [(190, -132), (232, -132), (270, -82), (302, -70), (304, -26), (190, -26)]
    pen.shape(cab, LEAF_DEEP, LEAF_NIGHT, turn=60, soft=False)
    pen.shape([(204, -120), (228, -120), (254, -82), (204, -82)], WATER, WATER_DEEP, soft=False)
    pen.shape(block(0, -40, 304, 16), LEAF_NIGHT, soft=False, width=2.2)
    veg.carrot(pen.at(70, -92, 0.62, 28))
    veg.lettuce(pen.at(126, -94, 0.56))
    for x in (58, 246):
        pen.shape(oval(x, -24, 28, 28), INK, width=0)
        pen.shape(oval(x, -24, 13, 13), GREY, GREY_DEEP)


def tray_of_seedlings(pen: Pen, width: float = 180, count: int = 7) -> None:
    """A nursery tray, upper edge on the origin’s line."""
    step = width / count
    for index in range(count):
        lift = pen.chance.uniform(0.8, 1.1)
        veg.seedling(pen.at(step * (index + 0.5), 3, 0.62 * lift), LEAF if index % 3 else LEAF_DEEP)
    pen.shape(block(0, 0, width, 20), SOIL_DEEP, INK, turn=90, strength=0.4, soft=False)


def worm(pen: Pen) -> None:
    body = [(-30, 4), (-14, -8), (2, 4), (18, 8), (32, -4)]
    pen.shape(ribbon(body, 9, 6), "#d98f8f", "#a85a5a", turn=90, width=2)


def bird(pen: Pen) -> None:
    pen.ink([(-14, -5), (-6, -8), (0, 0), (6, -8), (14, -5)], 2.6)


def microphone(pen: Pen) -> None:
    """A studio microphone on its stand, foot at the origin, 300 high."""
    pen.shape(oval(0, -6, 86, 17), GREY_DEEP, INK, strength=0.5)
    pen.shape(ribbon([(0, -14), (2, -80), (0, -130)], 11, 11), GREY_DEEP, INK, turn=0)
    yoke = [(-74, -214), (-72, -150), (-40, -128), (0, -126), (40, -128), (72, -150), (74, -214)]
    pen.ink(yoke, 6)
    head = [(-54, -270), (-40, -312), (0, -326), (40, -312), (54, -270), (54, -206)]
    head += [(40, -164), (0, -152), (-40, -164), (-54, -206)]
    pen.shape(head, CARROT, CARROT_DEEP, turn=40)
    for y in (-290, -270, -250, -230):
        pen.ink([(-50, y), (0, y + 6), (50, y)], 2)
    pen.shape(block(-56, -214, 112, 16), CREAM, soft=False)
