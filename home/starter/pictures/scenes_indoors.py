"""Scenes under a roof: nursery greenhouse, kitchen, tables, shed."""

from __future__ import annotations

import math
from collections.abc import Callable

from . import people, scenery, things
from . import vegetables as veg
from .pen import (
    BEET,
    BEET_DEEP,
    CARROT,
    CARROT_DEEP,
    CREAM,
    GREY,
    GREY_DEEP,
    HEIGHT,
    INK,
    LEAF,
    LEAF_DEEP,
    LEAF_NIGHT,
    MEADOW,
    MEADOW_DEEP,
    PAPER,
    SKINS,
    SOIL,
    SOIL_DEEP,
    SUN,
    SUN_DEEP,
    TOMATO,
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
from .people import CROWD, HOLDING, NOTING, POINTING, STANDING, TALKING, Look

PRESERVES = (
    *((TOMATO, "#a32c1e"), (SUN, SUN_DEEP), (BEET_DEEP, "#4d0f2b")),
    *((LEAF_DEEP, LEAF_NIGHT), (CARROT, CARROT_DEEP)),
)
BEDS = (
    *((LEAF, LEAF_DEEP), (SUN, SUN_DEEP), (BEET, BEET_DEEP)),
    *((MEADOW, MEADOW_DEEP), (CARROT, CARROT_DEEP)),
)


def greenhouse() -> Sheet:
    """A learning visit of a plant nursery greenhouse."""
    sheet = Sheet(31, "#eef5ec")
    sheet.sky("#dff0ee", "#fbf6e0", 700)
    sheet.glow(800, 430, 520, "#fff3c9", 0.9)
    _arches(sheet)
    pen = sheet.pen()
    floor = [(690, 560), (910, 560), (1500, 1010), (100, 1010)]
    pen.shape(floor, CREAM, WOOD, turn=90, start=0.3, soft=False)
    for side in (-1, 1):
        _bench(sheet, side)
    guests = ((660, CROWD[4], STANDING), (790, CROWD[7], NOTING), (940, CROWD[2], STANDING))
    for x, look, pose in guests:
        people.person(pen.at(x, 790, 2.9), look, pose)
    for x, y, look, pose in (
        *((500, 940, CROWD[0], POINTING), (715, 960, CROWD[1], NOTING)),
        *((900, 950, CROWD[5], HOLDING), (1080, 960, CROWD[3], TALKING)),
    ):
        people.person(pen.at(x, y, 4.4), look, pose)
    veg.seedling(pen.at(902, 722, 1.9))
    return sheet


def _arches(sheet: Sheet) -> None:
    """The ribs of the tunnel, one behind the other."""
    pen = sheet.pen()
    for step in range(6, 0, -1):
        size = 0.34 + (step / 6) ** 1.7 * 0.95
        arch = [
            (800 + 760 * size * math.cos(angle), 590 + 60 * size - 560 * size * math.sin(angle))
            for angle in (math.pi * index / 24 for index in range(25))
        ]
        pen.sheet.line(arch, 4 + step * 1.6, GREY)
        pen.ink(arch, 2, GREY_DEEP, soft=False)
    for angle in (30, 60, 90, 120, 150):
        dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        near = (800 + 980 * dx, 660 - 720 * dy)
        far = (800 + 290 * dx, 612 - 212 * dy)
        pen.ink([far, near], 2, GREY_DEEP, soft=False, aside=False)


def _bench(sheet: Sheet, side: int) -> None:
    """A long bench of young plants along one side, drawn from far to near."""
    pen = sheet.pen().at(800, 0, mirror=side < 0)
    top = [(150, 575), (250, 575), (900, 800), (420, 830)]
    front = [(150, 575), (420, 830), (420, 930), (150, 605)]
    end = [(420, 830), (900, 798), (900, 1040), (420, 930)]
    pen.shape(front, WOOD, SOIL, turn=60, soft=False)
    pen.shape(end, WOOD, SOIL, turn=90, soft=False)
    pen.ink([(420, 880), (900, 900)], 2.4, soft=False)
    pen.shape(top, SOIL_DEEP, INK, turn=90, strength=0.4, soft=False)
    kinds = (LEAF, MEADOW, LEAF_DEEP, LEAF)
    for row in range(11):
        t = (row / 10) ** 1.4
        for column in range(5):
            u = (column + 0.5) / 5
            left = (150 + 270 * t, 577 + 250 * t)
            right = (250 + 650 * t, 577 + 222 * t)
            x, y = left[0] + (right[0] - left[0]) * u, left[1] + (right[1] - left[1]) * u
            lift = sheet.chance.uniform(0.85, 1.15)
            veg.seedling(pen.at(x, y, (0.4 + 1.7 * t) * lift), kinds[(row // 3 + column // 4) % 4])


def basket() -> Sheet:
    """The weekly basket on a table."""
    sheet = Sheet(32)
    scenery.wall(sheet, "#f6e3c0", "#e9b98a")
    pen = sheet.pen()
    scenery.window(pen.at(150, 90), 360, 400)
    scenery.table(sheet, 690)
    things.handle(pen.at(860, 560, 2.5), 240, 190)
    for x, y, size, turn, kind in (
        *((620, 470, 2.0, -24, veg.leek), (760, 440, 2.1, -8, veg.leek)),
        *((1080, 470, 2.2, 26, veg.carrot), (985, 450, 2.3, 10, veg.carrot)),
        *((880, 480, 2.2, 0, veg.lettuce), (690, 540, 1.5, 0, veg.tomato)),
        *((1020, 540, 1.7, 0, veg.beetroot), (840, 560, 1.4, 0, veg.tomato)),
    ):
        kind(pen.at(x, y, size, turn))
    things.basket(pen.at(860, 580, 2.3), 240, 110)
    veg.pumpkin(pen.at(330, 740, 2.1))
    veg.onion(pen.at(520, 850, 1.3))
    veg.onion(pen.at(620, 880, 1.2, 12))
    veg.radishes(pen.at(1300, 790, 2.0, 14))
    veg.courgette(pen.at(1430, 880, 1.7, 74))
    return sheet


def crates() -> Sheet:
    """Harvest crates, full, ready for the baskets."""
    sheet = Sheet(33)
    scenery.wall(sheet, CREAM, WOOD, 60)
    pen = sheet.pen()
    ground = [(-20, 860), (WIDTH + 20, 860), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(ground, "#d9c9a3", SOIL, turn=90, soft=False)
    rows = (
        (860, (veg.potato, veg.pumpkin, veg.cabbage)),
        (610, (veg.carrot, veg.tomato, veg.eggplant)),
        (360, (veg.leek, veg.lettuce, veg.beetroot)),
    )
    for bottom, kinds in rows:
        for column, kind in enumerate(kinds):
            _full_crate(sheet, 110 + column * 470, bottom - 130, kind)
    return sheet


def _full_crate(sheet: Sheet, x: float, y: float, kind: Callable[[Pen], None]) -> None:
    pen = sheet.pen()
    for depth, count, lift in ((0, 4, -26), (1, 5, 2)):
        for index in range(count):
            place = x + 60 + index * (310 / (count - 1)) + sheet.chance.uniform(-8, 8)
            kind(pen.at(place, y + lift, 0.98 + depth * 0.05, sheet.chance.uniform(-14, 14)))
    things.crate(pen.at(x, y + 20), 430, 126)


def hands() -> Sheet:
    """Two hands around a young plant and its soil."""
    sheet = Sheet(34)
    scenery.wall(sheet, "#d7e6c4", LEAF, 90)
    pen = sheet.pen()
    sheet.glow(800, 380, 620, "#fff9dc", 0.9)
    for x, y, size, turn in (
        (120, 960, 2.6, -12),
        (1480, 970, 2.8, 14),
        (300, 1000, 2.0, 4),
        (1310, 1000, 2.1, -6),
    ):
        veg.sprig(pen.at(x, y, size * 1.4, turn))
    veg.seedling(pen.at(800, 590, 7.2))
    mound = [(520, 640), (580, 580), (700, 555), (800, 548), (900, 555), (1020, 580)]
    mound += [(1080, 640), (800, 720)]
    pen.shape(mound, SOIL_DEEP, "#3b2413", turn=90, strength=0.7)
    for _ in range(26):
        crumb = (sheet.chance.uniform(560, 1040), sheet.chance.uniform(585, 680))
        pen.ink([crumb, (crumb[0] + 5, crumb[1] + 1)], 3, SOIL, aside=False)
    _hand(pen.at(800, 0), SKINS[0], TOMATO, "#a32c1e")
    _hand(pen.at(800, 0, mirror=True), SKINS[1], SUN, SUN_DEEP)
    return sheet


def _hand(pen: Pen, skin: str, cloth: str, deep: str) -> None:
    """An open hand that comes from the left and holds the earth from below."""
    sleeve = ribbon([(-900, 1010), (-640, 890), (-470, 800)], 240, 190)
    pen.shape(sleeve, cloth, deep)
    palm = [(-500, 760), (-400, 690), (-330, 640), (-250, 668), (-150, 720), (-30, 742)]
    palm += [(8, 770), (-20, 806), (-160, 850), (-330, 880), (-440, 870)]
    pen.shape(palm, skin, SOIL, turn=90, start=0.4, strength=0.5)
    for y, reach in ((742, 10), (776, 4), (808, -20)):
        pen.ink([(reach, y + 14), (-110, y + 6), (-190, y - 16)], 2.6)
    thumb = ribbon([(-400, 730), (-330, 640), (-262, 566), (-232, 540)], 96, 54)
    pen.shape(thumb, skin, SOIL, turn=60, start=0.5, strength=0.4)
    pen.ink([(-246, 548), (-232, 536), (-220, 548)], 2)
    cuff = ribbon([(-520, 730), (-470, 810), (-410, 890)], 50, 50)
    pen.shape(cuff, CREAM, WOOD, turn=60)


def tools() -> Sheet:
    """Tools against the wall of the shed."""
    sheet = Sheet(35)
    scenery.wall(sheet, WOOD, SOIL, 60)
    pen = sheet.pen()
    for x in range(0, WIDTH + 1, 146):
        pen.ink([(x, -10), (x + 4, 500), (x, 870)], 2.4)
        pen.ink([(x + 60, 120), (x + 64, 210), (x + 58, 300)], 1.6, SOIL, aside=False)
    ground = [(-20, 860), (WIDTH + 20, 860), (WIDTH + 20, HEIGHT + 20), (-20, HEIGHT + 20)]
    pen.shape(ground, CREAM, WOOD, turn=90, soft=False)
    pen.shape(block(90, 190, 1130, 34), SOIL_DEEP, INK, turn=90, soft=False)
    for x, kind, size in (
        *((200, things.spade, 2.6), (410, things.rake, 2.5), (650, things.broadfork, 2.6)),
        *((880, things.hoe, 2.5), (1080, things.spade, 2.2)),
    ):
        kind(pen.at(x, 650, size))
    scenery.window(pen.at(1290, 120), 240, 300)
    things.watering_can(pen.at(1340, 830, 1.6))
    for x, kind in ((1130, veg.pumpkin), (520, veg.onion), (600, veg.potato)):
        kind(pen.at(x, 890, 1.1))
    things.crate(pen.at(110, 850, 1.2), 220, 80)
    for x in (150, 210, 270, 330):
        veg.seedling(pen.at(x, 862, 1.6))
    things.crate(pen.at(110, 850, 1.2), 220, 80)
    return sheet


def kitchen() -> Sheet:
    """Processing: pots, jars, vegetables being cut."""
    sheet = Sheet(37)
    scenery.wall(sheet, "#e3eee2", "#a9cbb0", 60)
    pen = sheet.pen()
    for y in (150, 380):
        for index in range(9):
            colour, deep = PRESERVES[(index + y // 100) % len(PRESERVES)]
            things.jar(pen.at(110 + index * 96, y + 90, 1.2), colour, deep)
        pen.shape(block(40, y + 90, 880, 22), WOOD, SOIL, turn=90, soft=False)
    scenery.window(pen.at(1110, 90), 360, 400)
    scenery.table(sheet, 760)
    for x, look, pose in (
        *(
            (560, CROWD[5], NOTING),
            (1010, Look(3, 3, PAPER, WATER_DEEP, LEAF_DEEP, "scarf"), HOLDING),
        ),
    ):
        people.person(pen.at(x, 1010, 5.2), look, pose)
    scenery.table(sheet, 790)
    pot = [(120, 640), (420, 640), (410, 850), (130, 850)]
    pen.shape(pot, GREY, GREY_DEEP, turn=20, soft=False)
    pen.shape(oval(270, 640, 152, 30), TOMATO, "#a32c1e", turn=90)
    for x in (104, 436):
        pen.shape(oval(x, 700, 26, 13), GREY_DEEP, INK)
    for x, swing in ((220, 20), (290, -20), (340, 18)):
        pen.ink(
            [(x, 590), (x + swing, 550), (x - swing, 510), (x + swing, 465)], 3, WHITE, aside=False
        )
    pen.shape([(660, 880), (1080, 870), (1110, 930), (640, 944)], WOOD, SOIL, turn=60, soft=False)
    for x in (720, 790, 850, 905):
        pen.shape(oval(x, 892, 27, 15), CARROT, CARROT_DEEP)
    veg.carrot(pen.at(1010, 880, 1.5, 78))
    for x, kind in ((1240, veg.pumpkin), (1400, veg.tomato), (1500, veg.eggplant)):
        kind(pen.at(x, 840, 1.5))
    return sheet


def planning() -> Sheet:
    """A table seen from above: plan of the garden, calculator, coffee."""
    sheet = Sheet(41)
    scenery.wall(sheet, WOOD, SOIL, 60)
    pen = sheet.pen()
    for y in (190, 420, 660, 880):
        pen.ink([(-20, y), (520, y + 6), (1100, y - 4), (1620, y + 4)], 2.2, SOIL)
    plan = pen.at(800, 500, 1, -3)
    plan.shape(block(-480, -340, 960, 660), PAPER, CREAM, turn=60, soft=False)
    for row in range(4):
        for column in range(5):
            colour, deep = BEDS[(row * 2 + column) % len(BEDS)]
            bed = block(-430 + column * 124, -280 + row * 138, 110, 116)
            plan.shape(bed, colour, deep, turn=60, soft=False, width=2.2)
            for stripe in range(1, 4):
                x = -430 + column * 124 + stripe * 27
                plan.ink([(x, -270 + row * 138), (x, -176 + row * 138)], 1.6, deep, soft=False)
    for y in range(-270, 260, 44):
        plan.ink([(220, y), (330, y + 2), (430 - (y % 3) * 30, y)], 2.4)
    for x, y, size in ((256, 250, 0.5), (330, 250, 0.6), (404, 250, 0.5)):
        things.tree(plan.at(x, y + 40, size))
    pen.shape(oval(1400, 240, 112, 112), PAPER, CREAM)
    pen.shape(oval(1400, 240, 84, 84), SOIL_DEEP, INK, turn=60)
    pen.shape(ribbon([(1490, 190), (1560, 220), (1500, 300)], 26, 26), PAPER, CREAM)
    pencil = pen.at(1330, 760, 1, 38)
    pencil.shape(block(-170, -15, 300, 30), SUN, SUN_DEEP, turn=90, soft=False)
    pencil.shape([(130, -15), (190, 0), (130, 15)], CREAM, soft=False)
    pencil.shape([(172, -5), (190, 0), (172, 5)], INK, soft=False)
    _calculator(pen.at(180, 700, 1, -12))
    veg.apple(pen.at(170, 240, 2.0))
    return sheet


def _calculator(pen: Pen) -> None:
    pen.shape(block(-110, -160, 220, 320), "#4a4f63", INK, turn=60, soft=False)
    pen.shape(block(-88, -138, 176, 66), "#c9dcc0", LEAF_DEEP, soft=False)
    for row in range(4):
        for column in range(3):
            key = block(-84 + column * 60, -48 + row * 50, 46, 36)
            pen.shape(key, CARROT if column == 2 else PAPER, soft=False, width=2.2)


def studio() -> Sheet:
    """A microphone among leaves: listening to the gardens."""
    sheet = Sheet(43)
    scenery.wall(sheet, "#f6d9b4", CARROT, 60)
    pen = sheet.pen()
    for radius, colour in ((430, "#f9e3c4"), (330, "#fbecd4"), (230, PAPER)):
        pen.fill(oval(800, 440, radius, radius), colour, soft=False)
    scenery.table(sheet, 820)
    for side in (-1, 1):
        corner = pen.at(800, 0, mirror=side < 0)
        for turn, length, y in ((62, 330, 800), (40, 420, 840), (20, 380, 850)):
            veg.leaf(
                corner.at(420, y, turn=turn),
                length,
                length * 0.4,
                30,
                LEAF_DEEP if turn == 40 else LEAF,
            )
        for radius in (250, 310, 370):
            arc = [
                (radius * math.cos(angle), 440 - radius * math.sin(angle))
                for angle in (math.radians(step) for step in range(-22, 23, 4))
            ]
            corner.ink(arc, 4, CARROT_DEEP, aside=False)
    things.microphone(pen.at(800, 900, 2.15))
    for x, kind in ((250, veg.pumpkin), (430, veg.tomato), (1180, veg.carrot), (1360, veg.lettuce)):
        kind(pen.at(x, 880, 1.6, 70 if kind is veg.carrot else 0))
    return sheet


def balance() -> Sheet:
    """A pair of scales: coins on one side, vegetables on the other."""
    sheet = Sheet(45)
    scenery.wall(sheet, "#fae6a8", SUN, 60)
    pen = sheet.pen()
    scenery.table(sheet, 820)
    pen.shape([(700, 850), (900, 850), (860, 810), (740, 810)], SOIL_DEEP, INK, soft=False)
    pen.shape(ribbon([(800, 820), (800, 500), (800, 230)], 30, 22), LEAF_DEEP, LEAF_NIGHT, turn=0)
    pen.shape(ribbon([(360, 250), (800, 222), (1240, 250)], 22, 22), LEAF_DEEP, LEAF_NIGHT, turn=90)
    pen.shape(oval(800, 218, 34, 34), SUN, SUN_DEEP)
    for x in (370, 1230):
        for dx in (-150, 150):
            pen.ink([(x, 256), (x + dx, 600)], 2.6, soft=False)
    for column, count in ((-90, 3), (-20, 6), (60, 4)):
        for level in range(count):
            pen.shape(oval(380 + column, 598 - level * 26, 46, 17), SUN, SUN_DEEP, turn=60)
    for dx, dy, kind in (
        *((-80, -40, veg.leek), (60, -50, veg.carrot), (0, -30, veg.lettuce)),
        *((-100, 0, veg.tomato), (90, 0, veg.beetroot), (0, 4, veg.eggplant)),
    ):
        kind(pen.at(1230 + dx, 570 + dy, 1.2))
    for x in (370, 1230):
        pan = [(x - 170, 606), (x + 170, 606), (x + 120, 660), (x, 680), (x - 120, 660)]
        pen.shape(pan, GREY, GREY_DEEP, turn=60, soft=False)
    for x, kind in ((170, veg.potato), (1440, veg.onion), (620, veg.apple)):
        kind(pen.at(x, 870, 1.3))
    return sheet


def parcels() -> Sheet:
    """A packing line: baskets being filled one after the other."""
    sheet = Sheet(46)
    scenery.wall(sheet, "#d3e8f2", WATER_DEEP, 60)
    pen = sheet.pen()
    scenery.window(pen.at(110, 90), 300, 280)
    scenery.window(pen.at(1190, 90), 300, 280)
    pen.shape(block(520, 130, 560, 200), PAPER, CREAM, soft=False)
    for index in range(6):
        kinds = (veg.carrot, veg.leek, veg.tomato, veg.lettuce, veg.onion, veg.squash)
        kinds[index](pen.at(580 + index * 88, 234, 0.86))
    for x, look, pose in (
        *(
            (330, CROWD[3], HOLDING),
            (640, CROWD[5], NOTING),
            (960, CROWD[2], HOLDING),
            (1270, CROWD[7], NOTING),
        ),
    ):
        people.person(pen.at(x, 1000, 5.3), look, pose)
    for index in range(5):
        spot = pen.at(150 + index * 325, 716, 0.86)
        kinds_in = ((-70, veg.carrot), (0, veg.lettuce), (70, veg.tomato))[: 1 + (index + 1) // 2]
        things.handle(spot)
        for dx, kind in kinds_in:
            kind(spot.at(dx, -28, 1.1))
        things.basket(spot)
    pen.shape(block(-20, 806, WIDTH + 40, 40), GREY, GREY_DEEP, turn=90, soft=False)
    pen.shape(block(-20, 846, WIDTH + 40, 180), "#5e6a6f", INK, turn=90, soft=False)
    for x in range(60, WIDTH, 160):
        pen.shape(oval(x, 900, 26, 26), GREY, GREY_DEEP)
    return sheet
