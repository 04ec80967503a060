"""The preview beside the editor: the site itself, at the three widths that are offered."""

from __future__ import annotations

import re

from playwright.sync_api import Frame, Page, expect

from .conftest import OpenPage, Site

WIDTHS = {"mobile": 360, "tablet": 768, "desktop": 1280}
ROOM = "() => [innerWidth, document.documentElement.scrollWidth]"


def home_of(site: Site) -> str:
    """The number of the French home page."""
    ((number,),) = site.rows("SELECT id FROM wagtailcore_page WHERE url_path = '/accueil/'")
    return str(number)


def frame_of(page: Page, width: int) -> Frame:
    """The frame of the preview once it is as wide as this."""
    shown = page.locator("iframe.w-preview__iframe").last
    expect(shown).to_be_visible()
    for _time in range(100):
        frame = shown.element_handle().content_frame()  # another one after each update
        if frame and frame.evaluate("innerWidth") == width:
            return frame
        page.wait_for_timeout(50)
    raise AssertionError(f"The preview never is {width} pixels wide.")


def test_a_page_is_previewed_as_the_site_shows_it_at_three_widths(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page("redaction", viewport={"width": 1440, "height": 900})
    page.goto(f"/admin/pages/{home_of(site)}/edit/")
    page.locator("[data-side-panel-toggle='preview']").first.click()
    for name, width in WIDTHS.items():
        page.locator(f"input[name=preview-size][value={name}]").check(force=True)
        frame = frame_of(page, width)
        # What the frame was too narrow for before it was shown is there now.
        picture = frame.locator(".hero__picture img")
        expect(picture).to_be_visible()
        expect(picture).to_have_js_property("complete", True)
        assert frame.evaluate(ROOM) == [width, width]
        toggle = frame.locator(".menu-toggle summary")
        assert toggle.is_visible() == (width < 1280)


def test_an_example_of_a_block_is_shown_before_it_is_chosen(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page("redaction")
    page.goto(f"/admin/pages/{home_of(site)}/edit/")
    page.locator(".c-sf-add-button:visible").first.click()
    expect(page.get_by_role("option", name=re.compile("Missions"))).to_be_visible()
    names = page.get_by_role("option").all_inner_texts()
    page.locator(".w-combobox__option-preview").nth(names.index("Missions")).click()
    example = page.frame_locator(".w-combobox-preview__iframe")
    # The section is small enough for its cards to be seen, not its title alone.
    card = example.get_by_text("Piloter une activité Cocagne").first
    expect(card).to_be_in_viewport()
