"""What may be wrong in a catalogue, said in a sentence for each case."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from . import catalogues
from .catalogues import Catalogue, Message, is_empty, key_of
from .typography import typographic_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polib

PLACEHOLDER = re.compile(
    r"%\(\w+\)[a-z]|%[sdif]"  # %(name)s, %s
    r"|(?<!\{)\{\w*(?:[.:!][^{}]*)?\}(?!\})"  # {name}
    r"|</?[a-zA-Z]\w*"  # the tags around them
)
SHOWN_CHARACTERS = 70


def problems(root: Path = catalogues.ROOT) -> list[str]:
    """Everything that keeps the catalogues from being complete and right; often nothing."""
    found: list[str] = []
    translations: dict[Message, dict[str, list[str]]] = defaultdict(dict)
    for catalogue in catalogues.catalogues(root):
        entries, unreadable = read(catalogue)
        where = catalogue.path.relative_to(root).as_posix()
        found += [f"{where}: {sentence}" for sentence in unreadable]
        if unreadable:
            continue
        wanted = catalogues.extract(catalogue, root)
        found += [f"{where}: {sentence}" for sentence in of_catalogue(entries, wanted)]
        for entry in entries:
            if not is_empty(entry):
                translations[key_of(entry)][catalogue.name] = translations_of(entry)
    return found + list(disagreements(translations))


def read(catalogue: Catalogue) -> tuple[list[polib.POEntry], list[str]]:
    """The entries of the file, or why it cannot be read (a merge left its marks, for instance)."""
    if not catalogue.path.exists():
        return [], []
    try:
        return catalogues.read_po(catalogue.path), []
    except (OSError, ValueError) as error:
        return [], [f"cannot be read: {str(error).splitlines()[0]}"]


def of_catalogue(entries: list[polib.POEntry], wanted: Iterable[Message]) -> Iterator[str]:
    wanted = set(wanted)
    present = Counter(key_of(entry) for entry in entries)
    for message in sorted(wanted - present.keys()):
        yield f"{shown(message)} is missing (make messages puts it in)"
    for message in sorted(present.keys() - wanted):
        yield f"{shown(message)} is used nowhere any more (make messages takes it out)"
    for message in sorted(message for message, times in present.items() if times > 1):
        yield f"{shown(message)} stands there more than once (make messages keeps one)"
    for entry in entries:
        yield from (f"{shown(key_of(entry))} {sentence}" for sentence in of_entry(entry))


def of_entry(entry: polib.POEntry) -> Iterator[str]:
    if is_empty(entry):
        yield "is not translated"
        return
    if entry.fuzzy:
        yield "is marked fuzzy: check it and take the mark off"
    # French uses the singular for nought too: both its forms need what the English plural has.
    expected = placeholders(entry.msgid_plural or entry.msgid)
    for text in translations_of(entry):
        if placeholders(text) != expected:
            difference = differences(expected, placeholders(text))
            yield f"has other placeholders or tags in French: {difference}"
        for fault in typographic_faults(text):
            yield f"in French, {fault}: {text!r}"


def translations_of(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return [text for _, text in sorted(entry.msgstr_plural.items())]
    return [entry.msgstr]


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def differences(expected: Counter[str], given: Counter[str]) -> str:
    parts = []
    if lacking := expected - given:
        parts.append("lacks " + ", ".join(sorted(lacking)))
    if added := given - expected:
        parts.append("adds " + ", ".join(sorted(added)))
    return "; ".join(parts)


def disagreements(translations: dict[Message, dict[str, list[str]]]) -> Iterator[str]:
    """The same words translated in two ways: Django merges all catalogues, and one would win."""
    for message, by_catalogue in sorted(translations.items()):
        if len({tuple(texts) for texts in by_catalogue.values()}) > 1:
            names = ", ".join(f"{name} {texts[0]!r}" for name, texts in by_catalogue.items())
            yield f"{shown(message)} is translated in two ways ({names}): agree, or give a context"


def shown(message: Message) -> str:
    """The message as a reader finds it in the file, shortened."""
    text = message.text
    if len(text) > SHOWN_CHARACTERS:
        text = text[: SHOWN_CHARACTERS - 1] + "…"
    return f"“{text}”" + (f" (context: {message.context})" if message.context else "")
