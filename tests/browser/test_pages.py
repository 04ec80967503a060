"""Every kind of page, at three widths, light and dark, with and without JavaScript.

Each account has one window with and one without scripts for the whole module, so that it logs in
once and asks for style sheets and fonts once; a page is loaded once for all that is looked at.
"""

from __future__ import annotations

import html5lib
import pytest
from playwright.sync_api import Page

from .conftest import Site
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
from .windows import WindowOf, window

__all__ = ["window"]

STEPS = 45  # of the keyboard through a page: its frame, and the beginning of its content

# What nobody can press on paper.
NOT_FOR_PAPER = """() =>
  [...document.querySelectorAll("button, input, select, form, .site-footer, .menu, .pagination")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => one.outerHTML.slice(0, 120))
"""
# What does not scroll away with the page, though it takes a quarter of the screen.
IN_THE_WAY = """() =>
  [...document.querySelectorAll("body *")]
    .filter((one) => /fixed|sticky/.test(getComputedStyle(one).position))
    .filter((one) => one.checkVisibility() && one.offsetHeight * 4 > innerHeight)
    .map((one) => one.outerHTML.slice(0, 120))
"""
# Types that an editor can make, less those of the pages that are looked at.
NOT_LOOKED_AT = """
from django.http import Http404
from django.test import RequestFactory
from wagtail.models import Page, Site, get_page_models
site = Site.objects.get(is_default_site=True)
seen = set()
for path in {paths!r}:
    parts = [part for part in path.split("/") if part]
    try:
        found = site.root_page.specific.route(RequestFactory().get(path), parts)
    except Http404:
        continue  # an address of Django's
    seen.add(type(found.page.specific))
print(sorted(model.__name__ for model in set(get_page_models()) - seen - {{Page}}))
"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_open_to_everybody(look: Look, window: WindowOf) -> None:
    """With JavaScript: axe, reflow, spacing, keyboard, structure, validity, a silent console."""
    here = window(look.account, scripts=True)
    html, page = here.open(look), here.page
    bare = look.status == 500  # of its own file alone: it must print when nothing else does
    wrong = validity(html)
    wrong += structure(page, bare=bare)
    wrong += [] if bare else walk_by_keyboard(page, STEPS)
    page.evaluate("document.activeElement.blur()")
    wrong += judged(page, look)
    page.set_viewport_size({"width": 1920, "height": 1000})
    wrong += [f"at 1920: {problem}" for problem in wider_than_the_screen(page)]
    page.set_viewport_size({"width": 320, "height": 700})
    wrong += [f"at 320: {problem}" for problem in wider_than_the_screen(page)]
    wrong += [f"at 320: {problem}" for problem in cut_off_text(page)]
    wrong += here.wrong
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_is_whole_without_javascript(look: Look, window: WindowOf) -> None:
    here = window(look.account, scripts=False)
    html = here.open(look)
    assert "<noscript" not in html, "then this is not what a browser without scripts shows"
    wrong = structure(here.page, bare=look.status == 500) + judged(here.page) + here.wrong
    assert not wrong, "\n".join(wrong)


def test_drawings_are_seen_in_the_colours_that_a_reader_forces(window: WindowOf) -> None:
    """A drawing keeps its own colour there, which on our dark bands is that of light paper."""
    page = window("", scripts=True).page
    page.emulate_media(forced_colors="active")
    page.goto("/")
    inks: list[list[str]] = page.evaluate(
        """() => {
          const words = getComputedStyle(document.body).color;
          return [...document.querySelectorAll("main svg:is(.emblem, .drawing)")]
            .map((drawing) => [drawing.outerHTML, getComputedStyle(drawing).color, words]);
        }"""
    )
    page.emulate_media(forced_colors="none")
    assert len(inks) > 10
    assert [html for html, ink, words in inks if ink != words] == []


@pytest.mark.parametrize("name", ["home", "mission", "toolbox", "resource", "event", "join"])
def test_a_page_is_read_on_paper_and_at_four_times_its_size(name: str, window: WindowOf) -> None:
    (look,) = (look for look in LOOKS if look.name == name)
    here = window("", scripts=True)
    here.open(look)
    page = here.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4, less its margins
    faint_or_wide = axe(page, COLOURS) + wider_than_the_screen(page)
    wrong = [f"on paper: {problem}" for problem in faint_or_wide]
    wrong += [f"printed, and of no use there: {each}" for each in page.evaluate(NOT_FOR_PAPER)]
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    wrong += [f"at 400 %: {problem}" for problem in wider_than_the_screen(page)]
    wrong += [f"at 400 %, stays before the text: {each}" for each in page.evaluate(IN_THE_WAY)]
    assert not wrong + here.wrong, "\n".join(wrong + here.wrong)


def test_every_type_of_page_is_looked_at(site: Site) -> None:
    paths = [look.path.partition("?")[0] for look in LOOKS]
    assert site.python(NOT_LOOKED_AT.format(paths=paths)).strip() == "[]"


def judged(page: Page, pictured: Look | None = None) -> list[str]:
    """What is wrong at each width, light and dark; the pictures are kept where they are asked for.

    In the dark nothing but colours changes.
    """
    wrong: list[str] = []
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width}: {problem}" for problem in wider_than_the_screen(page)]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = axe(page, EVERYTHING if scheme == "light" else COLOURS)
            wrong += [f"{width} {scheme} {problem}" for problem in found]
            if pictured:
                name = f"{pictured.name}-{width}-{scheme}.jpg"
                page.screenshot(path=PICTURES / name, type="jpeg", quality=80, full_page=True)
    return wrong


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
