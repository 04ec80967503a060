"""Vegetables and fruit, each in a frame of about 100 by 100 whose origin is its middle."""

from __future__ import annotations

from .pen import (
    BEET,
    BEET_DEEP,
    CARROT,
    CARROT_DEEP,
    CREAM,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    MEADOW,
    PLUM_DEEP,
    SOIL,
    SUN,
    SUN_DEEP,
    TOMATO,
    WHITE,
    WOOD,
    WOOD_DEEP,
    Pen,
    leaf_outline,
    oval,
    ribbon,
)


def leaf(pen: Pen, length: float, width: float, bend: float = 0, colour: str = LEAF) -> None:
    """A leaf with its rib, growing upwards."""
    outline = leaf_outline(length, width, bend)
    pen.shape(outline, colour, LEAF_DEEP if colour != LEAF_DEEP else LEAF_NIGHT, turn=40)
    pen.ink([(0, -2), (bend * 0.25, -length * 0.4), (bend * 0.8, -length * 0.85)], 1.8)


def carrot(pen: Pen) -> None:
    for turn, length in ((-22, 46), (20, 44), (0, 56)):
        leaf(pen.at(0, -42, turn=turn), length, 17, turn * 0.3)
    body = [(-20, -40), (0, -47), (20, -40), (15, 0), (6, 38), (0, 54), (-6, 38), (-15, 0)]
    pen.shape(body, CARROT, CARROT_DEEP, turn=20)
    for y, x1, x2 in ((-22, -17, -5), (-6, 4, 14), (10, -11, -2), (24, 0, 8)):
        pen.ink([(x1, y), ((x1 + x2) / 2, y + 3), (x2, y + 1)], 1.8)


def leek(pen: Pen) -> None:
    for turn, bend in ((-16, -26), (14, 28), (-3, -8), (5, 12)):
        leaf(pen.at(0, -14, turn=turn), 62, 20, bend, LEAF_DEEP if turn > 0 else LEAF)
    pen.shape(ribbon([(0, -18), (1, 20), (0, 52)], 22, 19), MEADOW, LEAF, turn=270)
    pen.shape(ribbon([(0, 16), (1, 34), (0, 54)], 19, 20), WHITE, CREAM, turn=20, width=0)
    pen.ink([(-10, -12), (-10, 20), (-9, 52)])
    pen.ink([(11, -12), (11, 20), (10, 52)])
    for x in (-8, -3, 3, 8):
        pen.ink([(x, 54), (x * 1.5, 60), (x * 1.3, 66)], 1.8)


def lettuce(pen: Pen, colour: str = MEADOW, deep: str = LEAF) -> None:
    for turn in (-78, 78, -48, 48, -20, 20, 0):
        leaf(pen.at(0, 36, turn=turn), 74 - abs(turn) * 0.16, 52, turn * 0.12, deep)
    for turn in (-40, 40, -14, 14):
        leaf(pen.at(0, 38, turn=turn), 52, 38, 0, colour)


def cabbage(pen: Pen) -> None:
    for turn in (-84, 84, -52, 52):
        leaf(pen.at(0, 34, turn=turn), 62, 60, 0, LEAF_DEEP)
    head = oval(0, 4, 42, 38)
    pen.shape(head, LEAF, LEAF_DEEP, turn=55)
    pen.ink([(-2, 42), (-6, 14), (4, -32)], 2)
    for x, y in ((-30, -4), (28, -8), (-24, 20), (26, 18)):
        pen.ink([(-4, y + 12), (x * 0.5, y + 5), (x, y)], 1.8)
    pen.ink([(-36, -10), (-8, -24), (10, -33)], 1.8)


def tomato(pen: Pen) -> None:
    body = [(-38, -8), (-20, -34), (0, -30), (20, -34), (38, -8), (32, 24), (0, 37), (-32, 24)]
    pen.shape(body, TOMATO, "#a32c1e", turn=55)
    for turn in (-74, -32, 8, 46, 88):
        leaf(pen.at(0, -28, turn=turn), 24, 9, 3, LEAF_DEEP)
    pen.ink([(-25, -10), (-22, 3), (-24, 12)], 3, WHITE, aside=False)


def pumpkin(pen: Pen) -> None:
    for x, rx in ((-36, 22), (36, 22), (-18, 24), (18, 24), (0, 22)):
        pen.shape(oval(x, 6, rx, 38 - abs(x) * 0.16), CARROT, CARROT_DEEP, turn=60)
    stalk = ribbon([(0, -28), (2, -40), (12, -48)], 11, 8)
    pen.shape(stalk, LEAF_DEEP, LEAF_NIGHT, turn=20)


def squash(pen: Pen) -> None:
    body = [(-14, -44), (0, -50), (14, -44), (16, -18), (30, 14), (24, 42), (0, 50)]
    pen.shape([*body, (-24, 42), (-30, 14), (-16, -18)], SUN, SUN_DEEP, turn=30)
    pen.shape(ribbon([(0, -48), (-2, -58)], 9, 8), LEAF_DEEP)
    pen.ink([(-6, -36), (-8, -10), (-16, 16)], 1.8)


def beetroot(pen: Pen) -> None:
    for turn, length in ((-26, 56), (24, 54), (0, 64)):
        leaf(pen.at(0, -20, turn=turn), length, 26, turn * 0.4, LEAF_DEEP)
        pen.ink([(0, -20), (turn * 0.5, -52)], 3, BEET_DEEP, aside=False)
    body = [(-32, 4), (-20, -20), (0, -26), (20, -20), (32, 4), (18, 30), (2, 44), (-18, 30)]
    pen.shape(body, BEET, BEET_DEEP, turn=30, start=0.1)
    pen.ink([(2, 42), (6, 54), (1, 62)], 2.4)


def radishes(pen: Pen) -> None:
    for x, turn in ((-20, -16), (22, 16), (0, 0)):
        bunch = pen.at(x, 8, 0.62, turn)
        for side in (-18, 18, 0):
            leaf(bunch.at(0, -14, turn=side), 58, 26, side * 0.3)
        body = [(-22, 0), (0, -20), (22, 0), (14, 24), (0, 36), (-14, 24)]
        bunch.shape(body, BEET, BEET_DEEP, turn=30)
        bunch.ink([(0, 34), (3, 46), (-2, 54)], 1.8)
    pen.ink([(-12, -8), (0, -4), (14, -9)], 4, WOOD_DEEP)


def eggplant(pen: Pen) -> None:
    body = [(-12, -36), (0, -42), (12, -36), (28, 10), (24, 40), (0, 52), (-24, 40), (-28, 10)]
    pen.shape(body, "#7a55a8", PLUM_DEEP, turn=40, start=0.1)
    for turn in (-60, -20, 20, 60):
        leaf(pen.at(0, -40, turn=180 + turn), 22, 12, 0, LEAF_DEEP)
    pen.shape(ribbon([(0, -40), (3, -54)], 8, 9), LEAF_DEEP)
    pen.ink([(-16, 6), (-18, 22), (-14, 34)], 3.2, WHITE, aside=False)


def courgette(pen: Pen) -> None:
    body = ribbon([(-4, -50), (4, -10), (-2, 50)], 20, 30)
    pen.shape(body, LEAF_DEEP, LEAF_NIGHT, turn=10)
    pen.shape(ribbon([(-4, -48), (-7, -60)], 12, 9), MEADOW)
    for x in (-6, 3):
        pen.ink([(x - 2, -36), (x + 2, 0), (x - 2, 38)], 1.6, MEADOW, aside=False)


def onion(pen: Pen) -> None:
    body = [(-34, 10), (-22, -14), (-4, -30), (4, -30), (22, -14), (34, 10), (20, 34), (-20, 34)]
    pen.shape(body, WOOD, CARROT_DEEP, turn=45)
    pen.ink([(-3, -28), (-18, 4), (-10, 36)], 1.8)
    pen.ink([(3, -28), (16, 4), (10, 36)], 1.8)
    pen.ink([(0, -30), (3, -42), (-2, -50)], 2.6)


def turnip(pen: Pen) -> None:
    for turn in (-24, 22, 0):
        leaf(pen.at(0, -20, turn=turn), 50, 22, turn * 0.3)
    body = [(-34, -2), (-20, -24), (0, -22), (20, -24), (34, -2), (16, 28), (0, 44), (-16, 28)]
    pen.shape(body, WHITE, CREAM, turn=45)
    pen.shade(body, BEET_DEEP, 270, 0.5, 0.9)
    pen.ink(body, closed=True)
    pen.ink([(0, 42), (3, 54)], 2)


def potato(pen: Pen) -> None:
    body = [(-36, 2), (-26, -22), (4, -26), (34, -16), (36, 10), (14, 26), (-20, 26)]
    pen.shape(body, WOOD, SOIL, turn=55)
    for x, y in ((-14, -6), (10, 6), (20, -8), (-6, 14)):
        pen.ink([(x, y), (x + 3, y + 1)], 2)


def apple(pen: Pen, colour: str = TOMATO, deep: str = "#a32c1e") -> None:
    body = [(-34, -6), (-20, -30), (0, -24), (20, -30), (34, -6), (22, 28), (0, 26), (-22, 28)]
    pen.shape(body, colour, deep, turn=50)
    pen.ink([(0, -22), (4, -34), (8, -40)], 3)
    leaf(pen.at(3, -30, turn=62), 24, 12)
    pen.ink([(-20, -8), (-19, 4)], 3, WHITE, aside=False)


def seedling(pen: Pen, colour: str = LEAF) -> None:
    """A young plant of two leaves and a shoot, its foot at the origin."""
    pen.sheet.line(pen.placed([(0, 0), (1, -18), (0, -38)]), 3, LEAF_DEEP)
    leaf(pen.at(0, -34, turn=-58), 34, 20, -4, colour)
    leaf(pen.at(0, -34, turn=58), 34, 20, 4, colour)
    leaf(pen.at(0, -36), 26, 12, 2, MEADOW)


def sprig(pen: Pen) -> None:
    """A leafy stalk of beans or peas."""
    pen.ink([(0, 0), (4, -30), (-2, -66)], 2.6, LEAF_NIGHT, aside=False)
    for y, side in ((-12, -1), (-26, 1), (-40, -1), (-54, 1)):
        leaf(pen.at(0, y, turn=58 * side), 30, 17, 3 * side)
    leaf(pen.at(-2, -62), 26, 14)


def flower(pen: Pen, colour: str = SUN) -> None:
    pen.ink([(0, 0), (2, -20), (0, -42)], 2.4, LEAF_DEEP, aside=False)
    leaf(pen.at(1, -12, turn=50), 22, 11)
    for turn in range(0, 360, 60):
        petal = pen.at(0, -48, turn=turn)
        petal.fill(leaf_outline(15, 11), colour)
        petal.ink(leaf_outline(15, 11), 1.6, closed=True)
    pen.shape(oval(0, -48, 6, 6), SUN_DEEP if colour != SUN else CARROT_DEEP, width=1.6)


def tomato_plant(pen: Pen) -> None:
    """A plant on its stake."""
    pen.ink([(0, 26), (2, -40), (0, -96)], 3.4, WOOD_DEEP, aside=False)
    for y, side in ((10, -1), (-6, 1), (-26, -1), (-44, 1), (-62, -1), (-76, 1)):
        leaf(pen.at(0, y, turn=64 * side), 44, 26, 4 * side, LEAF_DEEP)
    leaf(pen.at(0, -78), 34, 22)
    for x, y in ((-16, 6), (15, -14), (-13, -34)):
        pen.shape(oval(x, y, 9, 9), TOMATO, width=1.8)
