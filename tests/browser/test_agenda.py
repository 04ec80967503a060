"""With the keyboard alone: filter, month, event, its file, and the subscription to the choice."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import vobject
from playwright.sync_api import Page, expect

from .conftest import OpenPage, Site
from .test_toolbox import FOCUSED, focused, listen, patient, tab_to, tick

# In the starter content on the day it is loaded, and open to everybody.
TITLE = "Une matinée au jardin : récolter, peser, goûter"


def events_of(body: str) -> list[Any]:
    return list(vobject.readOne(body).contents.get("vevent", []))


def open_by_keyboard(page: Page, summary: str) -> None:
    """Open a ``details`` whose summary this selector names."""
    tab_to(page, summary)
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUSED}.closest('details').open")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_from_the_filter_to_the_month_to_the_event_to_the_subscription(
    open_page: OpenPage, site: Site, tmp_path: Path, script: bool
) -> None:
    page = patient(open_page(java_script_enabled=script))
    page.goto("/agenda/")
    if script:
        listen(page)
        tick(page, "kind", "visit")
    else:
        tab_to(page, 'input[name="kind"][value="visit"]')
        page.keyboard.press("Space")
        tab_to(page, "[data-filter] button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/agenda/?kind=visit")

    tab_to(page, ".switch a[href*='/agenda/2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agenda/2*/*/?kind=visit")
    expect(page.locator("a.chip")).to_have_count(1)
    shown = page.locator(".month-table a.month-event")
    path = shown.filter(has_text=TITLE).get_attribute("href")

    tab_to(page, f"a.month-event[href='{path}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    open_by_keyboard(page, "aside details summary")
    page.keyboard.press("Tab")
    assert focused(page, "a[href$='evenement.ics']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "event.ics")
    (event,) = events_of((tmp_path / "event.ics").read_text())
    assert event.summary.value == TITLE

    tab_to(page, "aside a[href$='#s-abonner']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agenda/?kind=visit#s-abonner")
    expect(page.locator("a.chip")).to_have_count(1)
    expect(page.locator("details.subscribe")).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    address = urlsplit(page.evaluate(f"{FOCUSED}.href"))
    assert (address.scheme, address.query) == ("webcal", "kind=visit")
    tab_to(page, "a.address")
    assert urlsplit(page.evaluate(f"{FOCUSED}.href"))[1:4] == address[1:4]
    with page.expect_download() as feed:
        page.keyboard.press("Enter")
    feed.value.save_as(tmp_path / "feed.ics")
    told = sorted(each.uid.value for each in events_of((tmp_path / "feed.ics").read_text()))
    assert event.uid.value in told
    visits = (
        "from events.models import EventPage as E;"
        "of = E.objects.filter(kind='visit', live=True, audience='public');"
        "of = of.filter(locale__language_code='fr').in_calendars();"
        "print(*sorted(map(str, of.values_list('translation_key', flat=True))))"
    )
    assert told == site.python(visits).split()


def until(page: Page, condition: str) -> None:
    """Wait for it. (``wait_for_function`` evaluates text, which the site's policy forbids.)"""
    for _time in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def test_the_carousel_of_the_home_page_moves_by_button_key_and_finger_and_never_by_itself(
    open_page: OpenPage,
) -> None:
    options: dict[str, Any] = {"has_touch": True, "reduced_motion": "reduce"}
    page = patient(open_page(viewport={"width": 360, "height": 780}, **options))
    page.goto("/")
    carousel = page.locator("#agenda-liste")
    place = "document.getElementById('agenda-liste').scrollLeft"
    previous, following = (
        f"[data-carousel={way}][aria-controls=agenda-liste]" for way in ("previous", "next")
    )
    carousel.scroll_into_view_if_needed()
    page.wait_for_timeout(2000)
    assert page.evaluate(place) == 0
    expect(page.locator(previous)).to_have_attribute("aria-disabled", "true")

    tab_to(page, following)
    page.keyboard.press("Enter")
    until(page, f"{place} > 200")
    expect(page.locator(previous)).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    until(page, f"{place} < 8")
    assert focused(page, previous)  # at its end, a button keeps the focus

    tab_to(page, "#agenda-liste")
    page.keyboard.press("ArrowRight")
    until(page, f"{place} > 20")

    carousel.evaluate("list => list.scrollIntoView({ block: 'center' })")
    before = page.evaluate(place)
    box = carousel.bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    y = box["y"] + box["height"] / 2

    def touch(kind: str, *points: float) -> None:
        where = [{"x": x, "y": y} for x in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    touch("touchStart", 330)
    for x in range(320, 20, -20):
        touch("touchMove", x)
    touch("touchEnd")
    until(page, f"{place} > {before} + 100")
