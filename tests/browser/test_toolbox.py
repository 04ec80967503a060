"""With the keyboard alone: from the home page to a file of the toolbox, and through suggestions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from .conftest import OpenPage, Site, elsewhere

STOPS = 150  # of the Tab key; no page has as many
FOCUSED = "document.activeElement"


def patient(page: Page) -> Page:
    """The first to look at a page waits for its pictures."""
    page.set_default_timeout(60_000)
    return page


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus matches ``selector``."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} !== null && {FOCUSED}.matches({selector!r})"):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate(f"{FOCUSED}.matches({selector!r})"))


def listen(page: Page) -> None:
    """Keep what is announced, and a mark that another page would not have."""
    page.evaluate(
        """() => {
          window.said = [];
          const place = document.querySelector("[data-announce]");
          new MutationObserver(() => window.said.push(place.textContent))
            .observe(place, { childList: true, characterData: true, subtree: true });
        }"""
    )


def said(page: Page) -> Any:
    """What was announced since the page was opened; nothing where another page was opened."""
    return page.evaluate("window.said")


def test_from_the_home_page_to_a_file_without_a_mouse(open_page: OpenPage, tmp_path: Path) -> None:
    page = patient(open_page())
    page.goto("/")
    tab_to(page, "main a[href='/boite-a-outils/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/boite-a-outils/")
    listen(page)

    tick(page, "mission", "produire")
    heading = page.locator(".count")
    assert said(page) == [heading.inner_text()]
    assert "page" not in page.url
    everything = tick(page, "kind", "sheet")
    assert len(said(page)) == 2

    order_by_title(page)
    assert len(said(page)) == 3
    page.go_back()
    page.wait_for_url(everything)
    expect(page.locator("#id_sort")).to_have_value("newest")
    assert len(said(page)) <= 4

    take_away(page, "Produire")
    page.go_back()
    page.wait_for_url(everything)
    expect(box(page, "mission", "produire")).to_be_checked()

    tab_to(page, "main a[href='/boite-a-outils/cultiver-avec-moins-d-eau/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cultiver-avec-moins-d-eau/")
    tab_to(page, "main a.download")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_bytes().startswith(b"%PDF")


def box(page: Page, name: str, value: str) -> Any:
    return page.locator(f"input[name='{name}'][value='{value}']")


def tick(page: Page, name: str, value: str) -> str:
    """Tick a value: the list follows in place, and the focus stays on the box."""
    selector = f'input[name="{name}"][value="{value}"]'
    tab_to(page, selector)
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(f"{name}={value}"))
    expect(page.locator("[data-listing]")).not_to_have_attribute("aria-busy", "true")
    assert focused(page, selector)
    assert said(page), "the parts were replaced, not the page"
    return page.url


def order_by_title(page: Page) -> None:
    """An order walked with the arrows does nothing; only the button does."""
    before = page.url
    tab_to(page, "#id_sort")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(600)  # longer than a tick waits before it acts
    assert page.url == before
    tab_to(page, "[data-filter] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("sort=title"))
    expect(page.locator(".count")).to_be_focused()


def take_away(page: Page, words: str) -> None:
    """A chip takes its value away; the focus goes to the number that is left."""
    tab_to(page, "a.chip")
    assert words in page.evaluate(f"{FOCUSED}.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "mission=" not in address)
    expect(page.locator(".count")).to_be_focused()


def test_suggestions_are_walked_with_arrows_and_choose_nothing_by_themselves(
    open_page: OpenPage,
) -> None:
    page = patient(open_page())
    page.goto("/recherche/")
    field = page.locator("main input[type=search]")
    tab_to(page, "main input[type=search]")
    expect(field).to_have_attribute("role", "combobox")
    page.keyboard.type("sol")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = page.locator("main [role=option]")
    assert options.count() >= 1
    assert field.get_attribute("aria-activedescendant") is None
    assert page.locator("main .suggest [role=status]").inner_text()

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("sol")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q=sol"))

    page.goto("/recherche/")
    tab_to(page, "main input[type=search]")
    page.keyboard.type("sol")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    there = page.locator("main [role=option]").first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{there}")


FILM = """
from resources.models import ResourceLink, ResourcePage
page = ResourcePage.objects.get(slug="lire-son-sol-a-la-beche", locale__language_code="fr")
ResourceLink.objects.create(page=page, label="Le film", url="https://youtu.be/abc")
"""


def test_a_player_of_another_site_comes_when_it_is_asked_for_and_not_before(
    site: Site, browser: Browser
) -> None:
    """Nothing leaves this machine: what is asked of the other site is answered here."""
    site.python(FILM)
    asked: list[str] = []
    context = browser.new_context(base_url=site.url, locale="fr-FR")

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>Le film</title>")

    context.route(lambda address: elsewhere(site, address), answer)
    page = patient(context.new_page())
    page.goto("/boite-a-outils/lire-son-sol-a-la-beche/")
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == []
    link = page.get_by_role("link", name="Ouvrir sur")
    expect(link.first).to_have_attribute("href", "https://youtu.be/abc")

    tab_to(page, "[data-player] button")
    page.keyboard.press("Enter")
    expect(page.locator("iframe")).to_have_attribute("title", "Le film")
    page.wait_for_timeout(500)
    assert asked == ["https://www.youtube-nocookie.com/embed/abc"]
    assert focused(page, "iframe")  # the keyboard is where the button was
    context.close()
