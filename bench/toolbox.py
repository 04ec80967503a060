"""``python -m bench.toolbox``: the toolbox and the search at a thousand resources and more.

Fills the database that DATABASE_URL names (an empty one, kept apart for this) in steps, and at
each step measures the server's time for pages asked by somebody who is not logged in, with the
cache emptied before each request. Prints a table with the growth from the first step.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import warnings
from typing import Any

import django

PAGES = (
    ("toolbox", "/boite-a-outils/"),
    ("toolbox, two facets", "/boite-a-outils/?mission={mission}&kind=guide"),
    ("toolbox, theme and year", "/boite-a-outils/?theme={theme}&year=2024"),
    ("toolbox by title, page 7", "/boite-a-outils/?kind=tool&sort=title&page=7"),
    ("search, two words", "/recherche/?q=grainoth%C3%A8que+littoral"),
    ("search, a common word", "/recherche/?q=jardin"),
    ("search, nothing found", "/recherche/?q=grainoteque"),
    ("suggestions", "/recherche/suggestions/?q=organis"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.toolbox", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="resources at each step")
    parser.add_argument("--requests", type=int, default=15, help="requests a page (15)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    warnings.filterwarnings("ignore", message="No directory at")
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"]):
        run([int(size) for size in options.sizes.split(",")], options.requests)


def run(sizes: list[int], requests: int) -> None:
    prepare()
    table: dict[str, list[tuple[float, int]]] = {}
    for size in sizes:
        filled, indexed = grow(size)
        print(f"{size} resources: made in {filled:.0f} s, indexed in {indexed:.0f} s", flush=True)
        for name, address in PAGES:
            table.setdefault(name, []).append(cost(address, requests))
    print(f"\n{'page':28}" + "".join(f"{size:>18}" for size in sizes) + "   growth")
    for name, costs in table.items():
        cells = "".join(f"{median:>10.1f} ms {queries:>2} q" for median, queries in costs)
        print(f"{name:28}{cells}   x{costs[-1][0] / costs[0][0]:.1f}")


def prepare() -> None:
    """Tables, site, toolbox, missions and themes, where they are not there yet."""
    import io

    from django.core.management import call_command
    from wagtail.models import Locale, Page

    from resources.models import ToolboxPage
    from site_cocagne.core.models import Mission, Theme, ThemeMission

    call_command("migrate", verbosity=0)
    call_command("bootstrap_site", stdout=io.StringIO())
    home = Page.objects.get(depth=2, locale__language_code="fr")
    if not ToolboxPage.objects.exists():
        toolbox = ToolboxPage(title="Boîte à outils", slug="boite-a-outils", locale=home.locale)
        home.add_child(instance=toolbox)
        toolbox.save_revision().publish()
    if not Mission.objects.exists():
        locale = Locale.get_default()
        for number in range(6):
            mission = Mission.objects.create(
                slug=f"mission-{number}", name=f"Mission {number}", locale=locale, order=number
            )
            for turn in range(3):
                name = f"Thème {3 * number + turn}"
                slug = f"theme-{3 * number + turn}"
                theme = Theme.objects.create(slug=slug, name=name, locale=locale)
                ThemeMission.objects.create(theme=theme, mission=mission)


def grow(size: int) -> tuple[float, float]:
    """Bring the toolbox to ``size`` resources; seconds to make them, seconds to index them."""
    from django.db import connection

    from resources.models import ResourcePage
    from resources.volume import seed_resources
    from site_cocagne.core.models import SearchEntry
    from site_cocagne.core.search import entries

    start = time.perf_counter()
    seed_resources(size - ResourcePage.objects.count())
    filled = time.perf_counter()
    last = SearchEntry.objects.order_by("-page_id").values_list("page_id", flat=True)
    for _done in entries.rebuild(after=last.filter(page_id__isnull=False).first() or 0):
        pass
    indexed = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return filled - start, indexed - filled


def cost(address: str, requests: int) -> tuple[float, int]:
    """Median in milliseconds, and SQL queries, of one page without a warm cache."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    url = address.format(mission="mission-1", theme="theme-4")
    client: Any = Client(SERVER_NAME="localhost")
    client.get(url)
    cache.clear()
    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answers {answer.status_code}.")
    times = []
    for _number in range(requests):
        cache.clear()
        start = time.perf_counter()
        client.get(url)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), queries


if __name__ == "__main__":
    main()
