"""The index of each database. Both are asked the same question and answer (entry, rank).

PostgreSQL: a generated column of vectors with the configuration ``fr_unaccent`` (migration).
SQLite: an FTS5 table of stems, written by ``store``. docs/decisions/search.md tells what differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from .words import stem, stems_of

if TYPE_CHECKING:
    from ..models.search import SearchEntry
    from .question import Question, Term

CONFIGURATIONS = {"fr": "fr_unaccent", "en": "en_unaccent"}


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


# --- writing ----------------------------------------------------------------------------------


def store(entries: Sequence[SearchEntry]) -> None:
    """Write entries into the database's own index, where it does not do so by itself."""
    if is_postgres() or not entries:
        return
    with connection.cursor() as cursor:
        ids = [(entry.pk,) for entry in entries]
        cursor.executemany("DELETE FROM core_searchindex WHERE rowid = %s", ids)
        cursor.executemany(
            "INSERT INTO core_searchindex (rowid, title, summary, body) VALUES (%s, %s, %s, %s)",
            [
                (
                    entry.pk,
                    entry.title_terms.replace("|", " "),
                    " ".join(stems_of(entry.summary, entry.language)),
                    " ".join(stems_of(entry.body, entry.language)),
                )
                for entry in entries
            ],
        )


def forget(ids: Sequence[int]) -> None:
    """Take entries out of the database's own index."""
    if is_postgres() or not ids:
        return
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM core_searchindex WHERE rowid = %s", [(pk,) for pk in ids])


# --- asking -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matching:
    """SQL of the entries ``e`` that answer: what follows FROM and WHERE, and their rank.

    The larger the rank, the better the match. Parameters stand in the order of the statement.
    """

    source: str
    where: str
    rank: str
    parameters: list[str | int]


def matching(
    question: Question, reach: str, within: list[str], limit: int, *, titles_only: bool = False
) -> Matching:
    """The entries that answer and are within ``reach``, a condition with its parameters.

    PostgreSQL reads the vector of each match to rank it: for a common word, most of the index.
    Where there are more matches than ``limit``, those with all the words in their titles are
    ranked, the shortest titles first, and then any others; where there are fewer, all are.
    SQLite ranks quickly what it holds at the size it is meant for.
    """
    if not is_postgres():
        text = " AND ".join(_fts(term, question.language) for term in question.terms)
        source = (
            "core_searchindex JOIN core_searchentry e ON e.id = core_searchindex.rowid"
            " AND core_searchindex MATCH %s"
        )
        rank = "-bm25(core_searchindex, 10.0, 4.0, 1.0)"
        return Matching(
            source, reach, rank, [f"title : ({text})" if titles_only else text, *within]
        )
    configuration = CONFIGURATIONS.get(question.language, "fr_unaccent")
    words = " & ".join(_tsquery(term) for term in question.terms)
    asked = f"to_tsquery('{configuration}', %s)"
    some = "SELECT e.id FROM core_searchentry e WHERE "
    titles = f"{some} e.title_vector @@ {asked} AND {reach}"
    texts = f"{some} e.vector @@ {asked} AND {reach}"
    source = f"core_searchentry e CROSS JOIN {asked} q"
    first: list[str | int] = [words, words, *within]
    if titles_only:
        rank = "ts_rank(e.title_vector, q, 1)"
        return Matching(source, f"e.id IN ({titles} LIMIT %s)", rank, [*first, limit])
    best = f"({titles} ORDER BY length(e.title_terms), e.id LIMIT %s)"
    return Matching(
        source,
        f"e.id IN ({best} UNION ({texts} LIMIT %s))",
        "ts_rank('{0.05, 0.1, 0.4, 1.0}', e.vector, q, 1)",
        [*first, limit // 2, words, *within, limit],
    )


def _tsquery(term: Term) -> str:
    """A term for ``to_tsquery``. Words hold letters and digits only: nothing to escape."""
    parts = [f"'{' '.join(choice)}'" for choice in term.choices]
    if term.prefix:
        parts.append(f"'{term.choices[0][-1]}':*")
    return f"({' | '.join(parts)})"


def _fts(term: Term, language: str) -> str:
    """A term for FTS5. A phrase keeps its small words, as the index does."""
    parts = []
    for choice in term.choices:
        stems = " ".join(stem(word, language) for word in choice)
        parts.append(f'"{stems}"')
    if term.prefix:
        parts.append(f'"{term.choices[0][-1]}"*')
    return f"({' OR '.join(parts)})"


# --- words that look alike ----------------------------------------------------------------------


def similar_words(word: str, language: str, limit: int) -> list[tuple[str, str]]:
    """(folded, written) words of the index that look like ``word``, most alike first or not."""
    if is_postgres():
        sql = (
            "SELECT folded, word FROM core_searchword WHERE language = %s AND folded %% %s"
            " ORDER BY similarity(folded, %s) DESC LIMIT %s"
        )
        parameters: list[str | int] = [language, word, word, limit]
    else:
        # No trigrams here: words of about this length that begin or end alike.
        sql = (
            "SELECT folded, word FROM core_searchword WHERE language = %s"
            " AND length(folded) BETWEEN %s AND %s"
            " AND (substr(folded, 1, 2) = %s OR substr(folded, -3) = %s"
            " OR substr(folded, 1, 1) = %s AND substr(folded, -1) = %s) LIMIT %s"
        )
        size = len(word)
        parameters = [language, size - 2, size + 2, word[:2], word[-3:], word[0], word[-1], 3000]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(str(folded), str(written)) for folded, written in cursor.fetchall()]
