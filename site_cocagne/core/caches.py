"""The shared cache, whose absence costs time and nothing else.

A Redis that does not answer is a miss. It is then left alone for a moment, so that a page which
asks twenty times waits once. When it is back, everything kept is forgotten: what was published
meanwhile could not be told to it.
"""

from __future__ import annotations

import logging
from typing import Any

from django_redis.cache import RedisCache
from redis.exceptions import RedisError

from .absence import Absence

logger = logging.getLogger(__name__)

WAITED_FOR = 0.5  # seconds, for a connection and for an answer


absence = Absence("cache")


class SharedCache(RedisCache[Any]):
    """django-redis with misses in the place of exceptions."""

    def _ask(self, name: str, missing: Any, *args: Any, **kwargs: Any) -> Any:
        if not absence.asks():
            return missing
        try:
            answer = getattr(super(), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            absence.begins(error)
            return missing
        if absence.ends():
            from .generation import begin

            logger.warning("The cache answers again.")
            begin()
            return missing  # the answer may be of the time before
        return answer

    def get(self, key: Any, default: Any = None, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", default, key, default, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get_many", {}, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", False, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set_many", list(data), data, *args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing is there, so it was added: whoever waits for a lock would wait for ever."""
        return self._ask("add", True, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("touch", False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", False, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete_many", None, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("has_key", False, *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        """As for a key that is not there: ``ValueError``."""
        answer = self._ask("incr", None, *args, **kwargs)
        if answer is None:
            raise ValueError("The cache does not answer.")
        return answer

    def decr(self, *args: Any, **kwargs: Any) -> Any:
        answer = self._ask("decr", None, *args, **kwargs)
        if answer is None:
            raise ValueError("The cache does not answer.")
        return answer
