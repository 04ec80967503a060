"""Small things that every page shows and that seldom change, kept in the cache until they do.

Menus, missions, themes, partners: working them out costs more queries than the page itself.
Each is kept under the present ``generation``, which ends when anything is saved or deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache import caches

from . import clock, generation

T = TypeVar("T")

A_DAY = 24 * 3600
QUARTER = int(clock.QUARTER.total_seconds())
MOST = 3000  # pieces held by a process: some six megabytes

_held: dict[str, Any] = {}


def remember(key: str, make: Callable[[], T], seconds: int = A_DAY) -> T:
    """The value of ``key`` in the present generation, worked out by ``make`` where unknown.

    ``make`` gives something that pickles and depends on nothing but what is published for
    everybody: never on who looks. ``seconds``: for how long, where nothing is saved meanwhile.
    """
    cache = caches["memo"]
    full_key = f"memo:{generation.present()}:{key}"
    found = cache.get(full_key)
    if found is None:
        value = make()
        cache.set(full_key, (value,), seconds)
        return value
    return found[0]


def remember_each(
    name: str, keys: Iterable[Any], make: Callable[[list[Any]], dict[Any, T]]
) -> dict[Any, T]:
    """As ``remember``, of many at once: ``make`` is called once, with the keys not yet known.

    What it does not give is not remembered, and asked for again.
    """
    cache = caches["memo"]
    full = {f"memo:{generation.present()}:{name}:{key}": key for key in keys}
    found = {full[one]: value[0] for one, value in cache.get_many(full).items()}
    if missing := [key for key in full.values() if key not in found]:
        made = make(missing)
        cache.set_many({one: (made[key],) for one, key in full.items() if key in made}, A_DAY)
        found |= made
    return found


def for_now(key: str, make: Callable[[], T]) -> T:
    """As ``remember``, for what the clock changes too: until the next moment at which pages do."""
    return remember(f"{key}:{clock.next_change().timestamp()}", make, QUARTER)


def hold(key: str, make: Callable[[], T]) -> T:
    """As ``remember``, in the memory of this process: for what a page asks for a dozen times.

    Everybody gets the same object, so it must be one that nobody can change: a text, a tuple.
    """
    full_key = f"{generation.present()}:{key}"
    found: T | None = _held.get(full_key)
    if found is None:
        found = make()
        if len(_held) >= MOST:
            _held.clear()
        _held[full_key] = found
    return found


def let_go(key: str) -> None:
    """Hold this no longer."""
    _held.pop(f"{generation.present()}:{key}", None)


def forget() -> None:
    """Begin again, as a new process does."""
    _held.clear()
    clock.forget()


def new_generation() -> str:
    """Forget everything remembered."""
    return generation.begin()
