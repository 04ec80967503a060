"""What the tests of pages look at: the pages themselves, and small questions to a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
PICTURES = Path(__file__).resolve().parent.parent.parent / "test-pictures"
WIDTHS = (1280, 768, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """A page to look at: its address, who looks, the answer that is right."""

    name: str
    path: str
    account: str = ""
    status: int = 200


MONTH = f"{date.today() + timedelta(days=14):%Y/%m}"  # noqa: DTZ011 (any month near will do)
EVENT = "/agenda/journee-technique-moins-d-eau/"
TOOL = "/boite-a-outils/livret-d-accueil/"  # reserved, its door is shown
LOOKS = (
    Look("home", "/"),
    Look("missions", "/missions/"),
    Look("mission", "/missions/produire/"),
    Look("content", "/qu-est-ce-qu-un-jardin-de-cocagne/"),
    Look("content-children", "/dispositifs/"),
    Look("join", "/rejoindre-le-reseau/"),
    Look("alliances", "/alliances/"),
    Look("toolbox", "/boite-a-outils/"),
    Look("toolbox-empty", "/boite-a-outils/?kind=podcast&year=2020"),
    Look("resource", "/boite-a-outils/lire-son-sol-a-la-beche/"),
    Look("resource-reserved", TOOL, "adherente"),
    Look("resource-locked", TOOL),
    Look("brand", "/marque/", "adherente"),
    Look("brand-page", "/marque/regles-d-usage/", "adherente"),
    Look("agenda", "/agenda/"),
    Look("agenda-past", "/agenda/?period=past"),
    Look("agenda-month", f"/agenda/{MONTH}/"),
    Look("event", EVENT),
    Look("event-cancelled", "/agenda/visite-apprenante-verger-et-poules/"),
    Look("event-full", "/agenda/tsf-serre-a-plants/"),
    Look("newsletter", "/newsletter/"),
    Look("letter", "/newsletter/lettre-d-essai/"),
    Look("search", "/recherche/?q=jardin"),
    Look("search-empty", "/recherche/?q=zzzz"),
    Look("accessibility", "/accessibilite/"),
    Look("ecodesign", "/ecoconception/"),
    Look("personal-data", "/donnees-personnelles/"),
    Look("legal-notice", "/mentions-legales/"),
    Look("site-map", "/plan-du-site/"),
    Look("english", "/en/"),
    Look("login", "/mon-espace/connexion/"),
    Look("ask-for-access", "/mon-espace/demander-un-acces/"),
    Look("space", "/mon-espace/", "adherente"),
    Look("account", "/mon-espace/mon-compte/", "adherente"),
    Look("garden", "/mon-espace/mon-jardin/", "jardin"),
    Look("shelf", "/mon-espace/ma-selection/", "adherente"),
    Look("my-calendar", "/mon-espace/calendrier/", "adherente"),
    Look("propose-event", "/mon-espace/proposer-un-evenement/", "adherente"),
    Look("password", "/mon-espace/mot-de-passe/oublie/"),
    Look("error-403", "/marque/", "vie-du-reseau", 403),
    Look("error-404", "/n-existe-pas/", status=404),
    Look("error-500", "/erreur-500/", status=500),
)


@cache
def axe_source() -> str:
    return AXE.read_text()


# Everything axe knows, and what it leaves out unless asked: targets of 24 pixels.
# (No rule that runs asks for the style sheets again: only players are waited for.)
EVERYTHING = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}
# What the colours of a screen change.
COLOURS = {
    "runOnly": ["color-contrast", "link-in-text-block"],
    "resultTypes": ["violations"],
    "preload": False,
}


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds wrong: the rule, then the elements."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    violations = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", options
    )
    return [
        f"{wrong['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for wrong in violations
        for node in wrong["nodes"][:4]
    ]


def wider_than_the_screen(page: Page) -> list[str]:
    """The elements that make a page scroll sideways; none is right."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > room + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
        }"""
    )
    return found


def cut_off_text(page: Page) -> list[str]:
    """Texts that their box hides in part, with the spacing of WCAG 1.4.12 put on."""
    found: list[str] = page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
          const before = document.adoptedStyleSheets;
          document.adoptedStyleSheets = [...before, sheet];
          const cut = [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
            const style = getComputedStyle(one);
            const hides = [style.overflowX, style.overflowY].some((way) => /hidden|clip/.test(way));
            const meant = one.closest(".visually-hidden, svg") || !one.innerText?.trim();
            return hides && !meant &&
              (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2);
          }).map((one) => `cut off: ${one.outerHTML.slice(0, 120)}`);
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
            cut.push(...[...document.querySelectorAll("body *")].filter(
              (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
            ).slice(0, 4).map((one) => `too wide: ${one.outerHTML.slice(0, 120)}`));
          document.adoptedStyleSheets = before;
          return cut;
        }"""
    )
    return found


# Where the focus is: how it shows, and whether it stands after ``window.lastFocus``.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const outlined = (each, part) => {
    const style = getComputedStyle(each, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  // On the thing itself, on the whole of the card it opens, or round the choice it ticks.
  const round = one.closest(".choice, article, .card, .packet, .partner");
  // A part of a drawing has no outline: its own line grows strong.
  const drawn = [...one.querySelectorAll("polygon")].some(
    (shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 3);
  const shown = outlined(one) || outlined(one, "::after") || (round && outlined(round)) || drawn;
  const box = one.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const last = window.lastFocus;
  const after = !last || Boolean(last.compareDocumentPosition(one) & 4);
  const again = last === one || one.dataset.focused === "yes";
  window.lastFocus = one;
  one.dataset.focused = "yes";
  return { html: one.outerHTML.slice(0, 140), shown, seen, after, again,
           native: one.matches("audio, video") };
}"""


def walk_by_keyboard(page: Page, steps: int) -> list[str]:
    """Press Tab through the page: what does not show its focus, or comes out of order."""
    wrong: list[str] = []
    page.evaluate("window.lastFocus = null")
    for number in range(steps):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None or (at["again"] and not at["native"]):
            break
        if number == 0 and "#contenu" not in at["html"]:
            wrong.append(f"the first stop is not the way to the content: {at['html']}")
        wrong += [
            f"{problem}: {at['html']}"
            for problem, found in (
                ("no visible focus", not (at["shown"] or at["native"])),
                ("out of the screen", not at["seen"]),
                ("out of order", not (at["after"] or at["native"])),
            )
            if found
        ]
    return wrong
