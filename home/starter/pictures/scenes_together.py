"""Scenes where people meet: stall, circle, forum, delivery, visit, interview."""

from __future__ import annotations

from . import people, scenery, things
from . import vegetables as veg
from .pen import (
    CARROT,
    CARROT_DEEP,
    CREAM,
    GREY_DEEP,
    HEIGHT,
    INK,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    MEADOW,
    PAPER,
    SOIL,
    SOIL_DEEP,
    SUN,
    SUN_DEEP,
    TOMATO,
    WATER,
    WATER_DEEP,
    WHITE,
    WIDTH,
    WOOD,
    Pen,
    Sheet,
    block,
    oval,
    ribbon,
)
from .people import CROWD, HOLDING, POINTING, RAISED, STANDING, TALKING, Look, Pose


def market() -> Sheet:
    """A solidarity stall: vegetables, and people who talk."""
    sheet = Sheet(36)
    scenery.countryside(sheet, 420, colours=("#bfe0ee", "#f1f7ef"))
    pen = sheet.pen()
    square = [(-20, 520), (WIDTH + 20, 520), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(square, CREAM, WOOD, turn=90, start=0.3, soft=False)
    for x, colour in ((40, PAPER), (1180, "#f6e3c0"), (1370, PAPER)):
        things.house(pen.at(x, 540, 2.2), colour, CARROT)
    for x in (330, 1150):
        pen.shape(ribbon([(x, 330), (x, 600), (x, 900)], 18, 18), WOOD, SOIL, turn=0)
    for x, look, pose in ((520, CROWD[1], HOLDING), (920, CROWD[2], TALKING)):
        people.person(pen.at(x, 800, 3.5), look, pose)
    _stall(sheet)
    _awning(sheet)
    people.person(pen.at(180, 940, 3.9), CROWD[4], Pose(right=((16, 58), (27, 60))))
    things.basket(pen.at(250, 800, 0.62))
    people.person(pen.at(1340, 940, 3.9), CROWD[7], Pose(left=((-17, 60), (-28, 64))))
    people.person(pen.at(1480, 950, 2.5), Look(1, 3, SUN, WATER_DEEP), RAISED)
    return sheet


def _stall(sheet: Sheet) -> None:
    pen = sheet.pen()
    kinds = (veg.tomato, veg.lettuce, veg.carrot, veg.eggplant, veg.squash, veg.leek)
    for index, kind in enumerate(kinds):
        x = 290 + index * 154
        for dx in (40, 104):
            kind(pen.at(x + dx, 690, 0.82, sheet.chance.uniform(-10, 10)))
        things.crate(pen.at(x, 712), 146, 60)
    front = [(270, 770), (1230, 770), (1200, 930), (300, 930)]
    pen.shape(front, LEAF_DEEP, LEAF_NIGHT, turn=90, start=0.2, soft=False)
    pen.shape(block(256, 756, 988, 26), WOOD, SOIL, turn=90, soft=False)
    for x in range(330, 1200, 124):
        veg.leaf(pen.at(x, 890), 80, 40, 6, MEADOW)


def _awning(sheet: Sheet) -> None:
    pen = sheet.pen()
    for index in range(8):
        x = 262 + index * 122
        colour, deep = ((CARROT, CARROT_DEEP), (PAPER, WOOD))[index % 2]
        top = 330 + index * 103
        pen.shape(
            [(top, 210), (top + 103, 210), (x + 122, 350), (x, 350)],
            colour,
            deep,
            turn=90,
            soft=False,
        )
        hem = [(x, 348), (x + 122, 348), (x + 116, 388), (x + 61, 402), (x + 6, 388)]
        pen.shape(hem, colour, deep, turn=90, soft=False)


def meeting() -> Sheet:
    """A circle of people under a tree: exchange of know-how."""
    sheet = Sheet(38)
    scenery.countryside(sheet, 430, colours=("#bfe0ee", "#f1f7ef"))
    scenery.clouds(sheet, (250, 110, 1.2))
    scenery.meadow(sheet, [(-20, 470), (500, 440), (1100, 460), (1620, 440)])
    pen = sheet.pen()
    things.tree(pen.at(1180, 680, 7.4), LEAF, LEAF_DEEP)
    things.tunnel(pen.at(120, 530, 1.0), 260)
    for x, y, look, facing in (
        *((470, 720, CROWD[0], 1), (640, 690, CROWD[3], 1), (980, 690, CROWD[4], -1)),
        *((1150, 730, CROWD[5], -1),),
    ):
        pen.shape(block(x - 50, y - 92, 100, 92), SUN, SUN_DEEP, turn=40, soft=False)
        people.seated(pen.at(x, y, 3.4), look, facing)
    people.person(pen.at(810, 740, 3.5), CROWD[1], TALKING)
    for x, y, look in ((560, 870, CROWD[7]), (800, 890, CROWD[6]), (1050, 870, CROWD[2])):
        people.from_behind(pen.at(x, y, 3.4), look)
    scenery.foreground(sheet, -1)
    return sheet


def forum() -> Sheet:
    """A room that listens to two speakers."""
    sheet = Sheet(39)
    scenery.wall(sheet, "#2f5a47", LEAF_NIGHT, 90)
    pen = sheet.pen()
    pen.shape(block(420, 90, 760, 400), PAPER, CREAM, turn=60, soft=False)
    _basket_emblem(pen.at(800, 330, 1.2))
    for x in range(70, 380, 84):
        pen.shape(
            [(x, 90), (x + 84, 90), (x + 70, 560), (x + 14, 560)],
            TOMATO,
            "#a32c1e",
            turn=0,
            soft=False,
        )
    for x in range(1220, 1540, 84):
        pen.shape(
            [(x, 90), (x + 84, 90), (x + 70, 560), (x + 14, 560)],
            TOMATO,
            "#a32c1e",
            turn=0,
            soft=False,
        )
    pen.shape([(120, 600), (1480, 600), (1600, 720), (0, 720)], WOOD, SOIL, turn=90, soft=False)
    people.person(pen.at(560, 670, 3.7), CROWD[4], TALKING)
    people.seated(pen.at(1010, 668, 3.5), CROWD[5], -1)
    pen.shape(block(780, 560, 120, 18), WOOD, SOIL, soft=False)
    pen.shape(ribbon([(840, 576), (840, 650)], 14, 14), WOOD)
    veg.flower(pen.at(840, 562, 1.1), SUN)
    floor = [(-20, 720), (WIDTH + 20, 720), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(floor, "#24473a", INK, turn=90, soft=False)
    for row, (y, size, step) in enumerate(((800, 2.3, 170), (900, 2.9, 215), (1010, 3.5, 265))):
        for index in range(11):
            seat = -60 + (row % 2) * step / 2 + index * step
            people.from_behind(pen.at(seat, y, size), CROWD[(index * 3 + row * 2) % len(CROWD)])
    return sheet


def _basket_emblem(pen: Pen) -> None:
    things.handle(pen)
    for dx, kind in ((-66, veg.carrot), (-10, veg.lettuce), (56, veg.tomato)):
        kind(pen.at(dx, -34, 1.0))
    things.basket(pen)


def delivery() -> Sheet:
    """The van at the collection point, baskets handed over."""
    sheet = Sheet(40)
    scenery.countryside(sheet, 440, sun_at=(240, 150))
    pen = sheet.pen()
    for x, size, colour in ((900, 2.6, PAPER), (1170, 3.0, "#f6e3c0"), (60, 2.2, "#f6e3c0")):
        things.house(pen.at(x, 640, size), colour, TOMATO if x == 1170 else CARROT)
    road = [(-20, 630), (WIDTH + 20, 630), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(road, "#cfc6b4", GREY_DEEP, turn=90, start=0.3, soft=False)
    for x in range(-40, WIDTH, 240):
        pen.fill(block(x, 940, 130, 14), PAPER, soft=False)
    things.van(pen.at(170, 860, 2.5))
    for x, y in ((1090, 850), (1250, 850), (1170, 770)):
        for dx, kind in ((36, veg.carrot), (76, veg.lettuce), (116, veg.tomato)):
            kind(pen.at(x + dx, y - 14, 0.74))
        things.crate(pen.at(x, y), 152, 78)
    people.person(pen.at(1010, 900, 3.7), CROWD[2], HOLDING)
    people.person(pen.at(1440, 910, 3.8), CROWD[4], Pose(left=((-16, 56), (-12, 44))))
    things.basket(pen.at(1390, 742, 0.5))
    return sheet


def visit() -> Sheet:
    """A school visit: children round a raised bed."""
    sheet = Sheet(42)
    scenery.countryside(sheet, 420, sun_at=(1300, 150), colours=("#bfe0ee", "#f1f7ef"))
    scenery.meadow(sheet, [(-20, 450), (500, 430), (1100, 450), (1620, 430)])
    pen = sheet.pen()
    things.barn(pen.at(90, 520, 1.5))
    things.tree(pen.at(1440, 560, 2.6), fruit=TOMATO)
    people.person(pen.at(800, 790, 4.3), CROWD[5], POINTING)
    for x, look, pose in (
        *(
            (560, Look(1, 3, SUN, WATER_DEEP), HOLDING),
            (1020, Look(0, 1, TOMATO, "#4a4f63", hat="bonnet"), RAISED),
        ),
        *((680, Look(0, 2, "#d9779f", WATER_DEEP, long_hair=True), STANDING),),
    ):
        people.person(pen.at(x, 790, 2.7), look, pose)
    bed = [(360, 750), (1240, 750), (1300, 900), (300, 900)]
    pen.shape([(340, 700), (1260, 700), (1240, 770), (360, 770)], SOIL_DEEP, INK, soft=False)
    for x, kind in (
        *((430, veg.lettuce), (540, scenery.tops), (640, scenery.red_lettuce), (760, veg.seedling)),
        *(
            (870, scenery.tops),
            (980, veg.lettuce),
            (1090, scenery.tops),
            (1180, scenery.red_lettuce),
        ),
    ):
        kind(pen.at(x, 712, 1.1))
    pen.shape(bed, WOOD, SOIL, turn=90, soft=False)
    for y in (800, 850):
        pen.ink([(330, y), (800, y + 3), (1270, y)], 2.4)
    for x, look, pose in (
        *(
            (230, Look(2, 0, WATER, "#3f5a4a", hat="cap"), POINTING),
            (1380, Look(3, 3, LEAF_DEEP, "#5e4b37"), STANDING),
        ),
    ):
        people.person(pen.at(x, 950, 3.0), look, pose)
    for x in (90, 480, 1150, 1520):
        veg.flower(pen.at(x, 975, 1.6), SUN if x % 4 else TOMATO)
    return sheet


def interview() -> Sheet:
    """Two people at a table: support and listening."""
    sheet = Sheet(44)
    scenery.wall(sheet, "#e6dcf5", "#b79fdc", 60)
    pen = sheet.pen()
    scenery.window(pen.at(620, 110), 360, 380)
    for x, colour in ((150, SUN), (330, LEAF)):
        pen.shape(block(x, 180, 140, 180), PAPER, CREAM, soft=False)
        pen.shape(oval(x + 70, 270, 44, 52), colour, LEAF_DEEP if colour == LEAF else SUN_DEEP)
    floor = [(-20, 850), (WIDTH + 20, 850), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(floor, WOOD, SOIL, turn=90, soft=False)
    for x, facing, look in ((410, 1, CROWD[1]), (1190, -1, CROWD[0])):
        side = pen.at(x, 950, 6.6, mirror=facing < 0)
        for leg in (-9, 7):
            side.shape(ribbon([(leg, -26), (leg, 0)], 2.4, 2.0), SOIL_DEEP, width=2.2)
        side.shape(ribbon([(-12, -62), (-11, -26)], 2.6, 2.6), SOIL_DEEP, width=2.2)
        side.shape(block(-12, -28, 24, 4), SOIL_DEEP, width=2.2, soft=False)
        people.seated(pen.at(x, 950, 6.6), look, facing)
    pen.shape(block(540, 690, 520, 30), WOOD, SOIL, turn=90, soft=False)
    for x in (590, 1000):
        pen.shape(block(x, 718, 24, 220), WOOD, SOIL, turn=0, soft=False)
    pen.shape([(640, 690), (790, 690), (770, 668), (660, 668)], PAPER, CREAM, soft=False)
    for x in (850, 960):
        pen.shape(block(x, 640, 44, 50), TOMATO, "#a32c1e", turn=20, soft=False)
        pen.ink([(x + 20, 626), (x + 28, 606), (x + 16, 590)], 2.6, WHITE, aside=False)
    _plant(pen.at(1480, 870, 1.5))
    return sheet


def _plant(pen: Pen) -> None:
    for turn in (-50, 50, -24, 24, 0):
        veg.leaf(pen.at(0, -90, turn=turn), 190, 60, turn * 0.5, LEAF_DEEP if turn else LEAF)
    pen.shape([(-62, -96), (62, -96), (46, 0), (-46, 0)], CARROT, CARROT_DEEP, turn=20, soft=False)
