"""The rule in writing: what each persona may learn of each thing. The matrix compares with it.

Nothing here asks the site: the words of design and decisions are written down a second time, so
that a slip in ``core.access`` cannot hide in its own test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Kept(StrEnum):
    """For whom a thing is kept, by whatever way it came to be so."""

    OPEN = "open"
    TEASER = "teaser"
    HIDDEN = "hidden"
    BRAND = "brand"  # reserved by its type: as hidden
    LOGIN = "login"  # a view restriction of Wagtail's: whoever has an account
    GROUP = "group"  # another: a group to which none of the personas belongs


class Level(IntEnum):
    """What somebody may learn of a thing."""

    NOTHING = 0
    DOOR = 1  # title and summary
    FULL = 2


@dataclass(frozen=True)
class Persona:
    """Somebody who asks. ``works``: has a role over all sections; ``elsewhere``: over one only."""

    name: str
    logged_in: bool = True
    member: bool = False
    works: bool = False
    elsewhere: bool = False
    superuser: bool = False

    @property
    def in_admin(self) -> bool:
        return self.works or self.elsewhere or self.superuser


PERSONAS = (
    Persona("anonymous", logged_in=False),
    Persona("without affiliation"),
    Persona("current member", member=True),
    Persona("member in grace", member=True),
    Persona("member whose garden expired yesterday"),
    Persona("former affiliation"),
    Persona("editor of another section", elsewhere=True),
    Persona("Validation", works=True),
    Persona("superuser", superuser=True),
)


@dataclass(frozen=True)
class Words:
    """Marks that stand nowhere else: one of fixed length for each part of a thing."""

    number: int

    def mark(self, part: str) -> str:
        return f"z{part}{self.number:03d}q"

    title = property(lambda self: self.mark("titre"))
    summary = property(lambda self: self.mark("resume"))
    body = property(lambda self: self.mark("corps"))
    slug = property(lambda self: self.mark("adresse"))
    file = property(lambda self: self.mark("fiche"))
    place = property(lambda self: self.mark("lieu"))
    picture = property(lambda self: self.mark("image"))
    draft = property(lambda self: self.mark("brouillon"))

    @property
    def all(self) -> dict[str, str]:
        parts = ("title", "summary", "body", "slug", "file", "place", "picture", "draft")
        return {part: getattr(self, part) for part in parts}


@dataclass(eq=False)
class Thing:
    """A page of the world, how it is kept, and the marks in it."""

    key: str
    kept: Kept
    page: Any
    words: Words
    live: bool = True
    elsewhere: bool = False  # in the section of the other editor
    documents: list[Any] = field(default_factory=list)
    picture: Any = None
    in_menu: bool = False  # its title stands on every page
    address_known: bool = False  # the address of something open begins with its own
    tells: tuple[str, ...] = ("title", "body")  # what its page must show to its readers

    @property
    def address(self) -> str:
        return str(self.page.url)

    @property
    def language(self) -> str:
        return str(self.page.locale.language_code)


def works_on(persona: Persona, thing: Thing) -> bool:
    return persona.superuser or persona.works or (persona.elsewhere and thing.elsewhere)


def level(persona: Persona, thing: Thing) -> Level:
    """What ``persona`` may learn of a published thing on the site."""
    if works_on(persona, thing) or thing.kept is Kept.OPEN:
        return Level.FULL
    if thing.kept is Kept.LOGIN:
        return Level.FULL if persona.logged_in else Level.NOTHING
    if thing.kept is Kept.GROUP:
        return Level.NOTHING
    if persona.member:
        return Level.FULL
    return Level.DOOR if thing.kept is Kept.TEASER else Level.NOTHING


def for_everybody(thing: Thing) -> Level:
    """What a surface may show that is the same for all: feeds, maps, menus."""
    return level(PERSONAS[0], thing)
