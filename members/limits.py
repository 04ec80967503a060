"""How often somebody may do what the public can do, counted in the shared cache."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def within_limit(action: str, who: str, *, amount: int, seconds: int) -> bool:
    """Count one more ``action`` of ``who``; is it still within ``amount`` in ``seconds``?

    The window opens with the first and is not prolonged by the next. ``who`` is digested, so
    that the cache holds no address of anybody.
    """
    digest = hashlib.sha256(who.encode()).hexdigest()[:32]
    key = f"members:{action}:{digest}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= amount
    except ValueError:  # it ended between the two calls
        cache.set(key, 1, seconds)
        return True
