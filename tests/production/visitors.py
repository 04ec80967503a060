"""People who read the site while something is broken, and notice what they must never see."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.nodes import Answer, Browser, Nodes

# Stands on every page of the site, on its errors and on those of nginx.
LOOK = ('lang="fr"', "Réseau Cocagne")


@dataclass
class Reader:
    """Who asks for what. ``word`` stands on every page of theirs, and on nobody else's."""

    addresses: Sequence[str]
    browser: Browser | None = None
    word: str = ""


@dataclass
class Seen:
    """What all of them saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    # Nobody answered at all: nginx itself was gone.
    cut: int = 0
    # Errors that do not look like the site.
    bare: list[str] = field(default_factory=list)
    # Answers with the word of somebody else, or without one's own.
    strange: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.statuses.total() + self.cut

    def note(self, reader: Reader, address: str, answer: Answer, words: Sequence[str]) -> None:
        self.statuses[answer.status] += 1
        said = f"{address} {answer.status}: {answer.text[:200]}"
        if answer.status >= 400 and not all(each in answer.text for each in LOOK):
            self.bare.append(said)
        others = [word for word in words if word and word != reader.word and word in answer.text]
        if others or (answer.status == 200 and reader.word not in answer.text):
            self.strange.append(said)


@contextmanager
def reading(nodes: Nodes, readers: Sequence[Reader]) -> Iterator[Seen]:
    """They read until the end of the block, each in a thread."""
    seen, stop = Seen(), threading.Event()
    words = [reader.word for reader in readers]

    def read(reader: Reader) -> None:
        number = 0
        while not stop.is_set():
            address = reader.addresses[number % len(reader.addresses)]
            number += 1
            browser = dict(reader.browser) if reader.browser else None
            try:
                seen.note(reader, address, nodes.get(address, 0, browser), words)
            except (OSError, http.client.HTTPException):
                seen.cut += 1
            time.sleep(0.01)

    threads = [threading.Thread(target=read, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()
