"""Asking the site as a persona, and holding an answer against the rule, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from .rule import Level, Persona, Thing
from .world import World

CARD = ("title", "summary", "slug")
LOGIN = "/connexion/?next="


@dataclass
class Answer:
    """What the asker gets to read: the status, the body, where they are sent."""

    status: int
    text: str
    headers: Any
    context: Any = None

    @property
    def location(self) -> str:
        return str(self.headers.get("Location", ""))


class Visit:
    """A persona in front of the site, logged in where they have an account."""

    def __init__(self, world: World, persona: Persona) -> None:
        self.world, self.persona = world, persona
        self.user = world.user(persona)
        self.client = Client()
        if self.user is not None:
            self.client.force_login(self.user)

    def get(self, address: str, method: str = "get", **headers: str) -> Answer:
        return self.answer(getattr(self.client, method)(address, headers=headers))

    def post(self, address: str, data: dict[str, Any] | None = None) -> Answer:
        return self.answer(self.client.post(address, data or {}))

    @staticmethod
    def answer(response: Any) -> Answer:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        return Answer(
            response.status_code,
            body.decode("utf-8", "replace"),
            response.headers,
            getattr(response, "context", None),
        )

    def text(self, *addresses: str) -> str:
        """The bodies of several answers, one after the other."""
        return "\n".join(self.get(address).text for address in addresses)


def published(thing: Thing) -> tuple[str, ...]:
    """What somebody who may read it in full may find anywhere: all of it but its draft."""
    return tuple(part for part in thing.words.all if part != "draft")


@dataclass
class Cells:
    """The cells of one test: how many were held against the rule, and which fail."""

    count: int = 0
    failures: list[str] = field(default_factory=list)

    def check(self, name: str, met: bool, why: str) -> None:
        self.count += 1
        if not met:
            self.failures.append(f"{name}: {why}")

    def tells(
        self,
        thing: Thing,
        text: str,
        must: Iterable[str] = (),
        may: Iterable[str] = (),
    ) -> None:
        """One cell: ``text`` holds the marks it must, and none that it may not."""
        must, may = tuple(must), set(may)
        if thing.in_menu:
            may |= {"title", "slug"}
        if thing.address_known:
            may |= {"slug"}
        found = {part for part, mark in thing.words.all.items() if mark in text}
        missing = set(must) - found
        leaked = found - set(must) - set(may)
        self.check(
            thing.key,
            not missing and not leaked,
            f"missing {sorted(missing)}, told without right {sorted(leaked)}",
        )

    def card(self, thing: Thing, text: str, seen: Level, *, in_list: bool) -> None:
        """One cell of a list: the card of what may be known, and nothing of the rest."""
        if in_list and seen >= Level.DOOR:
            may = published(thing) if seen is Level.FULL else CARD
            self.tells(thing, text, must=("title",), may=may)
        else:
            # The address of something listed may begin with its own.
            self.tells(thing, text, may=("slug",) if seen is Level.FULL else ())

    def no_more(self, thing: Thing, text: str, seen: Level, besides: tuple[str, ...] = ()) -> None:
        """One cell: nothing beyond what may be known; whether it stands there is another's care."""
        may = {Level.FULL: published(thing), Level.DOOR: CARD, Level.NOTHING: ()}[seen]
        self.tells(thing, text, may=(*may, *besides))

    def verdict(self) -> None:
        assert not self.failures, "\n".join(self.failures)
