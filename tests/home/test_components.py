"""The living page of components, the widths of previews, the admin in the site's colours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale

from home.components import site_blocks
from home.models import HomePage
from members.models import User
from site_cocagne.core.blocks.story import ContactBlock
from site_cocagne.core.models import Contact

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/composants/"


def test_every_block_is_shown_from_its_preview(
    home: HomePage, redactrice: User, logged_in: Callable[[User], Client]
) -> None:
    response = logged_in(redactrice).get(ADDRESS)
    assert response.status_code == 200
    text = response.content.decode()
    shown = site_blocks()
    assert text.count("living__frame") == len(shown) > 20
    for words in ("Cultiver, apprendre, repartir", "Bien vivre son métier", "Annulé", "Reporté"):
        assert words in text
    assert 'id="faux_name_error"' in text
    assert 'id="vide_name_error"' not in text


def test_an_example_speaks_the_language_of_the_editor(home: HomePage) -> None:
    for code, name in (("en", "Development team"), ("fr", "Pôle développement")):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        Contact.objects.create(name=name, locale=locale)
    for code, name in (("en", "Development team"), ("fr", "Pôle développement")):
        with override(code):
            assert ContactBlock().get_preview_value()["contact"].name == name


def test_blocks_are_found_in_every_family() -> None:
    names = {type(block).__name__ for block in site_blocks()}
    assert {"HeroBlock", "QuoteBlock", "TopicBlock", "StepBlock", "RecordingBlock"} <= names
    assert "PagesSectionBlock" in names  # of the letters
    assert len(names) == len(site_blocks())


def test_the_living_page_is_for_those_who_enter_the_admin(
    home: HomePage, adherent: User, client: Client, logged_in: Callable[[User], Client]
) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert logged_in(adherent).get(ADDRESS).status_code in (302, 403)


def test_a_page_is_previewed_at_the_three_widths() -> None:
    sizes = HomePage(title="Accueil").preview_sizes
    assert [size["device_width"] for size in sizes] == [360, 768, 1280]


def test_the_admin_wears_the_colours_of_the_site(
    home: HomePage, redactrice: User, logged_in: Callable[[User], Client]
) -> None:
    assert "site/css/admin.css" in logged_in(redactrice).get("/admin/").content.decode()
