"""The search itself: what matches, who may see it, in which order, in which groups.

Matches are asked of the index, at most ``MAX_MATCHES``, best first; those who are neither
members nor at work on a section are not even matched with reserved entries. Then the verbs of
``core.access`` say which of them this person may read, and everything that is shown (hits,
order, counts, extracts, suggestions, proposals) is worked out from that list alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from wagtail.models import Page

from .. import access
from ..memo import remember
from ..models.audience import Exposure
from ..models.media import SiteDocument
from ..models.search import SearchEntry, SearchPin
from . import engines
from .question import Question, ask
from .words import fold, stem, words_of

MAX_MATCHES = 500
MAX_RANKED = 200  # titles that begin like what is typed, from which the best are taken
MAX_SUGGESTIONS = 8
MAX_PINS = 3
PROPOSALS = 3  # words tried in the place of one


@dataclass(frozen=True)
class Match:
    """An entry that answers. ``rank`` compares within one search only."""

    entry: int
    page: int | None
    document: int | None
    group: str
    rank: float
    title: str = ""
    pinned: bool = False


@dataclass(frozen=True)
class Found:
    """What one person found: matches best first, and their number by group."""

    question: Question
    matches: list[Match]
    more: bool = False  # there are more than are counted
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.matches)

    def of_group(self, group: str) -> list[Match]:
        return [match for match in self.matches if not group or match.group == group]


def search(question: Question, user: Any) -> Found:
    """What ``user`` may read in full of what answers. Four queries, however much there is."""
    if not question:
        return Found(question, [])
    matches = visible(_matches(question, user, MAX_MATCHES + 1), user)
    more = len(matches) > MAX_MATCHES
    pinned = pins(question, user)
    keys = {match.page for match in pinned}
    matches = pinned + [match for match in matches[:MAX_MATCHES] if match.page not in keys]
    counts: dict[str, int] = {}
    for match in matches:
        counts[match.group] = counts.get(match.group, 0) + 1
    return Found(question, matches, more, counts)


@dataclass(frozen=True)
class Suggestion:
    """A title that begins like what is typed, and the page or document that has it."""

    title: str
    group: str
    thing: Any


def suggestions(text: str, language: str, user: Any) -> list[Suggestion]:
    """Titles that begin like what is being typed (three queries)."""
    question = ask(text, language)
    if not question:
        return []
    found = _matches(question, user, 4 * MAX_SUGGESTIONS, titles_only=True)
    pages: Any = Page.objects.filter(pk__in=[m.page for m in found if m.page])
    # Four times as many as are shown, so no more of each than its address takes.
    pages = access.visible_to(user, pages).only("url_path", "locale", "content_type", "depth")
    things: dict[tuple[str, int | None], Any] = {("page", page.pk): page for page in pages}
    if documents := [m.document for m in found if m.document]:
        kept = access.visible_to(user, SiteDocument.objects.filter(pk__in=documents))
        things |= {("document", document.pk): document for document in kept}
    answer = []
    for match in found:
        key = ("page", match.page) if match.page else ("document", match.document)
        if key in things:
            answer.append(Suggestion(match.title, match.group, things[key]))
    return answer[:MAX_SUGGESTIONS]


def visible(matches: list[Match], user: Any) -> list[Match]:
    """The matches that this person may read in full, in their order."""
    pages = [match.page for match in matches if match.page is not None]
    documents = [match.document for match in matches if match.document is not None]
    seen_pages = set(
        access.visible_to(user, Page.objects.filter(pk__in=pages)).values_list("pk", flat=True)
        if pages
        else []
    )
    seen_documents = set(
        access.visible_to(user, SiteDocument.objects.filter(pk__in=documents)).values_list(
            "pk", flat=True
        )
        if documents
        else []
    )
    return [
        match
        for match in matches
        if match.page in seen_pages or (match.page is None and match.document in seen_documents)
    ]


def _matches(
    question: Question, user: Any, limit: int, *, titles_only: bool = False
) -> list[Match]:
    """Entries that answer, best first: by their titles, then by the rank of the index."""
    reach, within = "e.language IN (%s, '')", [question.language]
    if not (access.is_member(user) or access.is_superuser(user) or access.working_paths(user)):
        reach += " AND e.exposure = %s"
        within.append(str(int(Exposure.OPEN)))
    how = engines.matching(question, reach, within, max(limit, MAX_RANKED), titles_only=titles_only)
    sql = (
        f"SELECT e.id, e.page_id, e.document_id, e.{_quoted('group')}, {how.rank} AS rank,"  # noqa: S608
        f" e.title, e.title_terms FROM {how.source} WHERE {how.where}"
        " ORDER BY rank DESC, e.changed_at DESC, e.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*how.parameters, limit])
        rows = cursor.fetchall()
    found = [
        (question.coverage(terms), Match(entry, page, document, group, float(rank), title))
        for entry, page, document, group, rank, title, terms in rows
    ]
    # Stable: entries whose titles answer alike stay in the order of the index.
    found.sort(key=lambda pair: -pair[0])
    return [match for _coverage, match in found]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def pins(question: Question, user: Any) -> list[Match]:
    """Pages that the team wants first for exactly these words."""
    asked = sorted(stem(word, question.language) for word in words_of(question.text))
    keys = [key for key, stems in _pinned(question.language) if stems == asked][:MAX_PINS]
    if not keys:
        return []
    entries = SearchEntry.objects.filter(page_id__in=keys, language=question.language)
    by_page = {entry.page_id: entry for entry in entries.only("pk", "page_id", "group")}
    matches = [
        Match(by_page[key].pk, key, None, by_page[key].group, 0.0, pinned=True)
        for key in keys
        if key in by_page
    ]
    return visible(matches, user)


def _pinned(language: str) -> list[tuple[int, list[str]]]:
    def read() -> list[tuple[int, list[str]]]:
        return [
            (pin.page_id, sorted(stem(word, language) for word in words_of(words)))
            for pin in SearchPin.objects.filter(page__locale__language_code=language)
            for words in pin.words.split(",")
        ]

    return remember(f"pins:{language}", read)


# --- a mistyped word ----------------------------------------------------------------------------


def propose(question: Question, user: Any) -> str:
    """Other words to try where nothing was found: they do find something, for this person.

    Only words of open texts are proposed, and only if the search with them answers.
    """
    words = [word for term in question.terms for word in term.choices[0]]
    options = [_nearest(word, question.language) for word in words[:4]]
    if not any(options):
        return ""
    for attempt in range(PROPOSALS):
        tried = [
            choices[min(attempt, len(choices) - 1)] if choices else word
            for word, choices in zip(words, options, strict=False)
        ]
        text = " ".join(tried)
        if fold(text) != " ".join(words) and search(ask(text, question.language), user).total:
            return text
    return ""


def _nearest(word: str, language: str) -> list[str]:
    """Words of the index one or two slips away from ``word``; itself where it is known."""
    if len(word) < 4 or word.isdigit():
        return [word]
    allowed = 1 if len(word) < 6 else 2
    scored = []
    for folded, written in engines.similar_words(word, language, 40):
        if folded == word:
            return [written]
        distance = slips(word, folded, allowed)
        if distance <= allowed:
            scored.append((distance, folded, written))
    return [written for _distance, _folded, written in sorted(scored)[:PROPOSALS]]


def slips(one: str, other: str, most: int) -> int:
    """Letters added, lost, changed or swapped between two words; ``most + 1`` if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
