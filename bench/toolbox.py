"""``python -m bench.toolbox``: the toolbox and the search at a thousand resources and more.

Fills the database that DATABASE_URL names (an empty one, kept apart for this) in steps, and at
each step measures the server's time for its pages (``bench.growth`` says how). Prints the table,
then the plan of a search.

On a machine that does other work at the same time the least is nearer to what the page costs.
"""

from __future__ import annotations

import time
from typing import Any

from .growth import Cost, cost, main, steps

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


def run(sizes: list[int], requests: int) -> None:
    prepare()

    def more(size: int) -> str:
        filled, indexed = grow(size)
        return f"{size} resources: made in {filled:.0f} s, indexed in {indexed:.0f} s"

    def measured() -> dict[str, Cost]:
        return {
            name: cost(address.format(mission="mission-1", theme="theme-4"), requests)
            for name, address in PAGES
        }

    steps(sizes, more, measured)
    print(f"\n{plan()}")


def plan() -> str:
    """How the database finds two words."""
    from django.db import connection

    from site_cocagne.core.search.engines import matching
    from site_cocagne.core.search.question import ask

    how = matching(ask("grainothèque littoral", "fr"), "e.exposure = 0", [], 1000)
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{explain} SELECT e.id FROM {how.source} WHERE {how.where}",
            how.parameters,
        )
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def prepare() -> None:
    """Tables, site, toolbox, missions and themes, where they are not there yet."""
    import io

    from django.core.management import call_command
    from wagtail.models import Locale, Page, Site

    from resources.models import ToolboxPage
    from site_cocagne.core.models import Mission, Navigation, Theme, ThemeMission

    call_command("migrate", verbosity=0)
    call_command("bootstrap_site", stdout=io.StringIO())
    home = Page.objects.get(depth=2, locale__language_code="fr")
    if not ToolboxPage.objects.exists():
        toolbox = ToolboxPage(title="Boîte à outils", slug="boite-a-outils", locale=home.locale)
        home.add_child(instance=toolbox)
        toolbox.save_revision().publish()
    navigation: Any = Navigation.for_site(Site.objects.get(is_default_site=True))
    if not navigation.menu_items.exists():  # as a real site has one: it costs a query too
        navigation.menu_items.create(page=home)
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


if __name__ == "__main__":
    main("toolbox", __doc__, run)
