"""What outsiders may not read, from audiences, page types and restrictions as they are stored."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.search import index

from site_cocagne.core.access import audience_models, reserved_models
from site_cocagne.core.models import Audience, BasePage, Door

RUN = 7  # words in a row that two texts do not share by chance
SHORTEST_TITLE = 3  # words
FACTS = ("place", "address", "online_link")  # of an event
TAGS = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL)
WORD = re.compile(r"\w+")


@dataclass
class Closed:
    """What is shut to one outsider: keys of published pages, and those whose door is shown."""

    pages: set[int] = field(default_factory=set)
    doors: set[int] = field(default_factory=set)


def closed_to(*, logged_in: bool) -> Closed:
    """What an outsider may not read: nobody in particular, or an account with no affiliation."""
    asked, hidden = _asked_by_editors()
    restricted = _restricted(logged_in=logged_in)
    found = Closed()
    for kin in _kin():
        numbers = {page.pk for page in kin}
        counted = {page.pk for page in kin if page.live or page.first_published_at}
        if not (counted & asked or numbers & restricted):
            continue
        shut = {page.pk for page in kin if page.live}
        found.pages |= shut
        if not (counted & hidden or numbers & restricted):
            found.doors |= shut
    return found


def _asked_by_editors() -> tuple[set[int], set[int]]:
    """Pages that say they are for members; those of them that show nothing at all."""
    asked: set[int] = set()
    hidden: set[int] = set()
    for kind in audience_models():
        pages = kind._base_manager.filter(audience=Audience.MEMBERS)
        asked |= set(pages.values_list("pk", flat=True))
        hidden |= set(pages.filter(door=Door.HIDDEN).values_list("pk", flat=True))
    for kind in reserved_models():
        numbers = set(kind._base_manager.values_list("pk", flat=True))
        asked |= numbers
        hidden |= numbers
    return asked, hidden


def _restricted(*, logged_in: bool) -> set[int]:
    """Pages on or below one of Wagtail's restrictions that holds for this outsider."""
    rows = PageViewRestriction.objects.select_related("page")
    if logged_in:
        rows = rows.exclude(restriction_type=BaseViewRestriction.LOGIN)
    found: set[int] = set()
    for row in rows:
        below = Page.objects.filter(path__startswith=row.page.path)
        found |= set(below.values_list("pk", flat=True))
    return found


def _kin() -> Iterator[list[Any]]:
    """Pages in groups that stand or fall together: translations and aliases."""
    pages = list(
        Page.objects.filter(depth__gte=2).only(
            *("pk", "translation_key", "alias_of", "live", "first_published_at")
        )
    )
    keys = {page.pk: page.translation_key for page in pages}
    leader: dict[Any, Any] = {key: key for key in keys.values()}

    def find(key: Any) -> Any:
        while leader[key] != key:
            key = leader[key]
        return key

    for page in pages:
        if page.alias_of_id in keys:
            leader[find(page.translation_key)] = find(keys[page.alias_of_id])
    groups: dict[Any, list[Any]] = defaultdict(list)
    for page in pages:
        groups[find(page.translation_key)].append(page)
    yield from groups.values()


def used_by(pages: Iterable[int], model: type[Any]) -> list[Any]:
    """Documents or pictures to which these pages refer."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pages],
        to_content_type=ContentType.objects.get_for_model(model),
    )
    numbers = {int(pk) for pk in rows.values_list("to_object_id", flat=True)}
    return list(model._default_manager.filter(pk__in=numbers).order_by("pk"))


# --- the words of what is closed --------------------------------------------------------------


def body_of(page: Any) -> str:
    """Text of the fields of a page besides title and summary; names of its labels are no secret."""
    parts: list[str] = []
    for one in page.get_search_fields():
        if isinstance(one, index.SearchField) and one.field_name not in {"title", "summary"}:
            value = one.get_value(page)
            parts += map(str, value) if isinstance(value, list) else [str(value or "")]
    for name in FACTS:
        parts.append(str(getattr(page, name, "") or ""))
    return "\n".join(parts)


def words_of(text: str) -> list[str]:
    """Words without accents and case, as they come; tags and scripts are no words."""
    folded = unicodedata.normalize("NFKD", TAGS.sub(" ", text)).casefold()
    return WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign)))


def runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(length)), strict=False)


class Secrets:
    """Runs of words that stand in what is closed and nowhere in what is open."""

    def __init__(self, closed: Closed) -> None:
        self.found: dict[tuple[str, ...], int] = {}
        self.lengths = {RUN}
        shown: list[list[str]] = []
        for page in Page.objects.filter(depth__gte=2, live=True).specific().iterator(100):
            if not isinstance(page, BasePage):
                continue
            card = words_of(f"{page.title} {page.summary}")
            if page.pk not in closed.pages:
                shown.append([*card, *words_of(body_of(page))])
                continue
            if page.pk in closed.doors:
                shown.append(card)
            self._keep(page, hidden=page.pk not in closed.doors)
        for words in shown:
            for length in self.lengths:
                for run in runs(words, length):
                    self.found.pop(run, None)

    def _keep(self, page: Any, *, hidden: bool) -> None:
        for run in runs(words_of(body_of(page)), RUN):
            self.found.setdefault(run, page.pk)
        title = tuple(words_of(page.title))
        if hidden and len(title) >= SHORTEST_TITLE:
            self.lengths.add(len(title))
            self.found.setdefault(title, page.pk)

    def told_in(self, text: str) -> dict[int, str]:
        """Pages whose words stand in a text, each with the first of them."""
        words = words_of(text)
        told: dict[int, str] = {}
        for length in self.lengths:
            for run in runs(words, length):
                if run in self.found:
                    told.setdefault(self.found[run], " ".join(run))
        return told
