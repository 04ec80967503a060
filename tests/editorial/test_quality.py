"""The quality gate: what keeps a page back, said at its field."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from editorial.quality import Weight, faults_of
from home.models import ContentPage, HomePage
from tests import factories


def story(*blocks: tuple[str, Any]) -> str:
    return json.dumps(
        [{"type": kind, "value": value, "id": str(n)} for n, (kind, value) in enumerate(blocks)]
    )


def link_to(page: Page, words: str = "notre agenda") -> tuple[str, str]:
    return "paragraph", f'<p><a linktype="page" id="{page.pk}">{words}</a></p>'


def found(page: Page, weight: Weight = Weight.ERROR) -> list[str]:
    return [fault.field for fault in faults_of(page) if fault.weight is weight]


def test_a_page_in_order_has_no_fault(home: HomePage) -> None:
    other = factories.content(home)
    page = factories.content(
        home,
        summary="Un résumé.",
        body=story(
            ("heading", {"text": "Un", "level": "h2"}),
            ("heading", {"text": "Deux", "level": "h3"}),
            link_to(other),
        ),
    )
    assert faults_of(page) == []


@pytest.mark.parametrize(
    "block",
    [
        ("heading", {"text": "Trop bas", "level": "h3"}),
        ("paragraph", '<p><a href="https://example.org/">cliquez ici</a></p>'),
        ("paragraph", '<p><a href="https://example.org/"></a></p>'),
        ("paragraph", '<p><a linktype="page" id="999999">une page</a></p>'),
        (
            "callout",
            {"title": "", "text": '<p><a href="https://a.fr/">Ici</a></p>', "tone": "note"},
        ),
    ],
)
def test_a_story_with_this_block_is_kept_back(home: HomePage, block: tuple[str, Any]) -> None:
    page = factories.content(home, summary="Un résumé.", body=story(block))
    assert found(page) == ["body"]


def test_a_link_to_a_draft_is_an_error_and_to_a_reserved_page_a_warning(home: HomePage) -> None:
    draft = factories.content(home, live=False)
    reserved = factories.content(home, audience="members")
    page = factories.content(home, summary="R.", body=story(link_to(draft), link_to(reserved)))
    assert found(page) == ["body"]
    assert found(page, Weight.WARNING) == ["body"]


def test_a_picture_says_what_it_shows(home: HomePage) -> None:
    page = factories.content(home, summary="R.", picture=factories.image())
    assert found(page) == ["picture"]
    described = factories.content(
        home, summary="R.", picture=factories.image(description="Une serre")
    )
    assert found(described) == []


def test_a_picture_inside_a_story_says_what_it_shows_or_that_it_only_decorates(
    home: HomePage,
) -> None:
    mute = factories.image()

    def kept_back(words: str, decorative: bool) -> list[str]:
        shown = {"image": mute.pk, "alt_text": words, "decorative": decorative}
        page = factories.content(home, summary="R.", body=story(("picture", {"image": shown})))
        return found(page)

    assert kept_back("", decorative=False) == ["body"]
    assert kept_back("Une serre au printemps", decorative=False) == []
    assert kept_back("", decorative=True) == []


@pytest.mark.parametrize(
    ("headings", "faults"), [(["Légume", "Poids"], []), (["Légume", "  "], ["body"])]
)
def test_every_column_of_a_table_has_a_heading(
    home: HomePage, headings: list[str], faults: list[str]
) -> None:
    table = {
        "columns": [{"type": "text", "heading": each} for each in headings],
        "rows": [{"values": ["Poireaux", "1 kg"]}],
        "caption": "",
    }
    block = ("table", {"caption": "Le panier de la semaine", "table": table})
    assert found(factories.content(home, summary="R.", body=story(block))) == faults


def test_submitting_without_a_summary_shows_the_error_at_the_field_and_saving_does_not(
    brouillon: ContentPage, redactrice: Any, edit: Any
) -> None:
    answer = edit(redactrice, brouillon, "action-submit", summary="")
    assert "summary" in answer.context["form"].errors
    assert not Page.objects.get(pk=brouillon.pk).workflow_in_progress
    assert edit(redactrice, brouillon, summary="").status_code == 302


def test_the_nightly_command_says_page_field_and_fault(home: HomePage) -> None:
    factories.content(home, slug="sans-resume", summary="")
    said = io.StringIO()
    call_command("run_checks", "--no-external", stdout=said)
    assert "sans-resume/ [summary]" in said.getvalue()
