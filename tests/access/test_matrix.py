"""The leak matrix: every persona before every surface, each cell held against the rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import addresses, admin, copies, lists
from .asking import Cells, Visit
from .counting import CELLS
from .surfaces import Surface

SURFACES = [*addresses.SURFACES, *lists.SURFACES, *admin.SURFACES, *copies.SURFACES]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_nobody_learns_more_than_the_rule_allows(
    surface: Surface, visit: Visit, record_property: Callable[[str, object], None]
) -> None:
    cells = Cells()
    try:
        surface.hold(visit, cells)
    finally:
        record_property(CELLS, cells.count)
    assert cells.count, "a surface without a cell holds nothing"
    cells.verdict()
