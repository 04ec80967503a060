"""``python -m bench.production``: the site as it runs, beside a bare Wagtail, in one round.

The database that DATABASE_URL names (PostgreSQL, with content: ``manage.py run_site --no-serve``)
is served by gunicorn with two processes, once without the page cache, once with it, once with
nginx in front; beside it, by the same gunicorn, the home page of a fresh ``wagtail start``, and by
the same nginx the same bytes as a file. All are asked by wrk with 16 connections, each in three
pairs with the bare home page right before it. CACHE_URL may
name a Redis; without it each process keeps pages in its own memory.

Ratios hold on any machine, the figures on the one that the table describes. Writes
bench/results/production.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from . import plot, servers

RESULTS = Path(__file__).resolve().parent / "results"
BASE, OFF, ON = "bare `wagtail start`", "page cache off", "page cache on"
# Requests a second: without the cache of each of these pages, and with it, of the bare home page's;
# from nginx, of what it reaches with the same bytes as a file.
PAGES = ("home", "mission", "toolbox", "agenda", "event")
LEAST_OFF, LEAST_ON, LEAST_OF_FILE = 0.4, 8, 0.6
PAIRS = 3


@dataclass(frozen=True)
class Row:
    page: str
    served: str
    queries: str
    load: servers.Load
    ratio: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.production", description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of load, six times a figure (2)")
    parser.add_argument("--bare", type=Path, help="a folder for the bare site, kept between runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cocagne-bench-") as scratch:
        folder = Path(scratch)
        bare = bare_site(options.bare or folder / "bare")
        rows, weights = measure(folder, bare, options.seconds)
    verdicts = list(judge(rows))
    text = report(rows, weights, verdicts, options.seconds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "production.md").write_text(text, encoding="utf-8")
    bars = {f"{row.page}, {row.served}": row.ratio for row in rows if row.served in (OFF, BASE)}
    plot.bars(RESULTS / "production.png", "Requests a second, of a bare Wagtail's home page", bars)
    print(text)
    if not all(good for _words, good in verdicts):
        sys.exit("A limit does not hold.")


# --- the bare site ------------------------------------------------------------------------------


def bare_site(folder: Path) -> Path:
    """``wagtail start`` in its own database of the same server, as its own production would be."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    parts = urlsplit(url)
    own = f"{Path(parts.path).name}_bare"
    if not (folder / "manage.py").exists():
        folder.mkdir(parents=True, exist_ok=True)
        wagtail = Path(sys.executable).with_name("wagtail")
        subprocess.run([str(wagtail), "start", "bare", str(folder)], check=True)
        settings = folder / "bare" / "settings" / "production.py"
        settings.write_text(
            "from .base import *\nDEBUG = False\nSECRET_KEY = 'x' * 60\nALLOWED_HOSTS = ['*']\n"
            "STORAGES['staticfiles'] = {'BACKEND':"
            " 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n"
            "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql',"
            f" 'NAME': '{own}', 'USER': '{parts.username}', 'PASSWORD': '{parts.password}',"
            f" 'HOST': '{parts.hostname}', 'PORT': '{parts.port or 5432}',"
            " 'CONN_MAX_AGE': 600}}\n",
            encoding="utf-8",
        )
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{own}"')
            connection.execute(f'CREATE DATABASE "{own}"')
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=folder,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "bare.settings.production"},
            check=True,
        )
    return folder


# --- the round ----------------------------------------------------------------------------------


class Beside:
    """Loads in pairs: a page, and the bare home page right before, so that both meet the same hour.

    The machine's own speed changes within a round by more than what is measured here.
    """

    def __init__(self, bare: str, folder: Path, seconds: int) -> None:
        self.bare, self.folder, self.seconds = bare, folder, seconds
        self.seen: list[servers.Load] = []

    def __call__(self, url: str, headers: Sequence[str]) -> tuple[servers.Load, float]:
        """The median load of the page, and the median of its ratios."""
        servers.load(url, self.folder, seconds=1, headers=headers)
        pairs = []
        for _pair in range(PAIRS):
            base = servers.load(self.bare, self.folder, seconds=self.seconds)
            load = servers.load(url, self.folder, seconds=self.seconds, headers=headers)
            pairs.append((load, load.per_second / base.per_second))
            self.seen.append(base)
        by_speed = sorted((load for load, _ratio in pairs), key=lambda load: load.per_second)
        errors = sum(load.errors for load in by_speed)
        middle = replace(by_speed[PAIRS // 2], errors=errors)
        return middle, statistics.median(ratio for _load, ratio in pairs)

    @property
    def base(self) -> servers.Load:
        """The median of all loads of the bare page."""
        return sorted(self.seen, key=lambda load: load.per_second)[len(self.seen) // 2]


def measure(folder: Path, bare: Path, seconds: int) -> tuple[list[Row], list[tuple[str, float]]]:
    rows: list[Row] = []
    weights: list[tuple[str, float]] = []
    pages, counted = addresses()
    port = servers.free_port()
    env = {"DJANGO_SETTINGS_MODULE": "bare.settings.production"}
    url = f"http://127.0.0.1:{port}/"
    with servers.running(
        servers.gunicorn("bare.wsgi", port), url, env=env, cwd=bare, log=folder / "bare.log"
    ) as process:
        servers.load(url, folder, seconds=2)
        beside = Beside(url, folder, seconds)
        for served, cached in ((OFF, "false"), (ON, "true")):
            rows += of_site(folder, pages, counted, (served, cached), beside, weights)
        rows += behind_nginx(folder, beside)
        weights.insert(0, (BASE, servers.memory(process)))
    return [Row("home", BASE, "4", beside.base, 1), *rows], weights


def of_site(
    folder: Path,
    pages: list[tuple[str, str]],
    counted: dict[str, int],
    how: tuple[str, str],
    beside: Beside,
    weights: list[tuple[str, float]],
) -> list[Row]:
    served, cached = how
    port = servers.free_port()
    env = servers.site_env(port, PAGE_CACHE=cached, STATIC_ROOT=str(static(folder)))
    headers = ("X-Forwarded-Proto: https", f"Host: localhost:{port}")
    rows = []
    command = servers.gunicorn("site_cocagne.wsgi", port)
    url = f"http://127.0.0.1:{port}"
    with servers.running(
        command, f"{url}/sante/", env=env, cwd=servers.ROOT, log=folder / "site.log"
    ) as process:
        for page, address in pages:
            load, ratio = beside(f"{url}{address}", headers)
            queries = "0" if cached == "true" else str(counted[address])
            rows.append(Row(page, served, queries, load, ratio))
        weights.append((f"the site, {served}", servers.memory(process)))
    return rows


def behind_nginx(folder: Path, beside: Beside) -> list[Row]:
    """The home page from nginx, and the same bytes from a file beside it."""
    port, upstream = servers.free_port(), servers.free_port()
    env = servers.site_env(port, PAGE_CACHE="true", STATIC_ROOT=str(static(folder)))
    headers = (f"Host: localhost:{port}",)
    with servers.served(folder, env, port, upstream, folder) as url:
        request = urllib.request.Request(f"{url}/", headers={"Host": f"localhost:{port}"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            (folder / "same-bytes.html").write_bytes(response.read())
        rows = []
        for served, address in (("nginx in front", "/"), ("nginx, a file", "/same-bytes.html")):
            load, ratio = beside(f"{url}{address}", headers)
            rows.append(Row("home", served, "0", load, ratio))
    return rows


def static(folder: Path) -> Path:
    """Static files with hashed names, once: production asks for them."""
    target = folder / "static"
    if not target.exists():
        servers.collect_static(servers.site_env(1, STATIC_ROOT=str(target)))
    return target


def addresses() -> tuple[list[tuple[str, str]], dict[str, int]]:
    """An address of each kind, and its queries once what every page shows is remembered."""
    code = (
        "import json, sys, warnings; warnings.simplefilter('ignore')\n"
        "import django; django.setup()\n"
        "from bench.production import look; print(json.dumps(look()))"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev"}
    out = subprocess.run(
        [sys.executable, "-c", code],
        cwd=servers.ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages, counted = json.loads(out.splitlines()[-1])
    return [tuple(pair) for pair in pages], counted


def look() -> tuple[list[tuple[str, str]], dict[str, int]]:
    """In a process of its own, on the same database."""
    from django.apps import apps
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from site_cocagne.core.access import visible_to

    def first(label: str) -> str:
        model = apps.get_model(label)
        page = visible_to(AnonymousUser(), model.objects.filter(locale__language_code="fr")).first()
        return urlsplit(page.get_url()).path if page else ""

    kinds = (
        ("home", "home.HomePage"),
        ("mission", "home.MissionPage"),
        ("toolbox", "resources.ToolboxPage"),
        ("agenda", "events.AgendaPage"),
        ("event", "events.EventPage"),
        ("resource", "resources.ResourcePage"),
    )
    pages = [(name, address) for name, label in kinds if (address := first(label))]
    counted = {}
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["localhost"], PAGE_CACHE=False):
        client = Client(HTTP_HOST="localhost")
        for _name, address in pages:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counted[address] = len(captured)
    return pages, counted


# --- the table ----------------------------------------------------------------------------------


def judge(rows: list[Row]) -> Iterator[tuple[str, bool]]:
    """Each limit in words, and whether it holds."""
    for served, least in ((OFF, LEAST_OFF), (ON, LEAST_ON)):
        for row in rows:
            if row.served == served and row.page in PAGES:
                words = f"{row.page}, {served}: {row.ratio:.2f} (at least {least})"
                yield words, row.ratio >= least
    speeds = {row.served: row.load.per_second for row in rows if row.page == "home"}
    share = speeds["nginx in front"] / speeds["nginx, a file"]
    words = (
        f"nginx in front: {share:.0%} of the same bytes as a file (at least {LEAST_OF_FILE:.0%})"
    )
    yield words, share >= LEAST_OF_FILE
    yield "no request failed", not any(row.load.errors for row in rows)


def report(
    rows: list[Row],
    weights: list[tuple[str, float]],
    verdicts: list[tuple[str, bool]],
    seconds: int,
) -> str:
    kept = "Redis" if os.environ.get("CACHE_URL", "").startswith("redis") else "own memory"
    lines = [
        "# The site as it runs, beside a bare Wagtail",
        "",
        f"{machine()}; PostgreSQL, gunicorn with two processes, pages kept in {kept}.",
        f"wrk, 16 connections, {seconds} s, {PAIRS} times, the bare home page before each time.",
        "",
        "| page | served by | queries | requests/s | × bare | median | p95 | errors |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.page} | {row.served} | {row.queries} "
        f"| {row.load.per_second:.0f} | {row.ratio:.2f} "
        f"| {row.load.median:.1f} ms | {row.load.p95:.1f} ms | {row.load.errors} |"
        for row in rows
    ]
    lines += ["", "Of the bare home page:", ""]
    lines += [f"- {words}: {'holds' if good else '**does not hold**'}" for words, good in verdicts]
    lines += ["", "| memory, all processes | MB |", "| --- | ---: |"]
    lines += [f"| {name} | {weight:.0f} |" for name, weight in weights]
    return "\n".join([*lines, "", "![Ratios](production.png)"]) + "\n"


def machine() -> str:
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} cores ({model}), {gigabytes / 1024**3:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    main()
