"""``python -m bench.access``: what the access clause costs at a hundred thousand resources.

Fills the database that DATABASE_URL names (an empty one, kept apart for this), reserves every
second resource, and times lists and counts with the clause of ``visible_to`` and without it, in
turns, so that both meet the same machine. A ratio above ``--allowed`` ends with status 1; what
asks pages of every type, whose audience stands in several tables, is shown beside and not judged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

PER_PAGE = 12
FEED = 30
BESIDE = ("pages of every type", "two hundred hits")
Work = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.access", description=__doc__)
    parser.add_argument("--resources", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=25, help="measures of each, in turns (25)")
    parser.add_argument("--allowed", type=float, default=1.2, help="highest ratio (1.2)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    with override_settings(DEBUG=False):
        fill(options.resources)
        worst = compare(options.turns)
    if worst > options.allowed:
        sys.exit(f"The access clause costs {worst:.2f} times, {options.allowed} is allowed.")


def fill(wanted: int) -> None:
    """``wanted`` resources, of which every second one is reserved and shows its door."""
    from django.db import connection
    from django.db.models import F
    from django.db.models.functions import Mod

    from resources.models import ResourcePage
    from resources.volume import seed_resources
    from site_cocagne.core.models import Exposure

    from .toolbox import prepare

    prepare()
    start = time.perf_counter()
    seed_resources(wanted - ResourcePage.objects.count())
    # The stored answer alone: what an editor's save would write with the audience.
    every = ResourcePage._base_manager.annotate(turn=Mod(F("pk"), 2))
    every.filter(turn=0).update(exposure=Exposure.OPEN)
    every.filter(turn=1).update(exposure=Exposure.TEASER)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    closed = ResourcePage.objects.filter(exposure__gt=Exposure.OPEN).count()
    print(
        f"{connection.vendor}: {ResourcePage.objects.count()} resources, {closed} reserved, "
        f"ready in {time.perf_counter() - start:.0f} s\n",
        flush=True,
    )


def compare(turns: int) -> float:
    """Print the table; gives the highest ratio in it.

    By one process of the database: it would give the bare count to two more, and on a machine
    that is busy the ratio would tell of the others.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    print(f"{'what a visitor asks for':52}{'without':>12}{'with':>12}{'ratio':>8}")
    worst = 0.0
    for name, without, with_clause in cases():
        bare, guarded = in_turns(without, with_clause, turns)
        if not name.startswith(BESIDE):
            worst = max(worst, guarded / bare)
        print(f"{name:52}{bare:>9.2f} ms{guarded:>9.2f} ms{guarded / bare:>8.2f}", flush=True)
    return worst


def cases() -> list[tuple[str, Work, Work]]:
    """(name, without the clause, with it): lists and counts as the site's own pages ask them."""
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from resources.models import ResourcePage, ToolboxPage
    from site_cocagne.core.access import can_view, knowing_restrictions, visible_to

    # As the site does it: the page that is read knows whether any restriction is in force.
    nobody, toolbox = AnonymousUser(), knowing_restrictions(ToolboxPage.objects.all()).get()
    can_view(nobody, toolbox)
    every: Any = ResourcePage.objects.child_of(toolbox)
    live, pages = every.live(), Page.objects.child_of(toolbox)
    doors = visible_to(nobody, every, doors=True)
    readable, readable_pages = visible_to(nobody, every), visible_to(nobody, pages)

    def part(rows: Any, first: int, count: int = PER_PAGE) -> Work:
        return lambda: list(rows.newest_first().for_cards()[first : first + count])

    def some(rows: Any) -> Work:
        hits = list(every.order_by("-issued_on").values_list("pk", flat=True)[:200])
        return lambda: list(rows.filter(pk__in=hits).values_list("pk", flat=True))

    middle = every.count() // 4
    return [
        ("toolbox, first page, doors shown", part(live, 0), part(doors, 0)),
        ("toolbox, a page in the middle, doors shown", part(live, middle), part(doors, middle)),
        ("toolbox, count, doors shown", live.count, doors.count),
        ("feed, newest open ones", part(live, 0, FEED), part(readable, 0, FEED)),
        ("open ones, a page in the middle", part(live, middle), part(readable, middle)),
        ("open ones, count", live.count, readable.count),
        ("pages of every type, count", pages.live().count, readable_pages.count),
        ("two hundred hits of a search", some(pages.live()), some(readable_pages)),
    ]


def in_turns(one: Work, other: Work, turns: int) -> tuple[float, float]:
    """Median milliseconds of both, measured by turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    one()  # once unmeasured: plans, pages of the disk
    other()
    for _turn in range(turns):
        for work, times in zip((one, other), taken, strict=True):
            start = time.perf_counter()
            work()
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    main()
