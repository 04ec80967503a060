"""What somebody asked: words that must all be there, phrases in « » or quotes, synonyms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..memo import remember
from ..models.search import SynonymGroup
from .words import is_stop_word, stem, words_of

MAX_WORDS = 12  # of a question; what follows is left aside
MAX_SYNONYMS = 8  # of one word
PHRASE = re.compile(r'["«“”]\s*([^"«»“”]+?)\s*["»”“]')


@dataclass(frozen=True)
class Term:
    """One thing that must be found: any of ``choices``, each a list of folded words in a row.

    ``prefix`` where the last word may go on (the visitor may still be typing it).
    """

    choices: tuple[tuple[str, ...], ...]
    prefix: bool = False


@dataclass(frozen=True)
class Question:
    text: str
    language: str
    terms: tuple[Term, ...] = field(default=())
    cut: bool = False  # more words than are looked for

    def __bool__(self) -> bool:
        return bool(self.terms)

    @cached_property
    def stems(self) -> list[tuple[str, bool]]:
        """Each stem looked for, and whether it may be the beginning of one."""
        found = []
        for term in self.terms:
            for choice in term.choices:
                found += [(stem(word, self.language), False) for word in choice]
            if term.prefix:
                found.append((term.choices[0][-1], True))
        return list(dict.fromkeys(found))

    def coverage(self, title_terms: str) -> float:
        """Share of the terms that a title answers, in 0–1; a title of nothing else gets 1.5."""
        met = sum(self._meets(term, title_terms) for term in self.terms)
        share = met / len(self.terms)
        length = len(title_terms.partition("|")[0].split())
        asked = sum(len(term.choices[0]) for term in self.terms)
        return 1.5 if share == 1 and length <= asked else share

    def _meets(self, term: Term, title_terms: str) -> bool:
        for choice in term.choices:
            row = " ".join(stem(word, self.language) for word in choice)
            if f" {row} " in title_terms:
                return True
        return term.prefix and f" {term.choices[0][-1]}" in title_terms


def ask(text: str, language: str) -> Question:
    """Cut what was typed into terms. Words without meaning count only inside phrases."""
    phrases = [tuple(words_of(match)) for match in PHRASE.findall(text)]
    rest = words_of(PHRASE.sub(" ", text))
    cut = len(rest) > MAX_WORDS
    rest = rest[:MAX_WORDS]
    synonyms = synonyms_of(language)
    terms = [Term((phrase[:MAX_WORDS],)) for phrase in phrases[:4] if phrase]
    terms += _free_terms(rest, language, synonyms, typing=not text.endswith(('"', "»", "”", " ")))
    return Question(text, language, tuple(terms), cut)


def _free_terms(
    words: list[str], language: str, synonyms: dict[str, list[list[str]]], *, typing: bool
) -> list[Term]:
    """Terms of the words outside phrases; an expression with synonyms is taken whole."""
    terms: list[Term] = []
    position = 0
    while position < len(words):
        length, others = _expression_at(words, position, language, synonyms)
        row = tuple(words[position : position + length])
        last = position + length == len(words)
        position += length
        if others:
            terms.append(Term((row, *map(tuple, others)), prefix=False))
        elif not is_stop_word(row[0], language):
            terms.append(Term((row,), prefix=last and typing and len(row[0]) > 2))
    return terms


def _expression_at(
    words: list[str], position: int, language: str, synonyms: dict[str, list[list[str]]]
) -> tuple[int, list[list[str]]]:
    """Length of the longest expression with synonyms at this word, and the synonyms."""
    for length in range(min(6, len(words) - position), 0, -1):
        key = " ".join(stem(word, language) for word in words[position : position + length])
        if key in synonyms:
            return length, synonyms[key][:MAX_SYNONYMS]
    return 1, []


def synonyms_of(language: str) -> dict[str, list[list[str]]]:
    """Expressions of a language, as their stems in a row, and the words of their synonyms."""
    return remember(f"synonyms:{language}", lambda: _read_synonyms(language))


def _read_synonyms(language: str) -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = {}
    for group in SynonymGroup.objects.filter(language=language):
        rows = [words for part in group.expressions if (words := words_of(part))]
        for row in rows:
            key = " ".join(stem(word, language) for word in row)
            known.setdefault(key, []).extend(other for other in rows if other != row)
    return known
