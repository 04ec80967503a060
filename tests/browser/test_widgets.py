"""What opens, moves and suggests: by the keyboard, and as the browser tells it to assistive tools.

The accessibility tree is Chromium's own, asked for through its debugging protocol: what a screen
reader would be handed, not what the markup hopes for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from .conftest import OpenPage
from .looking import COLOURS, EVERYTHING, SCHEMES, WIDTHS, axe

PHONE = {"width": 360, "height": 780}
PATIENCE = 60_000  # ms: the first to look at a page waits for its pictures


def plain(text: str) -> str:
    """Typographic spaces are no difference here."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Told:
    """One node of the accessibility tree."""

    role: str
    name: str
    description: str
    states: dict[str, Any]

    @classmethod
    def of(cls, node: dict[str, Any]) -> Told:
        def text(key: str) -> str:
            return plain(str(node.get(key, {}).get("value", "")))

        # A state is a value, or the elements that it points to.
        states = {
            each["name"]: each["value"].get("value", each["value"].get("relatedNodes"))
            for each in node.get("properties", [])
        }
        return cls(text("role"), text("name"), text("description"), states)


class Tree:
    """Chromium's accessibility tree of a page."""

    def __init__(self, page: Page) -> None:
        self.client: CDPSession = page.context.new_cdp_session(page)
        self.client.send("Accessibility.enable")

    def at(self, selector: str) -> Told:
        """How the element is told; its role is ``none`` where it is left out."""
        found = self.client.send(
            "Runtime.evaluate", {"expression": f"document.querySelector({selector!r})"}
        )
        answer = self.client.send(
            "Accessibility.getPartialAXTree",
            {"objectId": found["result"]["objectId"], "fetchRelatives": False},
        )
        return Told.of(answer["nodes"][0])

    def all(self, role: str) -> list[Told]:
        nodes = self.client.send("Accessibility.getFullAXTree")["nodes"]
        told = [Told.of(node) for node in nodes if not node.get("ignored")]
        return [each for each in told if each.role == role]

    def names(self, role: str) -> list[str]:
        return [each.name for each in self.all(role)]


def look_at(open_page: OpenPage, path: str, **options: Any) -> tuple[Page, Tree]:
    page = open_page(reduced_motion="reduce", **options)
    page.set_default_timeout(PATIENCE)
    page.goto(path)
    return page, Tree(page)


def focused(page: Page) -> str:
    return plain(page.evaluate("document.activeElement.textContent"))


def press_to(page: Page, selector: str, most: int = 80) -> None:
    for _stop in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"Tab never reaches {selector}")


# --- the menu of small screens ------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_menu_of_a_small_screen_opens_by_key(open_page: OpenPage, scripts: bool) -> None:
    page, tree = look_at(open_page, "/agenda/", viewport=PHONE, java_script_enabled=scripts)
    closed = tree.at(".menu-toggle summary")
    assert (closed.role, closed.name) == ("DisclosureTriangle", "Menu")
    assert closed.states["expanded"] is False
    assert "Menu principal" not in tree.names("navigation")

    press_to(page, ".menu-toggle summary", 5)
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.site-header__panel')")
    page.keyboard.press("Shift+Tab")

    for key in ("Enter", "Enter", "Space"):  # opens, closes, opens
        page.keyboard.press(key)
    assert tree.at(".menu-toggle summary").states["expanded"] is True
    assert "Menu principal" in tree.names("navigation")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.menu a')")
    assert page.locator(".menu a[aria-current]").inner_text() == "Agenda"

    if scripts:
        page.keyboard.press("Escape")
        assert focused(page) == "Menu"
        assert tree.at(".menu-toggle summary").states["expanded"] is False


def test_on_a_large_screen_the_menu_is_simply_there(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/agenda/")
    assert "Menu principal" in tree.names("navigation")
    assert "Menu" not in tree.names("DisclosureTriangle")
    press_to(page, ".menu a", 8)


# --- carousels ----------------------------------------------------------------------------------


def test_a_carousel_is_moved_by_its_buttons_and_never_by_itself(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/", viewport=PHONE)
    region = tree.at("section[aria-labelledby=agenda]")
    assert (region.role, region.name) == ("region", "Prochains rendez-vous")
    assert region.states["roledescription"] == "carrousel"
    cards = tree.at("#agenda-liste")
    assert (cards.role, cards.name) == ("list", "Prochains rendez-vous")
    assert cards.states["focusable"] is True

    back, on = '[data-carousel="previous"]', '[data-carousel="next"]'
    before = tree.at(f"[aria-labelledby=agenda] {back}")
    assert (before.role, before.name) == ("button", "Précédent : Prochains rendez-vous")
    assert before.states["disabled"] is True
    after = tree.at(f"[aria-labelledby=agenda] {on}")
    assert (after.role, after.name) == ("button", "Suivant : Prochains rendez-vous")
    assert not after.states.get("disabled")

    place = "document.getElementById('agenda-liste').scrollLeft"
    page.locator("#agenda").scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    assert page.evaluate(place) == 0
    press_to(page, f"[aria-labelledby=agenda] {on}")
    page.keyboard.press("Enter")
    page.wait_for_function(f"{place} > 100")
    # The list tells its buttons with its next frame, which a busy machine draws late.
    expect(page.locator(f"[aria-labelledby=agenda] {back}")).to_have_attribute(
        "aria-disabled", "false"
    )
    assert not tree.at(f"[aria-labelledby=agenda] {back}").states.get("disabled")

    for _card in range(page.locator("#agenda-liste > li").count()):
        page.keyboard.press("Space")
        page.wait_for_timeout(60)
    expect(page.locator(f"[aria-labelledby=agenda] {on}")).to_have_attribute(
        "aria-disabled", "true"
    )
    assert page.evaluate(f"document.activeElement.matches({on!r})"), "the focus was lost at the end"


def test_the_cards_of_a_carousel_are_all_reached_without_a_button(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/", viewport=PHONE, java_script_enabled=False)
    assert not [name for name in tree.names("button") if "Prochains rendez-vous" in name]
    titles = [plain(each) for each in page.locator("#agenda-liste h3 a").all_inner_texts()]
    assert len(titles) > 3
    assert set(titles) <= set(tree.names("link"))
    press_to(page, "#agenda-liste")
    for title in titles:
        page.keyboard.press("Tab")
        assert focused(page) == title
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert 0 <= box["left"] < PHONE["width"], f"{title} has the focus out of the screen"


# --- what opens in place ------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_question_opens_in_place(open_page: OpenPage, scripts: bool) -> None:
    page, tree = look_at(open_page, "/rejoindre-le-reseau/", java_script_enabled=scripts)
    question = ".questions details summary"
    answer = plain(str(page.locator(".questions .rich").first.text_content()))[:30]
    closed = tree.at(question)
    assert closed.role == "DisclosureTriangle"
    assert closed.name == plain(page.locator(question).first.inner_text())
    assert closed.states["expanded"] is False
    assert not any(answer in text for text in tree.names("StaticText"))
    press_to(page, question, 60)
    page.keyboard.press("Enter")
    assert tree.at(question).states["expanded"] is True
    assert any(text.startswith(answer) for text in tree.names("StaticText"))
    page.keyboard.press("Space")
    assert tree.at(question).states["expanded"] is False


def test_a_drawer_of_themes_is_filled_and_emptied_by_key(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/", java_script_enabled=False)
    assert tree.at(".drawer summary").states["expanded"] is False
    press_to(page, ".drawer summary", 120)
    page.keyboard.press("Enter")
    group = tree.at(".drawer fieldset")
    assert group.role == "group"
    assert group.name.startswith("Thèmes de ")
    press_to(page, ".drawer input[type=checkbox]", 2)
    page.keyboard.press("Space")
    theme = tree.at(".drawer input[type=checkbox]")
    assert (theme.role, theme.states["checked"]) == ("checkbox", "true")
    press_to(page, ".drawers button[type=reset]")
    page.keyboard.press("Enter")
    assert tree.at(".drawer input[type=checkbox]").states["checked"] == "false"


# --- filters ------------------------------------------------------------------------------------


def test_a_filter_is_told_as_named_groups_of_boxes_with_their_counts(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/boite-a-outils/", viewport=PHONE)
    toggle = ".filter__toggle summary"
    assert tree.at(toggle).states["expanded"] is False
    assert "Mission" not in tree.names("group")
    press_to(page, toggle, 12)
    page.keyboard.press("Enter")
    assert tree.at(toggle).states["expanded"] is True
    assert {"Mission", "Thème", "Type", "Public"} <= set(tree.names("group"))

    box = "input[name=mission][value=produire]"
    told = tree.at(box)
    assert told.role == "checkbox"
    assert told.name.startswith("Produire & transformer bio solidaire (")
    assert told.name.endswith("résultats)")
    live = tree.at("[data-announce]")
    assert (live.role, live.states["live"]) == ("status", "polite")

    press_to(page, box, 12)
    page.keyboard.press("Space")
    page.wait_for_url("**/?*mission=produire*")
    expect(page.locator("[data-listing]")).not_to_have_attribute("aria-busy", "true")
    assert tree.at(box).states["checked"] == "true"
    assert tree.at(box).states["focused"] is True
    heading = page.locator(".count").inner_text()
    expect(page.locator("[data-announce]")).to_have_text(heading)


def test_a_filter_works_by_key_without_scripts(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/agenda/", java_script_enabled=False)
    press_to(page, "input[name=format][value=online]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # a box sends its form
    page.wait_for_url("**/agenda/?*format=online*")
    assert tree.at("input[name=format][value=online]").states["checked"] == "true"
    assert "En ligne" in page.locator(".chosen").inner_text()


# --- suggestions --------------------------------------------------------------------------------


def test_suggestions_are_told_as_a_list_that_belongs_to_the_field(open_page: OpenPage) -> None:
    page, tree = look_at(open_page, "/recherche/")
    field = "main input[type=search]"
    told = tree.at(field)
    assert (told.role, told.name) == ("combobox", "Rechercher sur le site")
    assert told.states["expanded"] is False
    assert told.states["autocomplete"] == "list"

    press_to(page, field, 30)
    page.keyboard.type("sol")
    page.locator("main [role=option]").first.wait_for()
    assert tree.at(field).states["expanded"] is True
    assert tree.at("main [role=listbox]").role == "listbox"
    assert not any(each.states.get("selected") for each in tree.all("option"))
    status = page.locator("main .suggest [role=status]").inner_text()
    assert status.split()[0] == str(page.locator("main [role=option]").count())

    page.keyboard.press("ArrowDown")
    first = tree.at("main [role=option]")
    assert first.states["selected"] is True
    assert first.name
    assert tree.at(field).states["activedescendant"]
    assert tree.at(field).states["focused"] is True, "the focus stays in the field"

    page.keyboard.press("Escape")
    assert tree.at(field).states["expanded"] is False
    assert not tree.names("option")
    assert page.input_value(field) == "sol"


# --- forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_form_says_what_is_wrong_at_its_head_and_beside_each_field(
    open_page: OpenPage, scripts: bool
) -> None:
    page, tree = look_at(open_page, "/mon-espace/demander-un-acces/", java_script_enabled=scripts)
    page.fill("#id_email", "pas une adresse")
    page.press("#id_email", "Enter")
    summary = page.locator("#erreurs")
    summary.wait_for()
    assert tree.at("#erreurs").role == "alert"
    for link in summary.locator("a").all():
        target = str(link.get_attribute("href"))
        told = tree.at(target)
        assert told.states["invalid"] == "true"
        beside = plain(page.locator(f"{target}_error").inner_text())
        assert beside in told.description
        assert beside in plain(link.inner_text())
    assert page.input_value("#id_email") == "pas une adresse"
    summary.locator("a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('input')")
    if scripts:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert not axe(page, EVERYTHING if scheme == "light" else COLOURS)
