"""People as simple shapes, nobody in particular. Feet at the origin, 100 tall."""

from __future__ import annotations

from dataclasses import dataclass

from .pen import (
    CARROT,
    CREAM,
    HAIRS,
    INK,
    LEAF_DEEP,
    LEAF_NIGHT,
    PLUM_DEEP,
    SKINS,
    SOIL_DEEP,
    SUN,
    SUN_DEEP,
    WATER,
    WATER_DEEP,
    Pen,
    Point,
    block,
    oval,
    ribbon,
)

DEEPER = {
    CARROT: "#c9611f",
    SUN: SUN_DEEP,
    WATER: WATER_DEEP,
    LEAF_DEEP: LEAF_NIGHT,
    CREAM: "#d9c9a3",
}


@dataclass(frozen=True)
class Look:
    """How somebody is dressed; numbers choose among the skins and hairs of the palette."""

    skin: int = 0
    hair: int = 0
    top: str = CARROT
    trousers: str = WATER_DEEP
    apron: str = ""
    hat: str = ""  # straw, cap, scarf, bonnet or nothing
    long_hair: bool = False


@dataclass(frozen=True)
class Pose:
    """Elbow and hand of each arm, ``lean`` of the trunk, how far the feet stand apart."""

    left: tuple[Point, Point] = ((-15, 52), (-12, 40))
    right: tuple[Point, Point] = ((15, 52), (12, 40))
    lean: float = 0
    stride: float = 7
    behind: bool = False  # seen from the back


STANDING = Pose()
HOLDING = Pose(left=((-15, 55), (-4, 52)), right=((15, 55), (6, 52)))
POINTING = Pose(right=((18, 66), (32, 72)))
RAISED = Pose(right=((17, 78), (13, 96)))
TALKING = Pose(left=((-16, 56), (-22, 66)), right=((15, 55), (23, 61)))
NOTING = Pose(left=((-15, 54), (0, 56)), right=((15, 54), (7, 60)))
WORKING = Pose(left=((2, 52), (14, 42)), right=((20, 54), (28, 44)), lean=16, stride=12)


def person(pen: Pen, look: Look, pose: Pose = STANDING) -> None:
    """Somebody standing; y grows downwards, so heights below are turned over by ``up``."""
    _legs(pen, look, pose)
    shoulder = 71.0
    hip = 42.0
    x = pose.lean
    if pose.behind:
        _arms(pen, look, pose, shoulder)
    trunk = [
        *((-9, -hip), (-10.5 + x * 0.5, -58), (-11 + x, -shoulder), (-5 + x, -75)),
        *((5 + x, -75), (11 + x, -shoulder), (10.5 + x * 0.5, -58), (9, -hip)),
    ]
    pen.shape(trunk, look.top, DEEPER.get(look.top, INK), turn=30, strength=0.5)
    if look.apron and not pose.behind:
        _apron(pen, look, x)
    _head(pen, look, pose)
    if not pose.behind:
        _arms(pen, look, pose, shoulder)


def _legs(pen: Pen, look: Look, pose: Pose) -> None:
    for side in (-1, 1):
        foot = side * pose.stride
        leg = ribbon([(side * 4.5, -44), (side * 5.5, -22), (foot, -4)], 10, 7)
        pen.shape(leg, look.trousers, DEEPER.get(look.trousers, INK), turn=20, strength=0.5)
        boot = [(foot - 4, -8), (foot + 4, -8), (foot + 4 + 3 * side, 0), (foot - 4 + 3 * side, 0)]
        pen.shape(boot, SOIL_DEEP, width=2.2)


def _apron(pen: Pen, look: Look, x: float) -> None:
    apron = [(-7 + x, -66), (7 + x, -66), (9.5, -46), (10.5, -28), (-10.5, -28), (-9.5, -46)]
    pen.shape(apron, look.apron, DEEPER.get(look.apron, INK), turn=30, strength=0.5)
    pen.ink([(-6 + x, -66), (-4 + x, -73)], 2)
    pen.ink([(6 + x, -66), (4 + x, -73)], 2)


def _arms(pen: Pen, look: Look, pose: Pose, shoulder: float) -> None:
    for side, (elbow, hand) in ((-1, pose.left), (1, pose.right)):
        start = (side * 9.5 + pose.lean, -shoulder + 2.5)
        pen.shape(oval(hand[0], -hand[1], 3.4, 3.6), SKINS[look.skin], width=2)
        near = (hand[0] * 0.74 + elbow[0] * 0.26, -hand[1] * 0.74 - elbow[1] * 0.26)
        arm = ribbon([start, (elbow[0], -elbow[1]), near], 7.6, 5.4)
        pen.shape(arm, look.top, DEEPER.get(look.top, INK), turn=60, strength=0.4)


def _head(pen: Pen, look: Look, pose: Pose) -> None:
    x = pose.lean * 1.25
    skin = SKINS[look.skin]
    hair = HAIRS[look.hair]
    if look.long_hair:
        pen.shape([(x - 9, -88), (x, -97), (x + 9, -88), (x + 9, -72), (x - 9, -72)], hair)
    pen.shape(ribbon([(pose.lean, -72), (x, -79)], 6, 6), skin, width=2)
    head = oval(x, -86, 7.4, 8.6)
    if pose.behind:
        pen.shape(head, hair, INK, strength=0.4)
    else:
        pen.shape(head, skin, SOIL_DEEP, turn=30, start=0.55, strength=0.35)
        fringe = [(x - 8, -85), (x - 7, -93), (x, -96.5), (x + 7, -93), (x + 8, -85), (x + 2, -91)]
        pen.shape(fringe, hair, width=2)
        _face(pen, x)
    _hat(pen, look, x)


def _face(pen: Pen, x: float) -> None:
    """Two eyes and a smile, where the person is near enough to show them."""
    if pen.scale < 1.9:
        return
    for eye in (-2.6, 3.4):
        pen.ink([(x + eye, -86.2), (x + eye, -85.4)], 2.6)
    pen.ink([(x - 2, -81.6), (x + 0.6, -80.6), (x + 3.2, -81.8)], 1.8)


def _hat(pen: Pen, look: Look, x: float) -> None:
    if look.hat == "straw":
        pen.shape(oval(x, -91, 14, 3.6), SUN, SUN_DEEP, turn=20, width=2.2)
        crown = [(x - 7, -91), (x - 6, -99), (x, -101), (x + 6, -99), (x + 7, -91)]
        pen.shape(crown, SUN, SUN_DEEP)
        pen.ink([(x - 6.5, -92.5), (x, -91.5), (x + 6.5, -92.5)], 3, CARROT)
    elif look.hat == "cap":
        pen.shape([(x - 8, -90), (x - 6, -97), (x + 2, -98.5), (x + 8, -90)], LEAF_DEEP, LEAF_NIGHT)
        pen.shape(ribbon([(x + 4, -91), (x + 14, -89)], 3, 2), LEAF_NIGHT, width=2)
    elif look.hat == "scarf":
        pen.shape(
            [(x - 8.6, -84), (x - 8, -94), (x, -97.5), (x + 8, -94), (x + 8.6, -84), (x, -91)],
            PLUM_DEEP,
            INK,
            strength=0.5,
        )
        pen.shape([(x - 8, -86), (x - 13, -80), (x - 8, -79)], PLUM_DEEP, width=2)
    elif look.hat == "bonnet":
        pen.shape([(x - 8.4, -89), (x - 6, -98), (x + 6, -98), (x + 8.4, -89)], CARROT, "#c9611f")
        pen.shape(oval(x, -100, 3, 3), CREAM, width=2)


def seated(pen: Pen, look: Look, facing: int = 1) -> None:
    """Somebody on a chair or a bale, turned to the right (1) or left (-1); seat at 26 high."""
    side = pen.at(0, 0, mirror=facing < 0)
    for foot in (13.0, 19.0):
        leg = ribbon([(0, -29), (foot - 1, -30), (foot, -4)], 10, 6.5)
        side.shape(leg, look.trousers, DEEPER.get(look.trousers, INK), turn=40, strength=0.5)
        side.shape(block(foot - 4, -6, 10, 6), SOIL_DEEP, width=2)
    trunk = [(-9, -26), (-9, -44), (-8, -58), (-2, -63), (5, -60), (8, -44), (8, -26)]
    side.shape(trunk, look.top, DEEPER.get(look.top, INK), turn=30, strength=0.5)
    head = side.at(-1, 12)
    _head(head, look, STANDING)
    side.shape(oval(17, -36, 3.4, 3.4), SKINS[look.skin], width=2)
    arm = ribbon([(0, -55), (6, -42), (16, -36)], 7.6, 5.6)
    side.shape(arm, look.top, DEEPER.get(look.top, INK), turn=60, strength=0.4)


def from_behind(pen: Pen, look: Look) -> None:
    """Head and shoulders of somebody who listens, seen from the back; chest at the origin."""
    bust = [(-24, 30), (-25, 8), (-16, -4), (0, -8), (16, -4), (25, 8), (24, 30)]
    pen.shape(bust, look.top, DEEPER.get(look.top, INK), turn=50, strength=0.5)
    pen.shape(ribbon([(0, -6), (0, -16)], 10, 10), SKINS[look.skin], width=2)
    if look.long_hair:
        pen.shape([(-14, -30), (0, -44), (14, -30), (15, -2), (0, 2), (-15, -2)], HAIRS[look.hair])
    pen.shape(oval(0, -27, 13, 15), HAIRS[look.hair], INK, strength=0.4)
    if look.hat == "bonnet":
        pen.shape([(-14, -26), (-12, -40), (0, -45), (12, -40), (14, -26)], CARROT, "#c9611f")


CROWD = (
    Look(0, 0, CARROT, WATER_DEEP, hat="straw"),
    Look(1, 3, SUN, "#5e4b37", apron=LEAF_DEEP, long_hair=True),
    Look(2, 0, WATER, "#3f5a4a", hat="cap"),
    Look(3, 3, "#d9779f", WATER_DEEP, hat="scarf"),
    Look(0, 2, LEAF_DEEP, "#5e4b37", long_hair=True),
    Look(2, 4, CREAM, WATER_DEEP, apron=CARROT),
    Look(1, 0, "#c3aae6", "#3f5a4a", hat="straw"),
    Look(0, 1, "#dc4f3a", "#4a4f63", hat="bonnet"),
)
