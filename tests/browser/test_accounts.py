"""Each account of a newcomer's machine enters, and finds what its role is for."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import OpenPage, Site


@pytest.mark.parametrize("account", ["redaction", "validation", "marque", "vie-du-reseau"])
def test_the_team_lands_on_the_desk(open_page: OpenPage, account: str) -> None:
    page = open_page(account)
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("body")).to_have_class("ready")


def test_a_member_finds_the_brand_kit_and_an_outsider_a_door(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page("adherente")
    page.goto("/marque/")
    assert page.url == f"{site.url}/marque/"
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    outsider = open_page()
    outsider.goto("/marque/")
    assert "/connexion/" in outsider.url


def test_a_forgotten_password_is_answered_by_mail(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.goto("/mon-espace/mot-de-passe/oublie/")
    page.fill("input[name=email]", "adherente@exemple.fr")
    page.press("input[name=email]", "Enter")
    page.wait_for_url("**/message-envoye/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert [mail["To"] for mail in site.mails("adherente@exemple.fr")] == ["adherente@exemple.fr"]
