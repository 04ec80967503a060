"""The passage of a text that answers a question, with the words found set apart."""

from __future__ import annotations

from dataclasses import dataclass

from .question import Question
from .words import WORD, fold, stem

LENGTH = 260  # characters of an extract
LOOKED_AT = 30_000  # characters of a text; what stands later is found, not shown


@dataclass(frozen=True)
class Piece:
    """Part of an extract; ``found`` where it answers."""

    text: str
    found: bool


def marked(text: str, question: Question) -> list[Piece]:
    """The whole of a short text, cut where words answer."""
    pieces: list[Piece] = []
    position = 0
    for start, end in _answers(text, question):
        if start > position:
            pieces.append(Piece(text[position:start], found=False))
        pieces.append(Piece(text[start:end], found=True))
        position = end
    if position < len(text):
        pieces.append(Piece(text[position:], found=False))
    return pieces


def extract(text: str, question: Question) -> list[Piece]:
    """About ``LENGTH`` characters around the first place where most of the words answer."""
    text = " ".join(text[:LOOKED_AT].split())
    answers = _answers(text, question)
    if not answers:
        return []
    best = max(
        answers,
        key=lambda span: (
            len({text[a:b].lower() for a, b in answers if span[0] <= a < span[0] + LENGTH}),
            -span[0],
        ),
    )
    start = max(0, best[0] - LENGTH // 4)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), best[1])
    pieces = marked(text[start:end], question)
    if start:
        pieces.insert(0, Piece("… ", found=False))
    if end < len(text):
        pieces.append(Piece(" …", found=False))
    return pieces


def _answers(text: str, question: Question) -> list[tuple[int, int]]:
    """Where words of ``text`` answer, as (start, end)."""
    whole = {value for value, is_prefix in question.stems if not is_prefix}
    prefixes = tuple(value for value, is_prefix in question.stems if is_prefix)
    known: dict[str, bool] = {}  # words come again and again
    spans = []
    for match in WORD.finditer(text):
        written = match.group()
        answers = known.get(written)
        if answers is None:
            word = fold(written)
            answers = stem(word, question.language) in whole or (
                bool(prefixes) and word.startswith(prefixes)
            )
            known[written] = answers
        if answers:
            spans.append(match.span())
            if len(spans) >= 400:
                break
    return spans
