"""The world of the matrix is built once; each test rolls back to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests import factories

from .asking import Visit
from .rule import PERSONAS, Persona
from .world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One transaction around all tests of a module; theirs are savepoints inside it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # The words of a file are its transcript here: reading it costs a process each.
        patch.setattr("site_cocagne.core.search.reading.wants_reading", lambda document: False)
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]
        with atomic:
            made = build()
            factories.index_for_the_admin()
            warm(made)
            yield made
            transaction.set_rollback(True)


def warm(world: World) -> None:
    """Read every page once, so that no test makes the renditions of its pictures."""
    reader = Visit(world, PERSONAS[-1])
    for thing in world.everything:
        if thing.live:
            assert reader.get(thing.address).status == 200, thing.key
    reader.text("/", "/boite-a-outils/", "/agenda/")
    found = reader.get("/admin/pages/search/?q=Titre").text
    assert any(thing.words.title in found for thing in world.everything), "no index of the admin"


@pytest.fixture(params=PERSONAS, ids=lambda persona: persona.name)
def persona(request: pytest.FixtureRequest) -> Persona:
    chosen: Persona = request.param
    return chosen


@pytest.fixture
def visit(db: None, world: World, persona: Persona) -> Visit:
    return Visit(world, persona)
