"""``python -m bench.agenda``: the agenda at a thousand events and more.

Fills the database that DATABASE_URL names (an empty one, kept apart for this) in steps, and at
each step measures the server's time for the list, the months, the archive and the calendars
(``bench.growth`` says how).
"""

from __future__ import annotations

import time

from .growth import Cost, cost, main, steps

FEED = "/agenda/calendrier.ics"
# At the last step about five hundred events are in the narrowed feed.
NARROW = "?region=84&format=online"
PAGES = (
    ("list", "/agenda/"),
    ("list, two facets", "/agenda/?kind=visit&region=84"),
    ("list, page 20", "/agenda/?page=20"),
    ("list, past", "/agenda/?period=past"),
    ("month", "/agenda/{month}"),
    ("month, two facets", "/agenda/{month}?kind=visit&region=84"),
    ("day", "/agenda/{day}"),
    ("archive of a year", "/agenda/archives/{year}/"),
    ("feed, a thousand at most", FEED),
    ("feed, narrowed", f"{FEED}{NARROW}"),
)


def run(sizes: list[int], requests: int) -> None:
    prepare()
    steps(
        sizes, lambda size: f"{size} events: made in {grow(size):.0f} s", lambda: of_all(requests)
    )


def of_all(requests: int) -> dict[str, Cost]:
    """Every address; the calendars also to somebody who has them already."""
    from django.test import Client
    from django.utils import timezone

    from events.models import EventPage

    today = timezone.localdate()
    soon = EventPage.objects.upcoming().values_list("start_date", flat=True)[0]
    parts = {"month": f"{today:%Y/%m/}", "day": f"{soon:%Y/%m/%d/}", "year": today.year - 1}
    found = {name: cost(address.format(**parts), requests) for name, address in PAGES}
    for name, address in (("feed, 304", FEED), ("feed, narrowed, 304", f"{FEED}{NARROW}")):
        tag = Client(SERVER_NAME="localhost").get(address)["ETag"]
        found[name] = cost(address, requests, status=304, HTTP_IF_NONE_MATCH=tag)
    return found


def prepare() -> None:
    """Tables, site, agenda and missions, where they are not there yet."""
    import io

    from django.core.management import call_command
    from wagtail.models import Locale, Page

    from events.models import AgendaPage
    from site_cocagne.core.models import Mission

    call_command("migrate", verbosity=0)
    call_command("bootstrap_site", stdout=io.StringIO())
    home = Page.objects.get(depth=2, locale__language_code="fr")
    if not AgendaPage.objects.exists():
        agenda = AgendaPage(title="Agenda", slug="agenda", locale=home.locale)
        home.add_child(instance=agenda)
        agenda.save_revision().publish()
    if not Mission.objects.exists():
        for number in range(6):
            Mission.objects.create(
                slug=f"mission-{number}",
                name=f"Mission {number}",
                locale=Locale.get_default(),
                order=number,
            )


def grow(size: int) -> float:
    """Bring the agenda to ``size`` events; the seconds it took."""
    from django.db import connection

    from events.models import EventPage
    from events.volume import seed_events

    start = time.perf_counter()
    seed_events(size - EventPage.objects.count())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return time.perf_counter() - start


if __name__ == "__main__":
    main("agenda", __doc__, run)
