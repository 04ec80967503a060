"""``python -m bench.soak``: three minutes of readers, members and editors on two nodes.

The database that DATABASE_URL names (PostgreSQL, with content: ``manage.py run_site --no-serve``,
and ``MEDIA_ROOT`` and ``PRIVATE_MEDIA_ROOT`` as then) is served by two nodes with nginx in front, a
Redis, a worker and a clock. Of what is asked 95 % are readers, 4 % members who are logged in and
1 % editors who write a page in the admin's form; the clerk approves it (nobody publishes alone),
and a second later it is looked at through nginx and on each node.

Counts errors, pages that are stale after a second, answers with somebody else's name, and watches
the memory of all processes. Writes bench/results/soak.md and soak.png; exits 1 where it does not
hold. The pages it makes stand below the home page and are removed at the end.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from . import nodes as site
from . import plot, servers
from .nodes import Browser, Nodes
from .production import RESULTS, machine

# In three minutes as many as two a second bring in half an hour: more than the busiest one has.
PER_SECOND = 20
MEMBERS, EDITORS = 0.04, 0.01
WITHIN = 1.0  # seconds, for what was published
FLAT = 1.1  # memory at the end, of what it was at a third of the time
HANDS = 12  # who ask at the same time, at most
KIND = "soak"


@dataclass
class Seen:
    asked: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    published: int = 0
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, who: str, began: float) -> None:
        with self.lock:
            self.asked[who] += 1
            self.took.setdefault(who, []).append((time.perf_counter() - began) * 1000)

    def holds(self) -> bool:
        return not (self.errors or self.stale or self.strange) and self.grew() <= FLAT

    def grew(self) -> float:
        """Memory of all processes at the end, of that at a third of the time."""
        totals = [sum(weights.values()) for _when, weights in self.memory]
        return totals[-1] / totals[len(totals) // 3] if totals else 1.0


class Soak:
    def __init__(self, nodes: Nodes, addresses: list[str], seconds: int) -> None:
        self.nodes, self.addresses, self.seconds = nodes, addresses, seconds
        self.seen = Seen()
        names = [f"prenom{uuid4().hex[:8]}" for _ in range(4)]
        self.members: dict[str, Browser] = {
            name: nodes.log_in(f"{name}@{KIND}.exemple.fr") for name in names
        }
        self.staff = nodes.log_in(f"redaction@{KIND}.exemple.fr", staff=True)
        self.parent = nodes.home()
        self.editing = threading.Lock()

    def run(self, watched: Callable[[], dict[str, float]]) -> Seen:
        """Somebody comes every twentieth of a second, whether the others have gone or not."""
        began, due = time.monotonic(), random.Random(7)  # noqa: S311 (the same mix each time)
        free = threading.Semaphore(HANDS)
        weighed, number = -5.0, 0
        while (now := time.monotonic() - began) < self.seconds:
            if now >= weighed + 5:
                self.seen.memory.append((now, watched()))
                weighed = now
            free.acquire()
            chance = due.random()
            ask = self.edit if chance < EDITORS else self.read
            if EDITORS <= chance < EDITORS + MEMBERS:
                ask = self.come_back
            address = due.choice(self.addresses)
            threading.Thread(target=self._ask, args=(ask, address, free)).start()
            number += 1
            time.sleep(max(began + number / PER_SECOND - time.monotonic(), 0))
        for _hand in range(HANDS):
            free.acquire()
        self.seen.memory.append((time.monotonic() - began, watched()))
        return self.seen

    def _ask(self, ask: Callable[[str], None], address: str, free: threading.Semaphore) -> None:
        try:
            ask(address)
        except Exception as error:  # noqa: BLE001 (whatever it is, a visitor saw it)
            self.seen.errors.append(f"{ask.__name__} {address}: {error!r}")
        finally:
            free.release()

    def read(self, address: str) -> None:
        began = time.perf_counter()
        answer = self.nodes.get(address)
        self.seen.note("readers", began)
        if answer.status != 200:
            self.seen.errors.append(f"{address} {answer.status}")
        if any(name in answer.text for name in self.members):
            self.seen.strange.append(address)

    def come_back(self, _address: str) -> None:
        name, browser = random.choice(list(self.members.items()))  # noqa: S311
        began = time.perf_counter()
        answer = self.nodes.get("/mon-espace/", 0, dict(browser))
        self.seen.note("members", began)
        if answer.status != 200:
            self.seen.errors.append(f"/mon-espace/ {answer.status}")
        others = [other for other in self.members if other != name and other in answer.text]
        if others or name not in answer.text:
            self.seen.strange.append("/mon-espace/")

    def edit(self, _address: str) -> None:
        """A page is written in the admin and approved; a second later everybody sees it."""
        title = f"{KIND}-{uuid4().hex[:10]}"
        with self.editing:  # one editor, who does one thing after the other
            began = time.perf_counter()
            done = self.nodes.write_page(self.staff, title, parent=self.parent)
            self.seen.note("editors", began)
        if not done:
            self.seen.errors.append(f"{title} was not taken")
            return
        self.nodes.ask_clerk(
            f"ContentPage.objects.get(slug={title!r}).get_latest_revision().publish()"
        )
        self.seen.published += 1
        time.sleep(WITHIN)
        for port in (self.nodes.nginx, *self.nodes.ports):
            # The page itself, and the map, which everybody had before and which names it now.
            for address in (f"/{title}/", self.map_with(title)):
                if title not in self.nodes.get(address, port).text:
                    self.seen.stale.append(f"{address} on {port}")

    def map_with(self, title: str) -> str:
        """The page of the site map that a new page stands on: the last of the home page's."""
        number = self.nodes.ask_clerk(
            "pages = Page.objects.live().filter(depth__gte=2, locale=home.locale)\n"
            f"mine = pages.get(slug={title!r})\n"
            "value = pages.filter(path__lt=mine.path).count() // 100 + 1"
        )
        return "/plan-du-site/" if number == 1 else f"/plan-du-site/?page={number}"


@contextmanager
def soaked(folder: Path) -> Iterator[tuple[Nodes, dict[str, subprocess.Popen[bytes]]]]:
    nodes = site.site(folder, DATABASE_URL=os.environ["DATABASE_URL"], TASK_QUEUE="true")
    servers.collect_static(nodes.env)
    moved = f"from wagtail.models import Site; Site.objects.update(port={nodes.nginx})"
    servers.manage(nodes.env, "shell", "--no-imports", "-c", moved)
    media = Path(os.environ.get("MEDIA_ROOT", servers.ROOT / "media"))
    with site.running(nodes, media):
        beside = {"worker": nodes.manage("db_worker"), "clock": nodes.manage("run_clock")}
        try:
            yield nodes, beside
        finally:
            for process in beside.values():
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)
            nodes.ask_clerk(
                f"for page in Page.objects.filter(slug__startswith='{KIND}-'):\n"
                "    page.delete()\n"
                f"User.objects.filter(email__endswith='@{KIND}.exemple.fr').delete()"
            )


def public_addresses(nodes: Nodes) -> list[str]:
    """What readers ask for: every open page of the site, as its map names them, and searches."""
    urls = nodes.ask_clerk(
        "from django.contrib.auth.models import AnonymousUser\n"
        "from site_cocagne.core.access import visible_to\n"
        "pages = visible_to(AnonymousUser(), Page.objects.live().filter(depth__gte=2))\n"
        "value = [page.get_url() for page in pages.specific()]"
    )
    words = ("compost", "jardin", "insertion", "panier")
    searches = [f"/recherche/?q={word}" for word in words]
    home = ["/", "/boite-a-outils/", "/agenda/"]
    return [*(urlsplit(url).path for url in urls), *searches, "/plan-du-site/", *home * 6]


def report(seen: Seen, seconds: int) -> str:
    totals = [sum(weights.values()) for _when, weights in seen.memory]
    moments = {"start": 0, "third": len(totals) // 3, "middle": len(totals) // 2, "end": -1}
    rows = [
        f"| {who} | {count} | {statistics.median(seen.took[who]):.0f} ms "
        f"| {statistics.quantiles(seen.took[who], n=20)[-1]:.0f} ms |"
        for who, count in sorted(seen.asked.items())
    ]
    weights = [
        f"| {name} | "
        + " | ".join(f"{seen.memory[place][1].get(name, 0):.0f}" for place in moments.values())
        + " |"
        for name in seen.memory[-1][1]
    ]
    count = seen.asked.total()
    lines = [
        "# Three minutes on two nodes",
        "",
        f"{machine()}. Two nodes of two processes behind nginx; PostgreSQL, Redis, a worker,",
        "a clock and those who ask on the same machine.",
        f"{count} requests in {seconds} s, {count / seconds:.1f} a second:",
        f"as many as a half hour of {count / 1800:.1f} a second.",
        "",
        "| who | asked | median | p95 |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        "",
        f"- errors: {len(seen.errors)}{first(seen.errors)}",
        f"- pages published: {seen.published}, each looked at on both nodes and in nginx, with the",
        f"  site map, after {WITHIN:.0f} s; stale: {len(seen.stale)}{first(seen.stale)}",
        f"- answers with somebody else's name: {len(seen.strange)}{first(seen.strange)}",
        f"- memory of all processes at the end: {seen.grew():.2f} of that at a third of the time",
        "",
        f"| MB (what is shared counted once) | {' | '.join(moments)} |",
        "| --- |" + " ---: |" * len(moments),
        *weights,
        "",
        "![Memory](soak.png)",
    ]
    return "\n".join(lines) + "\n"


def first(found: list[str]) -> str:
    return f" ({'; '.join(found[:3])})" if found else ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--seconds", type=int, default=180)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="cocagne-soak-") as scratch,
        soaked(Path(scratch)) as (nodes, beside),
    ):
        watched = {f"node {number + 1}": p for number, p in enumerate(nodes.processes.values())}
        watched |= beside

        def weigh() -> dict[str, float]:
            return {name: servers.memory(process) for name, process in watched.items()}

        soak = Soak(nodes, public_addresses(nodes), options.seconds)
        for port in nodes.ports:  # every process has its code and its pictures
            for address in soak.addresses:
                nodes.get(address, port)
        seen = soak.run(weigh)
    text = report(seen, options.seconds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.md").write_text(text, encoding="utf-8")
    curves = {
        name: [(when, weights[name]) for when, weights in seen.memory] for name in seen.memory[0][1]
    }
    plot.curves(RESULTS / "soak.png", "Memory of the processes, MB", curves, across="seconds")
    print(text)
    if not seen.holds():
        sys.exit("It does not hold.")


if __name__ == "__main__":
    main()
