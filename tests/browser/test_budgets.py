"""What a first visit costs, as production serves it: deploy/nginx.conf in front, an empty cache."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bench import served, servers

from .looking import LOOKS, Look

KB = 1000
PUBLIC = [look for look in LOOKS if not look.account and look.status in (200, 404)]
# A phone and a desk, on a network as slow as a village has it: what comes late is seen coming.
SCREENS = ((360, 780), (1280, 800))
KINDS = ("Document", "Stylesheet", "Font", "Script")
SLOW = {
    "offline": False,
    "latency": 50,  # ms
    "downloadThroughput": 300 * KB,  # bytes a second
    "uploadThroughput": 100 * KB,
}
SHIFTS = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    (window.shifts ??= []).push(`moved by ${entry.value.toFixed(4)}: ${entry.sources
      .map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 90)).join(" | ")}`);
}).observe({ type: "layout-shift", buffered: true });
"""
# To the foot and back, as fast as one reads nothing: late pictures come, nothing may move for them.
SCROLL = """async () => {
  const frame = () => new Promise((done) => setTimeout(done, 30));
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
    scrollTo({ top: at, behavior: "instant" });
    await frame();
  }
}"""


@dataclass
class Visit:
    """Bytes over the wire, headers included, by kind; and what moved."""

    weights: dict[str, float] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    shifts: list[str] = field(default_factory=list)

    def weight(self, *kinds: str) -> float:
        return sum(self.weights.get(kind, 0) for kind in kinds) / KB

    def beyond(self) -> list[str]:
        """What is over its budget."""
        budgets = [
            ("everything but pictures, kB", self.weight(*KINDS, "Other"), 100),
            ("HTML, kB", self.weight("Document"), 15),
            ("CSS, kB", self.weight("Stylesheet"), 25),
            ("fonts, kB", self.weight("Font"), 45),
            ("scripts, kB", self.weight("Script"), 20),
            ("requests", len(self.addresses), 12),
        ]
        over = [f"{name}: {found:.1f}, not {most}" for name, found, most in budgets if found > most]
        if len(self.addresses) > 12:
            over.append(" ".join(self.addresses))
        return over + self.shifts


@pytest.fixture(scope="module")
def address(starter_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert Path(servers.NGINX).exists(), (
        "There is no nginx: what production sends cannot be weighed."
    )
    folder = tmp_path_factory.mktemp("production") / "copy"
    shutil.copytree(starter_site, folder)
    with served.production(folder) as url:
        yield url


def visit(browser: Browser, url: str, look: Look, screen: tuple[int, int]) -> Visit:
    """A first visit: a window of its own has an empty cache."""
    found = Visit()
    kinds: dict[str, str] = {}
    width, height = screen
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, locale="fr-FR"
    )
    context.add_init_script(SHIFTS)
    page = context.new_page()
    client = context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        address = event["response"]["url"]
        # What editors put in; drawings of our own are part of the page.
        if "/media/" in address or "/images/" in address:
            kinds[event["requestId"]] = "Picture"
        else:
            kinds[event["requestId"]] = event["type"] if event["type"] in KINDS else "Other"
            found.addresses.append(address.removeprefix(url))

    def finished(event: dict[str, Any]) -> None:
        # A handler that raised would be heard by nobody, and the page waited for in vain.
        kind = kinds.get(event["requestId"], "Other")
        found.weights[kind] = found.weights.get(kind, 0) + event["encodedDataLength"]

    client.on("Network.responseReceived", answered)
    client.on("Network.loadingFinished", finished)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", SLOW)
    page.set_default_timeout(60_000)  # the first to look at a page waits for its pictures
    answer = page.goto(look.path)
    assert answer is not None
    assert answer.status == look.status
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(SCROLL)
    found.shifts = page.evaluate("window.shifts ?? []")
    context.close()
    return found


@pytest.mark.parametrize("look", PUBLIC, ids=lambda look: look.name)
def test_a_first_visit_stays_within_its_budget(look: Look, address: str, browser: Browser) -> None:
    """Pictures apart; scrolled to its foot, nothing of the page has moved by itself."""
    wrong = []
    for screen in SCREENS:
        found = visit(browser, address, look, screen)
        assert found.weight("Document") > 1, "nothing came over the wire"
        wrong += [f"{screen[0]}: {problem}" for problem in found.beyond()]
    assert not wrong, "\n".join(wrong)
