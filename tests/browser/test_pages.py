"""Every kind of page, at three widths, light and dark, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from .conftest import OpenPage, Site, log_in
from .looking import (
    COLOURS,
    EVERYTHING,
    LOOKS,
    PICTURES,
    SCHEMES,
    WIDTHS,
    Look,
    axe,
    cut_off_text,
    walk_by_keyboard,
    wider_than_the_screen,
)

STEPS = 45  # of the keyboard through a page: its frame, and the beginning of its content
Session = Callable[[str], Any]


@pytest.fixture(scope="module")
def session(site: Site, browser: Browser) -> Session:
    """The cookies of an account: each logs in once."""
    kept: dict[str, Any] = {}

    def of(account: str) -> Any:
        if not account:
            return None
        if account not in kept:
            context = browser.new_context(base_url=site.url)
            log_in(context.new_page(), account)
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return of


def watched(page: Page, look: Look) -> list[str]:
    """What goes wrong while the page is open: messages of the console, files not found."""
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # The page's own answer, where it is an error page, is written there too.
        if message.type == "error" and not (
            look.status >= 400 and str(look.status) in message.text
        ):
            wrong.append(f"in the console: {message.text}")

    def see(response: Response) -> None:
        if response.status >= 400 and response.status != look.status:
            wrong.append(f"{response.status}: {response.url}")

    page.on("console", hear)
    page.on("response", see)
    return wrong


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_open_to_everybody(look: Look, open_page: OpenPage, session: Session) -> None:
    """With JavaScript: axe, reflow, spacing, keyboard, structure, validity, a silent console."""
    page = open_page(storage_state=session(look.account), reduced_motion="reduce")
    page.set_default_timeout(60_000)  # the first to look at a page waits for its pictures
    wrong = watched(page, look)
    answer = page.goto(look.path)
    assert answer is not None
    assert answer.status == look.status
    wrong += validity(answer.text())
    bare = look.status == 500  # of its own file alone: it must print when nothing else does
    wrong += structure(page, bare=bare)
    wrong += [] if bare else walk_by_keyboard(page, STEPS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = axe(page, EVERYTHING if scheme == "light" else COLOURS)
            wrong += [f"{width} {scheme} {problem}" for problem in found]
        page.emulate_media(color_scheme="light")
        page.screenshot(path=PICTURES / f"{look.name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 700})
    wrong += [f"at 320: {problem}" for problem in wider_than_the_screen(page)]
    wrong += [f"at 320: {problem}" for problem in cut_off_text(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_whole_without_javascript(
    look: Look, open_page: OpenPage, session: Session
) -> None:
    """No script of ours runs; axe is put in from outside, past the rule that forbids others."""
    page = open_page(storage_state=session(look.account), reduced_motion="reduce")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(look.path)
    wrong = structure(page, bare=look.status == 500)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {problem}" for problem in wider_than_the_screen(page)]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = axe(page, EVERYTHING if (width, scheme) == (360, "light") else COLOURS)
            wrong += [f"{width} {scheme} {problem}" for problem in found]
    assert not wrong, "\n".join(wrong)


def validity(html: str) -> list[str]:
    """The parser of the standard, strict: it stops at the first fault."""
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid: {error}"]
    return []


def structure(page: Page, *, bare: bool = False) -> list[str]:
    """One title of the first level, each landmark once, no id twice, no empty heading."""
    counts: dict[str, int] = page.evaluate(
        """() => {
          const seen = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
          const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
          const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
          return {
            h1: seen.length,
            main: document.querySelectorAll("main").length,
            header: document.querySelectorAll("body > header").length,
            footer: document.querySelectorAll("body > footer").length,
            "ids twice": 1 + ids.length - new Set(ids).size,
            "headings without words": 1 + headings.filter((one) => !one.textContent.trim()).length,
          };
        }"""
    )
    if bare:
        del counts["header"], counts["footer"]
    return [f"{name}: {count} instead of 1" for name, count in counts.items() if count != 1]
