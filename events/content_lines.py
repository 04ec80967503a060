"""Content lines of a calendar (RFC 5545, 3.1), written fast.

The values are those of the icalendar library, which knows how each type is written and escaped.
Its own way from a value to a line goes character by character and costs most of a millisecond an
event: too much for a feed of hundreds.
"""

from __future__ import annotations

from typing import Any

LONGEST = 75  # octets of a line, without its break
BREAK = b"\r\n"


def content_line(name: str, value: Any, **parameters: str) -> bytes:
    """A line with its break: the parameters of the value itself, then those given here.

    ``value``: one of the library's, or a plain word that needs no escape (a status, a number).
    """
    if type(value) is str:
        content = value.encode()
    else:
        written = value.to_ical()
        content = written if type(written) is bytes else str(written).encode()
        for key, word in value.params.items():
            name += f";{key}={word}"
    for key, word in parameters.items():
        name += f";{key}={word}"
    return fold(b"%b:%b" % (name.encode(), content)) + BREAK


def fold(line: bytes) -> bytes:
    """A line in pieces of 75 octets; no character and no escape is cut in two."""
    if len(line) <= LONGEST:
        return line
    pieces, start, room = [], 0, LONGEST
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # inside a character of UTF-8
            end -= 1
        before = line[start:end]
        if (len(before) - len(before.rstrip(b"\\"))) % 2:  # between a backslash and its letter
            end -= 1
        pieces.append(line[start:end])
        start, room = end, LONGEST - 1  # a folded line begins with a space
    pieces.append(line[start:])
    return (BREAK + b" ").join(pieces)
