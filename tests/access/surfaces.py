"""What a surface of the matrix is, and how a list is held against the rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .asking import Cells, Visit
from .rule import Level, Persona, Thing, for_everybody, level
from .world import World

Hold = Callable[[Visit, Cells], None]
Seen = Callable[[Persona, Thing], Level]


@dataclass(frozen=True)
class Surface:
    """A name, and what holds one persona's view of it against the rule."""

    name: str
    hold: Hold


def in_full(persona: Persona, thing: Thing) -> Level:
    """Lists without doors: search, site map, shelf."""
    return Level.FULL if level(persona, thing) is Level.FULL else Level.NOTHING


def public_only(persona: Persona, thing: Thing) -> Level:
    """What is the same for everybody, whoever asks."""
    return Level.FULL if for_everybody(thing) is Level.FULL else Level.NOTHING


def a_list(
    name: str,
    ask: Callable[[Visit], str],
    holds: Callable[[World], list[Thing]],
    seen: Seen = level,
) -> Surface:
    """A list: a card of what it holds as far as the rule goes, and not a mark of all the rest."""

    def hold(visit: Visit, cells: Cells) -> None:
        text, held = ask(visit), holds(visit.world)
        # An alias has the words of its source.
        words = {id(thing.words) for thing in held}
        for thing in visit.world.everything:
            listed = id(thing.words) in words
            cells.card(thing, text, seen(visit.persona, thing), in_list=listed)

    return Surface(name, hold)


def at_most(visit: Visit, cells: Cells, text: str, besides: Thing | None = None) -> None:
    """Whatever stands in ``text``, nothing says more than the rule allows this persona."""
    for thing in visit.world.everything:
        if besides is not None and thing.words is besides.words:
            continue
        cells.no_more(thing, text, level(visit.persona, thing))
