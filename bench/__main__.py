"""``make bench``: what each kind of public page costs, on the content that is in the database.

Every page is asked for by somebody who is not logged in, through the whole of Django but no web
server, with the cache emptied before each request: what is measured is the work of the page itself.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pages that no editor makes; of the others, one of each type is taken.
ADDRESSES = (
    "/recherche/?q=jardin",
    "/recherche/?q=zzz",
    "/plan-du-site/",
    "/sitemap.xml",
    "/sante/",
)


@dataclass(frozen=True)
class Cost:
    """What one address costs, warm."""

    address: str
    status: int
    queries: int
    median: float  # milliseconds
    slowest: float  # milliseconds
    size: int  # bytes


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=20, help="requests an address (20)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    # The folder of collected static files is a server's; no page here is served from it.
    warnings.filterwarnings("ignore", message="No directory at")
    # Without DEBUG: it keeps every query, and that is what would be measured.
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"]):
        addresses = list(one_of_each())
        if not addresses:
            sys.exit("There is no page to measure: make run puts the content in place.")
        costs = [measure(address, options.requests) for address in (*addresses, *ADDRESSES)]
    report(costs, requests=options.requests)


def one_of_each() -> Iterator[str]:
    """The address of one published page of each type, open to everybody."""
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page, get_page_models

    from site_cocagne.core.access import visible_to

    for model in get_page_models():
        if model is not Page:
            open_pages = visible_to(AnonymousUser(), model.objects.all())
            page = open_pages.order_by("path").first()
            if page is not None and (address := page.get_url()):
                yield address


def measure(address: str, requests: int) -> Cost:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.get(address)  # templates compiled, renditions made
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response: Any = client.get(address)
    queries = len(captured)  # now: the next request forgets them
    times = []
    for _ in range(requests):
        cache.clear()
        started = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    return Cost(
        address=address,
        status=response.status_code,
        queries=queries,
        median=statistics.median(times),
        slowest=max(times),
        size=len(b"".join(response)),
    )


def report(costs: list[Cost], *, requests: int) -> None:
    from django.db import connection

    print(f"{connection.vendor}, cache off, {requests} requests an address\n")
    print(
        f"{'address':<50} {'status':>6} {'queries':>8} {'median':>10} {'slowest':>10} {'size':>9}"
    )
    for cost in sorted(costs, key=lambda cost: cost.median, reverse=True):
        print(
            f"{cost.address:<50} {cost.status:>6} {cost.queries:>8} {cost.median:>7.1f} ms"
            f" {cost.slowest:>7.1f} ms {cost.size / 1024:>6.1f} kB"
        )
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kilobytes here
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024 / 1024
    print(f"\nMemory of this process at its highest: {peak:.0f} MB")


if __name__ == "__main__":
    main()
