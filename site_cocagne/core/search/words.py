"""Words as the search compares them: folded (no accent, no capital), then cut to their stem.

The same steps as PostgreSQL's configuration ``fr_unaccent``: first the accents and ligatures
go, then Snowball's French stemmer cuts. « maraîchères », « maraichère » and « MARAICHER »
are one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ﬁ": "fi"})
WORD = re.compile(r"[^\W_]+")
# Endings of inclusive writing are no words: salarié·e·s is « salariés ».
INCLUSIVE = re.compile(r"(?<=\w)[·•.](?:e|ne|le|rice|trice|ère|te|euse|ses?)?s?(?:[·•.]s)?(?=\b)")
MAX_WORD = 40

# Words that carry no meaning of their own are looked for inside phrases only.
STOP_WORDS = {
    "fr": frozenset(
        [
            "a",
            "ai",
            "as",
            "au",
            "aux",
            "avec",
            "c",
            "ce",
            "ces",
            "cet",
            "cette",
            "comment",
            "d",
            "dans",
            "de",
            "des",
            "du",
            "elle",
            "en",
            "est",
            "et",
            "etre",
            "eu",
            "faire",
            "il",
            "ils",
            "j",
            "je",
            "l",
            "la",
            "le",
            "les",
            "leur",
            "leurs",
            "lui",
            "m",
            "ma",
            "mais",
            "me",
            "mes",
            "mon",
            "n",
            "ne",
            "nos",
            "notre",
            "nous",
            "on",
            "ont",
            "ou",
            "par",
            "pas",
            "plus",
            "pour",
            "qu",
            "que",
            "quel",
            "quelle",
            "quelles",
            "quels",
            "qui",
            "quoi",
            "s",
            "sa",
            "sans",
            "se",
            "ses",
            "son",
            "sont",
            "sous",
            "sur",
            "t",
            "ta",
            "te",
            "tes",
            "toi",
            "ton",
            "tu",
            "un",
            "une",
            "vos",
            "votre",
            "vous",
            "y",
        ]
    ),
    "en": frozenset(
        [
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "by",
            "for",
            "from",
            "has",
            "have",
            "how",
            "i",
            "in",
            "is",
            "it",
            "its",
            "of",
            "on",
            "or",
            "that",
            "the",
            "their",
            "this",
            "to",
            "was",
            "we",
            "what",
            "when",
            "where",
            "which",
            "with",
            "you",
            "your",
        ]
    ),
}
STEMMERS = {"fr": "french", "en": "english"}


def fold(text: str) -> str:
    """``text`` without accents, ligatures and capitals; its length may change."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def tidy(text: str) -> str:
    """``text`` without the endings of inclusive writing."""
    return INCLUSIVE.sub("", text)


def words_of(text: str) -> list[str]:
    """Folded words of a text in their order, none longer than ``MAX_WORD``."""
    return [word[:MAX_WORD] for word in WORD.findall(fold(tidy(text)))]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Stem of a folded word."""
    stemmer = snowballstemmer.stemmer(STEMMERS.get(language, "french"))
    return str(stemmer.stemWord(word))


def stems_of(text: str, language: str) -> list[str]:
    return [stem(word, language) for word in words_of(text)]


def is_stop_word(word: str, language: str) -> bool:
    return word in STOP_WORDS.get(language, STOP_WORDS["fr"])


def spelled_words(text: str) -> Iterator[tuple[str, str]]:
    """(folded, as written) of the words of a text worth proposing to somebody who mistypes."""
    for match in WORD.finditer(tidy(text)):
        written = match.group().lower()
        if 4 <= len(written) <= MAX_WORD and not written.isdigit():
            yield fold(written)[:MAX_WORD], written
