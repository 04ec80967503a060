"""``make lighthouse``: what Lighthouse says of pages on a small screen, and what they weigh.

A site with the starter content is made in a folder of its own and served as production serves it
(bench/served.py). Lighthouse, pinned in bench/lighthouse/, looks at each page several times with
the machine's own Chromium, as on a phone with a slow network; of the times the middle one counts.
Ends with 1 where a page is below what is asked for. Writes bench/results/look.md.

Performance is reckoned from the speed of the machine: on a busy one it is too low.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import served, servers
from .production import RESULTS, machine

TOOL = Path(__file__).resolve().parent / "lighthouse"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
# A busy machine loses the beginning of a trace now and then (NO_NAVSTART): that is the fault of a
# look, not of the page.
TRIES = 3
PAGES = (
    ("home", "/"),
    ("toolbox", "/boite-a-outils/"),
    ("agenda", "/agenda/"),
    ("mission", "/missions/produire/"),
    ("event", "/agenda/journee-technique-moins-d-eau/"),
)
# What is asked for, of 100.
ASKED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


@dataclass(frozen=True)
class Seen:
    """One page, seen once. Times in milliseconds, weights in kB as they came over the wire."""

    scores: dict[str, float]
    times: dict[str, float]
    shift: float
    weights: dict[str, float]
    requests: int
    faults: tuple[str, ...]

    @property
    def without_pictures(self) -> float:
        return sum(weight for kind, weight in self.weights.items() if kind != "pictures")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="each page is looked at (3)")
    parser.add_argument("--site", type=Path, help="a folder for the site, kept for the next time")
    parser.add_argument("--only", nargs="+", choices=list(dict(PAGES)), help="of the pages")
    options = parser.parse_args()
    lighthouse = install()
    with tempfile.TemporaryDirectory(prefix="cocagne-look-") as scratch:
        folder = (options.site or Path(scratch) / "site").resolve()
        served.content(folder)
        with served.production(folder) as url:
            looks = {
                name: [look(lighthouse, f"{url}{address}") for _ in range(options.times)]
                for name, address in PAGES
                if not options.only or name in options.only
            }
    text, below = report(looks)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "look.md").write_text(text, encoding="utf-8")
    print(text)
    if below:
        sys.exit("Below what is asked for:\n" + "\n".join(below))


def install() -> Path:
    """Lighthouse as its lock file says; nothing that a package would run when installed."""
    for needed in (CHROMIUM, "npm", servers.NGINX):
        if shutil.which(needed) is None:
            sys.exit(f"{needed} is needed, and is not here.")
    program = TOOL / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=TOOL, check=True)
    return program


def look(lighthouse: Path, url: str) -> Seen:
    """The page as Lighthouse saw it.

    Raises RuntimeError, with its words, where Lighthouse fails ``TRIES`` times.
    """
    for _ in range(TRIES):
        done = subprocess.run(
            [
                *(str(lighthouse), url, "--quiet", "--output=json", "--no-enable-error-reporting"),
                *(f"--only-categories={','.join(ASKED)}", f"--chrome-flags={FLAGS}"),
            ],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return read(json.loads(done.stdout))
    raise RuntimeError(done.stderr[-2000:])


def read(answer: dict[str, Any]) -> Seen:
    audits = answer["audits"]
    weights: dict[str, float] = dict.fromkeys(("HTML", "CSS", "fonts", "scripts", "pictures"), 0)
    requests = audits["network-requests"]["details"]["items"]
    for request in requests:
        weights[kind(request)] = weights.get(kind(request), 0) + request["transferSize"] / 1000
    return Seen(
        scores={name: answer["categories"][name]["score"] * 100 for name in ASKED},
        times={
            "first paint": audits["first-contentful-paint"]["numericValue"],
            "largest paint": audits["largest-contentful-paint"]["numericValue"],
            "blocked": audits["total-blocking-time"]["numericValue"],
        },
        shift=audits["cumulative-layout-shift"]["numericValue"],
        weights=weights,
        requests=len(requests),
        faults=tuple(faults(answer)),
    )


def kind(request: dict[str, Any]) -> str:
    # Drawings of our own are part of the page, photographs are what editors put in it.
    if "/media/" in request["url"]:
        return "pictures"
    kinds = {"Document": "HTML", "Stylesheet": "CSS", "Font": "fonts", "Script": "scripts"}
    return kinds.get(request["resourceType"], "drawings")


def faults(answer: dict[str, Any]) -> list[str]:
    """What lowers a score that must be full, in Lighthouse's words."""
    return [
        f"{category}: {audit['title']}"
        for category, full in ASKED.items()
        if full == 100
        for part in answer["categories"][category]["auditRefs"]
        if part["weight"] and (audit := answer["audits"][part["id"]])["score"] not in (None, 1)
    ]


def report(looks: dict[str, list[Seen]]) -> tuple[str, list[str]]:
    """The tables, and what is below what is asked for."""
    times = len(next(iter(looks.values())))
    lines = [
        "# What a phone gets",
        "",
        f"{machine()}; Lighthouse on a small screen, the middle of {times} looks at each page.",
        "",
        "| page | " + " | ".join(ASKED) + " | first paint | largest paint | blocked | shift |",
        "| --- |" + " ---: |" * (len(ASKED) + 4),
    ]
    below = []
    for name, seen in looks.items():
        score = {each: statistics.median(one.scores[each] for one in seen) for each in ASKED}
        spent = [
            f"{statistics.median(one.times[each] for one in seen):.0f} ms" for each in seen[0].times
        ]
        shift = statistics.median(one.shift for one in seen)
        cells = [name, *(f"{score[each]:.0f}" for each in ASKED), *spent, f"{shift:.3f}"]
        lines.append(f"| {' | '.join(cells)} |")
        below += [
            f"{name}: {each} {score[each]:.0f}, not {asked}"
            for each, asked in ASKED.items()
            if round(score[each]) < asked
        ]
        below += sorted({f"{name}: {fault}" for one in seen for fault in one.faults})
    return "\n".join([*lines, "", *weighed(looks)]) + "\n", below


def weighed(looks: dict[str, list[Seen]]) -> list[str]:
    """The first look at each page: the cache of the browser is empty."""
    kinds = sorted({each for seen in looks.values() for each in seen[0].weights})
    lines = [
        "| page, kB over the wire | requests | without pictures | " + " | ".join(kinds) + " |",
        "| --- |" + " ---: |" * (len(kinds) + 2),
    ]
    for name, (first, *_others) in looks.items():
        parts = [f"{first.weights.get(each, 0):.1f}" for each in kinds]
        cells = [name, str(first.requests), f"{first.without_pictures:.1f}", *parts]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    main()
