"""The quality gate: the same rules when a page is submitted and every night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from site_cocagne.core import access
from site_cocagne.core.models import SiteImage

from .quality_documents import trouble_with, uses_in

# Words that say nothing of where a link leads, as somebody hears them who lists the links.
EMPTY_WORDS = frozenset(
    {"", "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "en savoir plus", "lire la suite"}
    | {"here", "click here", "read more", "link"}
)


class Weight(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which field of the page's form, and whether it keeps the page back."""

    field: str
    message: str
    weight: Weight = Weight.ERROR
    # Of a list of rows the one that is meant.
    row: Any = attribute(default=None, compare=False)

    @property
    def blocks(self) -> bool:
        return self.weight is Weight.ERROR


def faults_of(page: Page) -> list[Fault]:
    """Everything wrong with a page as it stands in memory, in the order of its fields."""
    found = [*of_summary(page), *of_picture(page)]
    told = list(stories(page))
    above: dict[str, int] = getattr(page, "heading_above", {})
    for name, pieces in told:
        found += of_headings(name, pieces, above=above.get(name, 1))
        found += of_pictures(name, pieces)
        found += of_tables(name, pieces)
        found += of_links(page, name, pieces)
    for use in uses_in(page, told):
        for message in trouble_with(page, use):
            found.append(Fault(use.field, message, Weight.WARNING, use.row))
    return found


# --- reading a page -----------------------------------------------------------------------------


def stories(page: Page) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """For each field of text: its name and the pieces in it, as (name of the block, value)."""
    for each in page._meta.get_fields():
        if isinstance(each, StreamField):
            yield each.name, list(walk(getattr(page, each.name)))
        elif isinstance(each, RichTextField):
            yield each.name, [("rich_text", RichText(getattr(page, each.name) or ""))]


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, StreamValue):
        children = [(child.block_type, child.value) for child in value]
    elif isinstance(value, StructValue):
        children = list(value.items())
    elif isinstance(value, ListValue):
        children = [("item", item) for item in value]
    elif isinstance(value, TypedTable):
        children = [("cell", cell.value) for row in value.rows for cell in row]
    else:
        return
    for name, child in children:
        yield name, child
        yield from walk(child)


# --- the rules ------------------------------------------------------------------------------------


def of_summary(page: Page) -> Iterator[Fault]:
    if hasattr(page, "summary") and page.depth != 2 and not page.summary.strip():
        yield Fault("summary", _("Lists and search engines show the summary: write one."))
    if not page.search_description and not getattr(page, "summary", ""):
        yield Fault("search_description", _("No description for search engines."), Weight.WARNING)


def of_picture(page: Page) -> Iterator[Fault]:
    picture = getattr(page, "picture", None)
    if picture is not None and not picture.description.strip():
        yield Fault("picture", without_words(picture))


def of_pictures(name: str, pieces: list[tuple[str, Any]]) -> Iterator[Fault]:
    for _block, value in pieces:
        if isinstance(value, SiteImage):
            words = getattr(value, "contextual_alt_text", None) or value.description
            if not getattr(value, "decorative", False) and not words.strip():
                yield Fault(name, without_words(value))


def without_words(picture: SiteImage) -> str:
    return _("The picture “%(title)s” has no alternative text: say what it shows.") % {
        "title": picture.title
    }


def of_headings(name: str, pieces: list[tuple[str, Any]], above: int = 1) -> Iterator[Fault]:
    """Levels go down one at a time, from that of the heading ``above`` the field."""
    level = above
    for _block, value in pieces:
        if not (isinstance(value, StructValue) and str(value.get("level", "")).startswith("h")):
            continue
        next_level = int(str(value["level"])[1:])
        if next_level > level + 1:
            yield Fault(
                name,
                _("The heading “%(text)s” skips a level.") % {"text": value.get("text", "")},
            )
        level = next_level


def of_tables(name: str, pieces: list[tuple[str, Any]]) -> Iterator[Fault]:
    for _block, value in pieces:
        if isinstance(value, TypedTable) and not all(
            str(column.get("heading") or "").strip() for column in value.columns
        ):
            yield Fault(name, _("A table has a column without a heading."))


def of_links(page: Page, name: str, pieces: list[tuple[str, Any]]) -> Iterator[Fault]:
    anchors = [
        anchor
        for _block, value in pieces
        if isinstance(value, RichText)
        for anchor in BeautifulSoup(value.source, "html.parser").find_all("a")
    ]
    for anchor in anchors:
        words = " ".join(anchor.get_text().split())
        if words.casefold().strip(" .…!") in EMPTY_WORDS:
            yield Fault(
                name, _("The link “%(words)s” does not say where it leads.") % {"words": words}
            )
    chosen = [value for _block, value in pieces if isinstance(value, Page)]
    named = [str(a.get("id", "")) for a in anchors if a.get("linktype") == "page"]
    ids = {int(pk) for pk in named if pk.isascii() and pk.isdigit()}
    targets = {target.pk: target for target in Page.objects.filter(pk__in=ids)}
    for gone in ids - targets.keys():
        yield Fault(name, _("A link leads to a page that was deleted (%(pk)s).") % {"pk": gone})
    for target in [*targets.values(), *chosen]:
        yield from of_target(page, name, target)


def of_target(page: Page, name: str, target: Page) -> Iterator[Fault]:
    words = {"title": target.title}
    if not target.live:
        yield Fault(name, _("A link leads to “%(title)s”, which is not online.") % words)
    elif access.is_reserved(target) and not access.is_reserved(page):
        message = _("A link of this public page leads to “%(title)s”, which is for members.")
        yield Fault(name, message % words, Weight.WARNING)
