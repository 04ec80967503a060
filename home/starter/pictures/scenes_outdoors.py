"""Scenes of fields, tunnels and land."""

from __future__ import annotations

import math

from . import people, scenery, things
from . import vegetables as veg
from .pen import (
    CARROT,
    CARROT_DEEP,
    CREAM,
    HEIGHT,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    MEADOW,
    MEADOW_DEEP,
    PAPER,
    PLUM_DEEP,
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
    Sheet,
    block,
    oval,
    ribbon,
    smooth,
)
from .people import CROWD, HOLDING, POINTING, TALKING, WORKING, Look, Pose

CLEAR_DAY = ("#bfe0ee", "#f1f7ef")
PLOTS = (
    *((LEAF, LEAF_DEEP), (MEADOW, MEADOW_DEEP), (SUN, SUN_DEEP)),
    *((WOOD, SOIL), (LEAF_DEEP, LEAF_NIGHT)),
)


def field() -> Sheet:
    """Beds of salads at sunrise."""
    sheet = Sheet(11)
    scenery.countryside(sheet, 430, sun_at=(1180, 210))
    beds = scenery.furrows(sheet, 430, (900, 330), 11, spread=3400)
    plants = (scenery.low_lettuce, scenery.tops, scenery.red_lettuce)
    scenery.crops(sheet, beds, 430, 330, plants, 1.45, 11)
    pen = sheet.pen()
    for x, y in ((300, 130), (360, 100), (440, 145)):
        things.bird(pen.at(x, y, 1.2))
    people.person(pen.at(1240, 690, 2.2), CROWD[3], WORKING)
    people.person(pen.at(330, 820, 3.6), CROWD[0], WORKING)
    things.crate(pen.at(440, 800, 1.1))
    for x, kind in ((480, veg.lettuce), (560, veg.lettuce)):
        kind(pen.at(x, 780, 0.7))
    return sheet


def tunnels() -> Sheet:
    """Two tunnels beside a field, and the barn."""
    sheet = Sheet(12)
    scenery.countryside(sheet, 420, colours=CLEAR_DAY)
    scenery.clouds(sheet, (260, 120, 1.2), (980, 100, 1.5), (1420, 170, 0.9))
    scenery.meadow(sheet, [(-20, 450), (500, 430), (1100, 450), (1620, 430)])
    pen = sheet.pen()
    things.barn(pen.at(1240, 500, 1.4))
    things.tunnel(pen.at(760, 560, 1.5), 300)
    things.tunnel(pen.at(300, 760, 2.4), 330)
    for index in range(6):
        things.crate(pen.at(1090 + (index % 3) * 156, 850 - (index // 3) * 56), 148, 56)
    for x, y, kind in (
        *((1170, 764, veg.pumpkin), (1320, 764, veg.cabbage), (1470, 760, veg.squash)),
        *((1010, 900, veg.pumpkin),),
    ):
        kind(pen.at(x, y, 1.0))
    people.person(pen.at(880, 930, 3.4), CROWD[3], HOLDING)
    things.crate(pen.at(805, 752, 1.0), 150, 56)
    scenery.foreground(sheet, -1)
    return sheet


def hedge() -> Sheet:
    """A hedge being planted along a path: care for green and natural places."""
    sheet = Sheet(13)
    scenery.countryside(sheet, 430, sun_at=(300, 190))
    scenery.meadow(sheet, [(-20, 450), (520, 420), (1080, 450), (1620, 420)])
    pen = sheet.pen()
    path = [(1180, 440), (1204, 440), (1290, 560), (1330, 700), (1380, 860), (1500, 1030)]
    path += [(1010, 1030), (1080, 840), (1120, 690), (1150, 560)]
    pen.shape(path, CREAM, WOOD, turn=90, start=0.3)
    for x, y, size in ((70, 540, 2.3), (260, 500, 1.8), (420, 476, 1.4), (540, 462, 1.1)):
        things.tree(pen.at(x, y, size), LEAF, LEAF_DEEP)
    for step in range(7):
        size = 2.0 - step * 0.2
        x, y = 130 + step * 150, 920 - step * 62
        pen.shape(oval(x, y + 4, 34 * size, 9 * size), SOIL, SOIL_DEEP, turn=90, width=2)
        pen.shape(ribbon([(x + 12 * size, y), (x + 12 * size, y - 70 * size)], 6, 6), WOOD, width=2)
        veg.sprig(pen.at(x, y, size * 0.95))
    people.person(pen.at(560, 950, 4.0), CROWD[6], WORKING)
    things.spade(pen.at(752, 900, 1.2, turn=8))
    people.person(pen.at(1400, 760, 2.9), CROWD[1], HOLDING)
    veg.sprig(pen.at(1402, 606, 1.1))
    things.wheelbarrow(pen.at(1260, 860, 1.1))
    return sheet


def orchard() -> Sheet:
    """Fruit trees and laying hens."""
    sheet = Sheet(14)
    scenery.countryside(sheet, 400, sun_at=(820, 150), colours=CLEAR_DAY)
    scenery.meadow(sheet, [(-20, 430), (420, 400), (1000, 430), (1620, 410)])
    pen = sheet.pen()
    for x, y, size, fruit in (
        *((1010, 480, 1.9, CARROT), (700, 490, 2.1, TOMATO), (430, 510, 2.1, SUN)),
        *((1350, 600, 3.9, TOMATO), (140, 640, 4.2, CARROT)),
    ):
        things.tree(pen.at(x, y, size), LEAF, LEAF_DEEP, fruit)
    things.house(pen.at(690, 720, 2.1), WOOD, TOMATO)
    pen.shape([(812, 720), (854, 720), (800, 800), (744, 800)], SOIL, SOIL_DEEP, soft=False)
    hens = ((380, 800, 2.2, CARROT), (600, 900, 2.6, CREAM), (210, 930, 2.3, SOIL))
    for x, y, size, colour in (*hens, (960, 850, 2.4, CARROT), (1060, 700, 1.5, CREAM)):
        deep = CARROT_DEEP if colour == CARROT else SOIL_DEEP
        things.hen(pen.at(x, y, size, mirror=x > 900), colour, deep)
    people.person(pen.at(1250, 940, 4.2), CROWD[4], HOLDING)
    things.basket(pen.at(1254, 722, 0.6))
    for x in (1190, 1240, 1290):
        pen.shape(oval(x, 716, 17, 13), PAPER, WOOD, turn=60, width=2)
    for x, y in ((90, 800), (760, 940), (1480, 900), (1540, 780)):
        veg.flower(pen.at(x, y, 1.3), SUN if x % 4 else TOMATO)
    return sheet


def soil() -> Sheet:
    """A cut through living soil: roots, worms, and what grows above."""
    sheet = Sheet(15)
    sheet.sky(*CLEAR_DAY, 420)
    scenery.sun(sheet, 1330, 130, 62)
    pen = sheet.pen()
    far = [(-20.0, 330.0), (520, 280), (1020, 340), (1620, 280)]
    scenery.hill(sheet, far, "#bcd3b6", LEAF_DEEP, 0.3)
    surface = [(-20, 410), (400, 400), (820, 416), (1240, 400), (1620, 412)]
    scenery.hill(sheet, surface, SOIL, SOIL_DEEP, 0.9)
    for depth, colour in ((640, "#8d5c36"), (810, SOIL_DEEP), (925, "#4c2f1a")):
        layer = [(-20.0, depth), (360, depth + 18), (820, depth - 10), (1240, depth + 14)]
        layer.append((1620, depth))
        scenery.hill(sheet, layer, colour, "#3b2413", 0.8)
    _roots(sheet)
    for x, kind, size in (
        *((180, veg.carrot, 2.4), (470, veg.leek, 2.5), (760, veg.beetroot, 2.5)),
        *((1060, veg.turnip, 2.5), (1360, veg.carrot, 2.7)),
    ):
        kind(pen.at(x, 490, size))
    for x, y, turn in (
        *((330, 700, 10), (930, 690, -14), (1200, 830, 24)),
        *((610, 850, -6), (1510, 690, 40)),
    ):
        things.worm(pen.at(x, y, 2.0, turn=turn))
    for _ in range(46):
        stone = (sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(690, 980))
        radius = sheet.chance.uniform(5, 17)
        pen.shape(oval(*stone, radius, radius * 0.7), WOOD, SOIL, width=2)
    for x in range(30, WIDTH, 46):
        pen.ink([(x, 408), (x - 8, 384), (x - 14, 374)], 2, LEAF_DEEP, aside=False)
        pen.ink([(x, 408), (x + 6, 388)], 2, LEAF_DEEP, aside=False)
    return sheet


def _roots(sheet: Sheet) -> None:
    pen = sheet.pen()
    for x in (180, 470, 760, 1060, 1360):
        for side in (-1, -0.4, 0.3, 1):
            reach = sheet.chance.uniform(60, 140)
            start = (x + side * 10, 560)
            end = (x + side * reach, 720 + sheet.chance.uniform(0, 130))
            bend = ((start[0] + end[0]) / 2 - side * 14, (start[1] + end[1]) / 2)
            pen.ink([start, bend, end], 2.4, CREAM, aside=False)


def water() -> Sheet:
    """A dry summer: rain tank, drip lines and shade."""
    sheet = Sheet(16)
    scenery.countryside(sheet, 410, sun_at=(300, 150))
    beds = scenery.furrows(sheet, 410, (520, 290), 9, (WOOD, SOIL), 3000)
    pen = sheet.pen()
    for (x1, y1), (x2, y2) in beds:
        pen.ink([(x1, y1), (x2, y2)], 4, "#3c4a52", soft=False, aside=False)
    scenery.crops(sheet, beds, 410, 290, (veg.tomato_plant, scenery.low_lettuce), 1.35, 8)
    things.house(pen.at(1150, 700, 4.0), WOOD, TOMATO)
    pen.shape(ribbon([(1130, 476), (1118, 540), (1080, 600)], 18, 18), "#7d786a")
    tank = [(940, 600), (1130, 600), (1140, 880), (930, 880)]
    pen.shape(tank, WATER_DEEP, "#2f6583", turn=20, soft=False)
    pen.shape(oval(1035, 600, 96, 21), WATER, WATER_DEEP, turn=90)
    for y in (690, 780):
        pen.ink([(932, y), (1035, y + 12), (1138, y)], 2.6)
    pen.shape(ribbon([(940, 836), (880, 836), (868, 872)], 14, 14), "#7d786a")
    for x, y in ((866, 902), (861, 934), (869, 966)):
        pen.shape([(x, y - 15), (x + 9, y + 3), (x, y + 13), (x - 9, y + 3)], WATER, width=2)
    people.person(pen.at(680, 950, 4.2), CROWD[2], Pose(right=((16, 54), (22, 40))))
    things.watering_can(pen.at(762, 828, 0.78))
    return sheet


def territory() -> Sheet:
    """The land from above: plots, hedges, a river, a village, gardens linked by paths."""
    sheet = Sheet(17, MEADOW)
    pen = sheet.pen()
    for column in range(8):
        for row in range(6):
            corners = block(column * 230 - 120 + (row % 2) * 60, row * 190 - 60, 214, 174, 16)
            plot = [
                (x + sheet.chance.uniform(-22, 22), y + sheet.chance.uniform(-18, 18))
                for x, y in corners
            ]
            colour, deep = PLOTS[(column * 3 + row * 2) % len(PLOTS)]
            pen.shape(plot, colour, deep, turn=60, soft=False, width=2.2)
            _stripes(sheet, plot, deep)
    road = ribbon([(220, 1040), (420, 720), (760, 640), (1010, 250), (1300, -40)], 30, 26)
    pen.shape(road, CREAM, WOOD, turn=30, start=0.6)
    course = [(-40, 240), (300, 330), (560, 250), (900, 420), (1200, 620), (1660, 700)]
    river = ribbon(course, 54, 90)
    pen.shape(river, WATER, WATER_DEEP, turn=90, start=0.3)
    bridge = ribbon([(880, 480), (930, 395), (975, 310)], 40, 40)
    pen.shape(bridge, WOOD, SOIL, turn=0)
    _village(sheet)
    for x, y in ((210, 150), (1380, 290), (620, 880), (1330, 880), (180, 640)):
        _pin(sheet, x, y)
    return sheet


def _stripes(sheet: Sheet, plot: list[tuple[float, float]], colour: str) -> None:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = plot
    pen = sheet.pen()
    for step in range(1, 6):
        t = step / 6
        start = (x1 + (x4 - x1) * t + 8, y1 + (y4 - y1) * t)
        end = (x2 + (x3 - x2) * t - 8, y2 + (y3 - y2) * t)
        pen.ink([start, end], 1.8, colour, soft=False, aside=False)


def _village(sheet: Sheet) -> None:
    pen = sheet.pen()
    homes = ((670, 560, 0.8), (790, 600, 0.9), (890, 620, 0.8), (700, 690, 1.0), (830, 720, 0.9))
    pen.shape(oval(810, 630, 210, 126), CREAM, WOOD, turn=60, start=0.5, width=0)
    for x, y, size in homes:
        things.house(pen.at(x, y, size), PAPER, CARROT)
    for x, y in ((630, 640), (1000, 640), (650, 520), (820, 530)):
        things.tree(pen.at(x, y, 0.7), LEAF_DEEP, LEAF_NIGHT)


def _pin(sheet: Sheet, x: float, y: float) -> None:
    """A basket that marks a garden."""
    pen = sheet.pen()
    pen.shape(oval(x, y, 92, 92), PAPER, CREAM, turn=60)
    spot = pen.at(x, y + 14, 0.48)
    things.handle(spot)
    for dx, kind in ((-60, veg.carrot), (0, veg.lettuce), (62, veg.tomato)):
        kind(spot.at(dx, -34, 0.9))
    things.basket(spot)


def sowing() -> Sheet:
    """Somebody with a wheel hoe between the rows, in spring."""
    sheet = Sheet(18)
    scenery.countryside(sheet, 420, colours=CLEAR_DAY)
    scenery.clouds(sheet, (420, 120, 1.5), (1300, 150, 1.2))
    beds = scenery.furrows(sheet, 420, (1150, 290), 9, spread=3600)
    scenery.crops(sheet, beds, 420, 290, (veg.seedling, veg.seedling, scenery.tops), 2.0, 10)
    pen = sheet.pen()
    reach = Pose(((8, 54), (24, 48)), ((24, 55), (30, 49)), 14, 13)
    people.person(pen.at(560, 950, 4.9), CROWD[5], reach)
    pen.shape(ribbon([(706, 715), (820, 800), (910, 880)], 14, 14), WOOD, SOIL)
    pen.shape(oval(940, 900, 74, 74), "#7d786a", "#4a463c", turn=60)
    pen.shape(oval(940, 900, 56, 56), SOIL, SOIL_DEEP)
    for turn in range(0, 180, 45):
        dx, dy = 56 * math.cos(math.radians(turn)), 56 * math.sin(math.radians(turn))
        pen.ink([(940 - dx, 900 - dy), (940 + dx, 900 + dy)], 3)
    pen.shape([(810, 900), (860, 890), (850, 970), (790, 956)], "#b9b4a4", "#7d786a", soft=False)
    people.person(pen.at(1330, 640, 2.6), CROWD[3], WORKING)
    things.crate(pen.at(1440, 600, 0.8))
    return sheet


def gate() -> Sheet:
    """An open gate on a garden to be: the start of a project."""
    sheet = Sheet(19)
    scenery.countryside(sheet, 460, sun_at=(800, 260))
    scenery.meadow(sheet, [(-20, 490), (520, 460), (1080, 460), (1620, 490)])
    pen = sheet.pen()
    path = [(776, 466), (824, 466), (880, 600), (960, 760), (1120, 1040)]
    path += [(480, 1040), (640, 760), (720, 600)]
    pen.shape(path, CREAM, WOOD, turn=90, start=0.3)
    for side in (-1, 1):
        _fence(sheet, side)
    for x, y, look, pose in (
        *((640, 900, CROWD[6], POINTING), (800, 940, CROWD[7], HOLDING)),
        *((960, 900, CROWD[3], TALKING),),
    ):
        people.person(pen.at(x, y, 3.9), look, pose)
    plan = [(738, 712), (846, 702), (874, 766), (762, 780)]
    pen.shape(plan, PAPER, CREAM, soft=False)
    for y in (724, 744):
        pen.ink([(764, y + 6), (840, y - 2)], 2, LEAF_DEEP, soft=False)
    return sheet


def _fence(sheet: Sheet, side: int) -> None:
    pen = sheet.pen().at(800, 0, mirror=side < 0)
    for y in (600, 710):
        rail = [(300, y), (820, y + 70), (820, y + 98), (300, y + 26)]
        pen.shape(rail, WOOD, SOIL, turn=90, soft=False)
    for x in (290, 540, 790):
        post = block(x - 18, 540 + (x - 290) * 0.14, 36, 270)
        pen.shape(post, WOOD, SOIL, turn=0, soft=False)
    wing = [(270, 600), (150, 680), (150, 900), (270, 790)]
    pen.shape(wing, LEAF_DEEP, LEAF_NIGHT, turn=60, soft=False)
    for t in (0.33, 0.66):
        bar = 270 - 120 * t
        pen.ink([(bar, 600 + 80 * t), (bar, 790 + 110 * t)], 2.4)
    for x in (370, 470, 620, 720):
        veg.flower(pen.at(x, 960, 2.2), SUN if x % 4 else TOMATO)


def night_garden() -> Sheet:
    """Evening over the garden, the last light in the tunnel."""
    sheet = Sheet(20)
    sheet.sky("#2f3f66", "#f0a874", 520)
    pen = sheet.pen()
    for _ in range(60):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, 260)
        pen.sheet.line([(x, y), (x + 1, y)], sheet.chance.uniform(1.4, 3.4), WHITE)
    moon = smooth([(1290, 90), (1345, 130), (1335, 200), (1262, 228), (1312, 160)], closed=True)
    pen.shape(moon, SUN, width=0)
    ridge = [(-20, 430), (340, 380), (760, 440), (1180, 380), (1620, 430)]
    scenery.hill(sheet, ridge, "#4d5f7a", "#2f3f66")
    scenery.hill(sheet, [(-20, 510), (520, 480), (1000, 520), (1620, 490)], "#3d5c50", "#1c3830")
    for x, y, size in ((1180, 610, 1.8), (1320, 620, 2.3), (1480, 615, 2.0), (120, 600, 1.9)):
        things.poplar(pen.at(x, y, size), "#2f5540", "#12281c")
    scenery.hill(sheet, [(-20, 590), (620, 570), (1100, 600), (1620, 580)], "#2f5540", "#12281c")
    sheet.glow(560, 660, 620, SUN, 0.9)
    things.tunnel(pen.at(400, 840, 2.8), 290, skin="#f6dd9a", gable="#fbe7b0")
    look = Look(2, 0, CARROT, PLUM_DEEP, hat="cap")
    people.person(pen.at(1220, 940, 4.0), look, HOLDING)
    things.crate(pen.at(1130, 732, 1.2))
    for x, kind in ((1170, veg.carrot), (1220, veg.leek), (1272, veg.carrot)):
        kind(pen.at(x, 722, 0.75))
    things.crate(pen.at(1130, 732, 1.2))
    pen.fill([(0, HEIGHT), (0, 985), (WIDTH, 985), (WIDTH, HEIGHT)], "#1c3830", soft=False)
    return sheet
