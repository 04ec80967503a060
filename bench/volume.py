"""``python -m bench.volume``: a hundred resources and events, a thousand, ten, a hundred thousand.

Fills the database that DATABASE_URL names (an empty one, kept apart for this) in steps, with as
many events as resources, and at each step measures the pages of the public and three screens of
the admin (``bench.growth`` says how; the admin's are asked by an administrator). The budgets are
looked at at 10,000: queries, and time against that at 100.

Writes bench/results/volume.md and volume.png; exits 1 where a budget does not hold.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from . import plot
from .growth import Cost, cost, main
from .production import RESULTS, machine

# At most so many queries at 10,000; each at most 1.5 times its time at 100.
BUDGETS = {"explorer listing": 40, "editor": 60, "sitemap section": 12, "plan du site": 12}
JUDGED_AT, AGAINST, AT_MOST = 10_000, 100, 1.5


def run(sizes: list[int], requests: int) -> None:
    from .editorial import prepare

    prepare()
    who = administrator()
    table: dict[str, dict[int, Cost]] = {}
    for size in sizes:
        print(grow(size), flush=True)
        for name, found in measured(who, requests).items():
            table.setdefault(name, {})[size] = found
            print(f"  {name:22}{found}", flush=True)
    verdicts = list(judge(table))
    text = report(table, sizes, verdicts)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "volume.md").write_text(text, encoding="utf-8")
    draw(RESULTS / "volume.png", table)
    print(text)
    if not all(good for _words, good in verdicts):
        sys.exit("A budget does not hold.")


def grow(size: int) -> str:
    from . import agenda, toolbox

    resources, indexed = toolbox.grow(size)
    events = agenda.grow(size)
    return (
        f"{size}: resources made in {resources:.0f} s, indexed in {indexed:.0f} s, "
        f"events in {events:.0f} s"
    )


def administrator() -> Any:
    from members.models import User

    user, _made = User.objects.get_or_create(
        email="volume@exemple.fr", defaults={"is_superuser": True}
    )
    return user


def measured(who: Any, requests: int) -> dict[str, Cost]:
    from django.urls import reverse
    from wagtail.models import Page

    from events.models import AgendaPage, EventPage
    from resources.models import ResourcePage, ToolboxPage

    home = Page.objects.get(depth=2, locale__language_code="fr")
    toolbox, agenda = ToolboxPage.objects.get(), AgendaPage.objects.get()
    resource = ResourcePage.objects.live().order_by("path")[0]
    event = EventPage.objects.live().order_by("path")[0]
    public = {
        "home": home.get_url(),
        "toolbox": toolbox.get_url(),
        "agenda": agenda.get_url(),
        "resource": resource.get_url(),
        "event": event.get_url(),
        "sitemap section": "/sitemap-pages.xml",
        "plan du site": "/plan-du-site/",
    }
    found = {name: cost(address, requests) for name, address in public.items()}
    admin = {
        "explorer listing": reverse("wagtailadmin_explore", args=[toolbox.pk]),
        "editor": reverse("wagtailadmin_pages:edit", args=[resource.pk]),
    }
    return found | {name: cost(address, requests, who=who) for name, address in admin.items()}


def judge(table: dict[str, dict[int, Cost]]) -> Any:
    """Each budget in words, and whether it holds."""
    for name, most in BUDGETS.items():
        costs = table[name]
        if JUDGED_AT not in costs or AGAINST not in costs:
            continue
        now, before = costs[JUDGED_AT], costs[AGAINST]
        grown = now.median / before.median
        words = f"{name}: {now.queries} queries (at most {most}), {grown:.2f} times its time at"
        good = now.queries <= most and grown <= AT_MOST
        yield f"{words} {AGAINST} (at most {AT_MOST})", good


def report(
    table: dict[str, dict[int, Cost]], sizes: list[int], verdicts: list[tuple[str, bool]]
) -> str:
    from django.db import connection

    lines = [
        "# Growth: as many events as resources",
        "",
        f"{machine()}; {connection.vendor}, whole pages never kept, in one process.",
        "Milliseconds (median) and queries, by a process that has served before.",
        "",
        f"| page | {' | '.join(f'{size:,}'.replace(',', ' ') for size in sizes)} | growth |",
        "| --- |" + " ---: |" * (len(sizes) + 1),
    ]
    for name, costs in table.items():
        cells = [f"{one.median:.1f} ms, {one.queries} q" for one in costs.values()]
        medians = [one.median for one in costs.values()]
        lines.append(f"| {name} | {' | '.join(cells)} | ×{medians[-1] / medians[0]:.1f} |")
    lines += ["", f"At {JUDGED_AT:,}:".replace(",", " "), ""]
    lines += [f"- {words}: {'holds' if good else '**does not hold**'}" for words, good in verdicts]
    return "\n".join([*lines, "", "![Growth](volume.png)"]) + "\n"


def draw(path: Path, table: dict[str, dict[int, Cost]]) -> None:
    series = {
        name: [(float(size), one.median) for size, one in costs.items()]
        for name, costs in table.items()
    }
    title = "Milliseconds a page (median)"
    plot.curves(path, title, series, across="resources, and as many events", logarithmic=True)


if __name__ == "__main__":
    main("volume", __doc__, run, sizes="100,1000,10000,100000")
