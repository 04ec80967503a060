"""The agenda is tested on a day of its own: what a test says of dates holds whenever it is run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

NOON = datetime.datetime(2027, 1, 10, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def on_a_day_of_2027() -> Iterator[None]:
    """The clock goes on from there; a test that needs another moment travels further."""
    with time_machine.travel(NOON, tick=True):
        yield
