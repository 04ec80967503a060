"""The whole life of a member: asks, is invited, enters, takes the brand kit, and meets the door."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import OpenPage, Site, log_in

EMAIL = "maia.renard@exemple.fr"
PASSWORD = "cinq-legumes-par-semaine"
GARDEN = "Jardin de la Boucle"


def test_from_the_request_to_the_honest_door(
    open_page: OpenPage, site: Site, tmp_path: Path
) -> None:
    site.python(
        "import datetime; from django.utils import timezone; from members.models import Garden;"
        f"Garden.objects.create(name={GARDEN!r}, membership_valid_until="
        "timezone.localdate() + datetime.timedelta(days=3))"
    )
    ask_for_access(open_page())
    invite(open_page("vie-du-reseau"))

    member = open_page()
    first_login(member, site)
    take_the_kit(member, tmp_path)

    site.python(
        "import datetime; from django.utils import timezone; from members.models import Garden;"
        f"Garden.objects.filter(name={GARDEN!r}).update(membership_valid_until="
        "timezone.localdate() - datetime.timedelta(days=31))"
    )
    meets_the_door(member, site)


def ask_for_access(page: Page) -> None:
    page.goto("/mon-espace/demander-un-acces/")
    page.fill("input[name=first_name]", "Maïa")
    page.fill("input[name=last_name]", "Renard")
    page.fill("input[name=email]", EMAIL)
    page.fill("input[name=garden_name]", GARDEN)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/merci/")


def invite(page: Page) -> None:
    """The team finds the request in its queue and answers it by an invitation."""
    page.goto("/admin/accessrequest/")
    expect(page.get_by_text(EMAIL).first).to_be_visible()
    page.get_by_role("button", name=re.compile(re.escape(EMAIL))).click()
    page.get_by_role("link", name="Inviter", exact=True).click()
    expect(page.locator("input[name=email]")).to_have_value(EMAIL)
    page.select_option("select[name=garden]", label=GARDEN)
    page.locator("input[name=email]").press("Enter")
    page.wait_for_url(re.compile("/admin/invitation/$"))


def first_login(page: Page, site: Site) -> None:
    """By the link in the mail; then out, and in again by the form."""
    text = str(site.mails(EMAIL)[-1].get_content())
    found = re.search(r"http\S+/invitation/\S+", text)
    assert found
    page.goto(found.group())
    page.fill("input[name=first_name]", "Maïa")
    page.fill("input[name=last_name]", "Renard")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/mon-espace/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maïa")
    page.context.clear_cookies()
    log_in(page, EMAIL, PASSWORD)
    page.goto("/mon-espace/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maïa")


def take_the_kit(page: Page, folder: Path) -> None:
    """From one's own space to the kit: the rules first, then one file, then all of them."""
    page.get_by_role("link", name="Kit", exact=True).click()
    page.locator("a.download").first.click()
    page.wait_for_url("**/kit/#regles")
    page.get_by_role("button", name="J’ai lu les règles d’usage").click()
    expect(page.get_by_text("Vous avez accepté cette version")).to_be_visible()
    with page.expect_download() as one:
        page.locator("a.download").last.click()
    assert one.value.suggested_filename.endswith((".pdf", ".png"))
    with page.expect_download() as everything:
        page.get_by_role("link", name="Tout télécharger").click()
    everything.value.save_as(folder / "kit.zip")
    with zipfile.ZipFile(folder / "kit.zip") as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 4


def meets_the_door(page: Page, site: Site) -> None:
    """The membership is over: the same session, at once, is told why and what to do."""
    for address in ("/marque/", "/marque/kit/", "/marque/kit/tout/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403
        assert page.url == f"{site.url}{address}"  # no loop, no other page
        expect(page.get_by_text(f"L’adhésion de « {GARDEN} »")).to_be_visible()
    page.goto("/mon-espace/")
    expect(page.get_by_text(f"L’adhésion de « {GARDEN} »")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/marque/kit/")
    assert "/connexion/" in page.url
    assert "next=" in page.url
