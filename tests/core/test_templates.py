"""Rules that every template keeps and that the linter does not know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from site_cocagne.core.templatetags.site_tags import breakable

FOLDER = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
# Mail programs know no style sheet: what is styled in a message is styled in place.
PAGES = [name for name in TEMPLATES if not name.startswith("emails/")]

# Django reads a tag within one line only: one that goes on to the next is printed as text.
OPENED = re.compile(r"\{[%#](?:(?![%#]\}).)*$", re.MULTILINE)
# Nothing of a page runs or styles but the site's own files (Content-Security-Policy 'self').
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)(?![^>]*json)")
# A page asks nobody else for anything: no address of another host where a browser fetches.
FETCHED_ELSEWHERE = re.compile(r"(?:\ssrc|\ssrcset|\saction|<link[^>]*\shref)=[\"'](?:https?:)?//")


def source(template: str) -> str:
    return (FOLDER / template).read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_compiles(template: str) -> None:
    get_template(template)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_tag_and_no_comment_spans_lines(template: str) -> None:
    assert OPENED.findall(source(template)) == []


@pytest.mark.parametrize("template", PAGES)
def test_nothing_inline_runs_or_styles(template: str) -> None:
    assert INLINE.findall(source(template)) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_fetched_from_elsewhere(template: str) -> None:
    assert FETCHED_ELSEWHERE.findall(source(template)) == []


def test_an_address_breaks_after_its_sign_and_stays_words() -> None:
    assert breakable("lea@exemple.org") == "lea@<wbr>exemple.org"
    assert breakable("<b>@exemple.org") == "&lt;b&gt;@<wbr>exemple.org"
    assert breakable("lea") == "lea"
