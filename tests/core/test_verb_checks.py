"""The check that finds code which shows pages without asking who looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from site_cocagne.core import verb_checks
from site_cocagne.core.verb_checks import ALLOWED, code_asks_the_verbs, faults_in, our_sources


@pytest.mark.parametrize(
    "code",
    [
        "Page.objects.live()",
        "ResourcePage.objects.child_of(self).live().order_by('title')",
        "Page.objects.public()",
        "page.get_children()",
        "page.get_siblings(inclusive=False)",
        "ResourcePage.objects.all()",
        "SiteDocument._default_manager.all()",
        "pages.filter(locale=locale, live=True)",
        "pages.filter(Q(live=True) | mine)",
    ],
)
def test_a_raw_verb_is_found_with_the_function_it_stands_in(code: str) -> None:
    assert [row[:2] for row in faults_in(f"def shown(self):\n    return {code}\n")] == [
        (2, "shown")
    ]


@pytest.mark.parametrize(
    "code",
    [
        "access.visible_to(user, ResourcePage.objects.child_of(self))",
        "visible_to(user, SiteDocument.objects.all()).first()",
        "Garden.objects.all()",
        "pages.filter(live=False)",
        "self.rows.all()",
    ],
)
def test_what_asks_the_verbs_or_shows_no_page_is_left_alone(code: str) -> None:
    assert not list(faults_in(f"def shown(self):\n    return {code}\n"))


def test_the_check_fires_on_a_planted_file(tmp_path: Path, monkeypatch: Any) -> None:
    planted = tmp_path / "feeds.py"
    planted.write_text("def items(self):\n    return EventPage.objects.live()\n", encoding="utf-8")
    sources = [*our_sources(), ("events/planted.py", planted)]
    monkeypatch.setattr(verb_checks, "our_sources", lambda: iter(sources))
    (error,) = code_asks_the_verbs(None)
    assert error.id == "cocagne.E004"
    assert error.obj == "events/planted.py:2 (items)"


def test_the_code_passes_and_every_exception_has_a_reason_and_is_needed(
    monkeypatch: Any,
) -> None:
    assert code_asks_the_verbs(None) == []
    assert all(len(reason) > 20 for reason in ALLOWED.values())
    monkeypatch.setitem(verb_checks.ALLOWED, "home/models.py:gone", "a reason of old that is over")
    assert [error.id for error in code_asks_the_verbs(None)] == ["cocagne.E005"]
