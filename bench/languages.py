"""``python -m bench.languages``: the matrix of translations and the site map, with many pages.

Fills the database that DATABASE_URL names (one kept apart for this): pages in French, every second
one in English too. Then counts the queries and measures the server's time for both screens, with
the cache emptied before each request.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
import warnings
from typing import Any

import django

SCREENS = (
    ("matrix", "/admin/bureau/traductions/"),
    ("matrix, page 7", "/admin/bureau/traductions/?page=7"),
    ("matrix, missing", "/admin/bureau/traductions/?etat=missing"),
    ("index of the site map", "/sitemap.xml"),
    ("site map, first page", "/sitemap-pages.xml"),
    ("site map, last page", "/sitemap-pages.xml?p={last}"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.languages", description=__doc__)
    parser.add_argument("--pages", type=int, default=2000, help="pages in French (2000)")
    parser.add_argument("--requests", type=int, default=5, help="requests a screen (5)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cocagne.settings.dev")
    django.setup()

    from django.test.utils import override_settings

    warnings.filterwarnings("ignore", message="No directory at")
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"]):
        fill(options.pages)
        report(options.requests)


def fill(count: int) -> None:
    """Bring the French pages to ``count``, and half as many English ones."""
    from django.db import connection
    from wagtail.models import Locale, Page
    from wagtail_localize.models import TranslationSource

    from bench.toolbox import prepare
    from home.models import ContentPage, HomePage
    from site_cocagne.core.volume import add_below

    prepare()
    home = HomePage.objects.get(depth=2, locale__language_code="fr")
    english = Locale.objects.get(language_code="en")
    there = home.get_translation_or_none(english)
    if there is None:
        source, _made = TranslationSource.get_or_create_from_instance(home)
        there = source.create_or_update_translation(english, publish=False, fallback=True)[0]
        there.get_latest_revision().publish()
    missing = count - Page.objects.filter(locale=home.locale, depth__gte=2).count()
    made = add_below(home, missing, lambda place: ContentPage(title=place["slug"], **place))
    keys = iter([page.translation_key for page in made[::2]])
    add_below(
        there,
        len(made[::2]),
        lambda place: ContentPage(title=place["slug"], translation_key=next(keys), **place),
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def report(requests: int) -> None:
    """One line a screen: queries, median and longest time, size."""
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from bench.editorial import people, prepare
    from site_cocagne.core.access import visible_to
    from site_cocagne.core.sitemaps import PageSitemap

    prepare()
    _writer, reader = people()
    addresses = visible_to(AnonymousUser(), Page.objects.filter(depth__gte=2)).count()
    last = -(-addresses // PageSitemap.limit)
    print(f"{addresses} public addresses, {last} pages of the site map")
    for name, address in SCREENS:
        times, queries, size = measure(reader, address.format(last=last), requests)
        print(
            f"{name:<24} {queries:>4} queries  median {statistics.median(times):>6.0f} ms  "
            f"longest {max(times):>6.0f} ms  {size / 1000:>7.0f} kB"
        )


def measure(reader: Any, address: str, requests: int) -> tuple[list[float], int, int]:
    """Milliseconds of each request, queries of the last, bytes of its answer."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    times: list[float] = []
    queries = size = 0
    for _turn in range(requests + 1):
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            start = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")
        queries, size = len(caught), len(answer.content)
    return times[1:], queries, size


if __name__ == "__main__":
    main()
