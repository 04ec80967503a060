"""What the benches of lists share: a list that grows step by step, and a table of what it costs.

Each address is asked by somebody who is not logged in unless ``who`` is said, whole pages never
kept. *Running*: by a process that has served before, which has the frame of every page in memory;
that is how a site serves all day, and what the budgets speak of. *Anew*: with every cache emptied
before each request, as the first visitor after a change meets it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

Grow = Callable[[int], str]
Measure = Callable[[], dict[str, "Cost"]]


@dataclass(frozen=True)
class Cost:
    """Milliseconds (median, least) and SQL queries of one address; both anew; what it gave."""

    median: float
    least: float
    queries: int
    anew: float
    anew_queries: int
    gave: str = ""

    def __str__(self) -> str:
        return (
            f"{self.median:.1f} ({self.least:.1f}) ms {self.queries:>2} q | "
            f"{self.anew:.0f} ms {self.anew_queries:>2} q{self.gave}"
        )


def main(
    name: str,
    doc: str | None,
    run: Callable[[list[int], int], None],
    sizes: str = "1000,10000,100000",
) -> None:
    """Read the options, set the site up, and call ``run(sizes, requests)``."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=doc)
    parser.add_argument("--sizes", default=sizes, help="how many at each step")
    parser.add_argument("--requests", type=int, default=15, help="requests an address (15)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    warnings.filterwarnings("ignore", message="No directory at")
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"], PAGE_CACHE=False):
        run([int(size) for size in options.sizes.split(",")], options.requests)


def steps(sizes: list[int], grow: Grow, measure: Measure) -> None:
    """Grow to each size, measure, and print the table; growth is that of the median."""
    table: dict[str, list[Cost]] = {}
    for size in sizes:
        print(grow(size), flush=True)
        for name, cost in measure().items():
            table.setdefault(name, []).append(cost)
    print("\nmedian (least) running | median anew")
    print(f"{'':26}" + "".join(f"{size:>38}" for size in sizes) + "   growth")
    for name, costs in table.items():
        cells = "".join(f"{cost!s:>38}" for cost in costs)
        print(f"{name:26}{cells}   x{costs[-1].median / costs[0].median:.1f}")


def cost(url: str, requests: int, *, status: int = 200, who: Any = None, **headers: str) -> Cost:
    """What one address costs ``who``; ``SystemExit`` where it answers another status."""
    from django.core.cache import caches
    from django.test import Client

    from events import pieces
    from site_cocagne.core import memo

    client: Any = Client(SERVER_NAME="localhost")
    if who is not None:
        client.force_login(who)
    client.get(url, **headers)

    def emptied() -> None:
        for one in caches.all():
            one.clear()
        pieces.forget()
        memo.forget()

    answer, queries = counted(lambda: client.get(url, **headers))
    if answer.status_code != status:
        raise SystemExit(f"{url} answers {answer.status_code}.")
    running = [timed(lambda: client.get(url, **headers)) for _number in range(requests)]
    emptied()
    _answer, anew_queries = counted(lambda: client.get(url, **headers))
    anew = []
    for _number in range(requests):
        emptied()
        anew.append(timed(lambda: client.get(url, **headers)))
    events = answer.content.count(b"BEGIN:VEVENT")
    return Cost(
        statistics.median(running),
        min(running),
        queries,
        statistics.median(anew),
        anew_queries,
        f" {events} events" if events else "",
    )


def counted(ask: Callable[[], Any]) -> tuple[Any, int]:
    """The answer, and the SQL queries it took."""
    from django.db import connection

    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        answer = ask()
    return answer, queries


def timed(ask: Callable[[], Any]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - start)
