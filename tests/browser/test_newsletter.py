"""From the form in the foot of any page to confirmed, changed, and gone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage, Site

PATIENCE = 20  # seconds for a mail, which leaves after the answer


def mails(site: Site, to: str, count: int) -> list[EmailMessage]:
    until = time.monotonic() + PATIENCE
    while len(found := site.mails(to)) < count:
        assert time.monotonic() < until, f"{len(found)} mails for {to}, {count} expected."
        time.sleep(0.1)
    return found


def link(mail: EmailMessage, name: str) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    found = re.search(rf"https?://\S+/newsletter/{name}/[^\s>]+", part.get_content())
    assert found, part.get_content()
    return found.group(0)


def sign_up(page: Page, address: str) -> None:
    """Through the foot, as somebody who reads what is above it first."""
    form = page.locator("footer form.signup")
    form.scroll_into_view_if_needed()
    form.locator("input[name=email]").fill(address)
    page.wait_for_timeout(2100)  # nobody types an address in less: the form says so to robots
    form.locator("button[type=submit]").click()


def state_of(site: Site, address: str) -> dict[str, str]:
    return dict(
        site.rows(
            "SELECT list_key, state FROM newsletter_subscription AS s"
            " JOIN newsletter_subscriber AS who ON who.id = s.subscriber_id WHERE who.address = ?",
            address,
        )
    )


def test_from_the_foot_to_confirmed_to_gone(open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport={"width": 360, "height": 780})
    page.goto("/")
    sign_up(page, "lea@exemple.org")
    page.wait_for_url("**/newsletter/merci/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    [mail] = mails(site, "lea@exemple.org", 1)
    confirm = link(mail, "confirmer")

    urlopen(confirm, timeout=10).close()  # noqa: S310 (a scanner that only fetches)
    assert state_of(site, "lea@exemple.org") == {"general": "waiting"}
    page.goto(confirm)  # the script of the page posts
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre abonnement est confirmé")
    assert state_of(site, "lea@exemple.org") == {"general": "confirmed"}

    page.goto(link(mail, "abonnement"))
    expect(page.get_by_text("lea@exemple.org")).to_be_visible()
    page.locator("input[name=lists]").nth(1).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert sorted(state_of(site, "lea@exemple.org").values()) == ["confirmed", "confirmed"]

    # The button of a mail program: no cookie, no page, one post.
    leave = str(mail["List-Unsubscribe"]).strip(" <>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    urlopen(Request(leave, data=b"List-Unsubscribe=One-Click"), timeout=10).close()  # noqa: S310
    assert set(state_of(site, "lea@exemple.org").values()) == {"left"}
    assert page.context.cookies() == []


def test_without_script_a_second_step_and_buttons_do_the_same(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    sign_up(page, "noe@exemple.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore une étape")
    page.wait_for_timeout(2100)
    page.locator("main form.signup button[type=submit]").click()
    page.wait_for_url("**/newsletter/merci/")
    [mail] = mails(site, "noe@exemple.org", 1)
    page.goto(link(mail, "confirmer"))
    assert state_of(site, "noe@exemple.org") == {"general": "waiting"}
    page.locator("main form button[type=submit]").click()
    assert state_of(site, "noe@exemple.org") == {"general": "confirmed"}
    page.goto(str(mail["List-Unsubscribe"]).strip(" <>"))
    page.locator("main form button[type=submit]").click()
    assert state_of(site, "noe@exemple.org") == {"general": "left"}

    page.goto(link(mail, "abonnement"))
    page.locator("input[name=sure]").check()
    page.locator("button[name=erase]").click()
    assert state_of(site, "noe@exemple.org") == {}
    page.goto(link(mail, "abonnement"))
    expect(page.locator("main")).not_to_contain_text("noe@exemple.org")


@pytest.fixture
def proof_of_work(site: Site) -> Any:
    code = (
        "from wagtail.models import Site; from newsletter.models import NewsletterSettings as N;"
        "row = N.for_site(Site.objects.get(is_default_site=True));"
        "row.proof_of_work = {on}; row.save()"
    )
    site.python(code.format(on=True))
    yield
    site.python(code.format(on=False))


def test_with_the_proof_of_work_on_the_browser_calculates_by_itself(
    open_page: OpenPage, site: Site, proof_of_work: None
) -> None:
    page = open_page()
    payloads: list[str] = []
    page.on("request", lambda request: payloads.append(request.post_data or ""))
    page.goto("/")
    sign_up(page, "ana@exemple.org")
    page.wait_for_url("**/newsletter/merci/", timeout=60_000)
    assert any("altcha=ey" in payload for payload in payloads)
    mails(site, "ana@exemple.org", 1)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_fit(open_page: OpenPage, site: Site, width: int, tmp_path: Path) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    address = f"w{width}@exemple.org"
    page.goto("/")
    sign_up(page, address)
    page.wait_for_url("**/newsletter/merci/")
    [mail] = mails(site, address, 1)
    look: Callable[[], int] = lambda: page.evaluate(  # noqa: E731
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert look() <= 0
    for name in ("confirmer", "abonnement"):
        page.goto(link(mail, name))
        assert look() <= 0, name
