"""What is kept of an answer, how long, and how much of it."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import quote_etag

from .. import generation
from ..clock import QUARTER, next_change
from .marks import COUNTED, MARK

# At most so many answers of addresses that anybody can invent, in a generation.
MOST_COUNTED = 500
LARGEST = 512 * 1024  # bytes
# Asked of every cache on the way: one second, then ask again with the ETag (page-cache.md).
CACHE_CONTROL = "public, max-age=0, s-maxage=1"
# These belong to the moment or to the connection, not to the page.
NOT_KEPT = frozenset({"date", "server", "connection", "x-request-id"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer, whole. It is handed out between ``made`` and ``until``, in its generation."""

    generation: str
    made: float  # seconds since 1970
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    page_id: int | None

    def is_good(self, word: str, now: float) -> bool:
        """A clock put back makes an entry useless, never eternal."""
        return self.generation == word and self.made <= now < self.until


def key_of(request: HttpRequest) -> str:
    """Scheme, host, address, query string, the banner: all that an answer depends on."""
    query = request.META.get("QUERY_STRING", "")
    parts = (request.scheme, request.get_host(), request.path, query, settings.READ_ONLY)
    return "page:" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]


def look_up(key: str) -> tuple[str, Entry | None]:
    """The present generation, and the good entry under ``key``. One question to a shared cache."""
    if generation.in_own_memory():
        word, entry = generation.present(), caches["pages"].get(key)
    else:
        found: dict[str, Any] = caches["pages"].get_many([generation.KEY, key])
        entry = found.get(key)
        word = found.get(generation.KEY) or generation.begin()
    if isinstance(entry, Entry) and entry.is_good(word, timezone.now().timestamp()):
        return word, entry
    return word, None


def keep(key: str, word: str, response: HttpResponse, now: datetime.datetime) -> None:
    """Keep ``response``, begun at ``now`` in generation ``word``, until it says another thing."""
    kind, page_id = getattr(response, MARK)
    if len(response.content) > LARGEST or (kind == COUNTED and not _one_more(word)):
        return
    until = next_change(now)
    entry = Entry(
        generation=word,
        made=now.timestamp(),
        until=until.timestamp(),
        body=response.content,
        headers=tuple(
            (name, value) for name, value in response.items() if name.lower() not in NOT_KEPT
        ),
        etag=response.headers["ETag"],
        page_id=page_id,
    )
    caches["pages"].set(key, entry, max((until - now).total_seconds(), 1))


def etag_of(content: bytes) -> str:
    return quote_etag(hashlib.sha256(content).hexdigest()[:32])


def _one_more(word: str) -> bool:
    key = f"pages:{word}"
    if caches["pages"].add(key, 1, QUARTER.total_seconds()):
        return True  # the first one, or a cache that is away and keeps nothing
    try:
        return caches["pages"].incr(key) <= MOST_COUNTED
    except ValueError:
        return False
