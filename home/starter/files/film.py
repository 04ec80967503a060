"""Silent films: drawings that follow each other, as WebM with WebVTT captions.

A still WebP picture is one VP8 key frame, which is what a WebM film is made of; so Pillow’s
own encoder and a few dozen lines of container give a film that browsers play, without any
video programme. Sources: RFC 9649 (WebP), RFC 6386 (VP8), RFC 8794 and 9559 (EBML, Matroska).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image

from ..schema import Film

SIZE = (854, 534)  # pixels: the shape of the drawings
SHOT = 4200  # milliseconds a drawing stays
FADE = 8  # pictures of a passage from one drawing to the next
FADE_STEP = 80  # milliseconds each of them stays
QUALITY = 62

Draw = Callable[[str], Image.Image]


def webm(film: Film, draw: Draw) -> tuple[bytes, int]:
    """The film and its length in seconds."""
    shots = [
        draw(key).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS) for key, _ in film.shots
    ]
    clusters: list[tuple[int, bytes]] = []
    now = 0
    # The last picture comes twice, so that players keep it for its whole time.
    for frame, milliseconds in [*_frames(shots), (shots[-1], 0)]:
        # A simple block: track 1, at its cluster’s own time, key frame.
        block = element("A3", b"\x81" + struct.pack(">hB", 0, 0x80) + vp8(frame))
        clusters.append((now, element("1F43B675", number("E7", now) + block)))
        now += milliseconds
    head = _information(now) + _track()
    segment = head + _cues(clusters, len(head)) + b"".join(cluster for _, cluster in clusters)
    return _head() + element("18538067", segment), round(now / 1000)


def captions(film: Film) -> bytes:
    """What each drawing says, at its time, as WebVTT."""
    lines = ["WEBVTT", ""]
    now = 0
    for index, (_, words) in enumerate(film.shots):
        until = now + SHOT
        lines += [f"{index + 1}", f"{_clock(now + 200)} --> {_clock(until)}", words, ""]
        now = until + FADE * FADE_STEP
    return "\n".join(lines).encode()


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"00:{seconds // 60:02}:{seconds % 60:02}.{rest:03}"


def _frames(shots: list[Image.Image]) -> Iterator[tuple[Image.Image, int]]:
    """Each drawing for its time, then the passage to the next."""
    for index, shot in enumerate(shots):
        yield shot, SHOT
        if index + 1 < len(shots):
            for step in range(1, FADE + 1):
                yield Image.blend(shot, shots[index + 1], step / (FADE + 1)), FADE_STEP


def vp8(picture: Image.Image) -> bytes:
    """The key frame inside a lossy WebP of ``picture``."""
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=2)
    data = buffer.getvalue()
    place = 12  # after “RIFF”, the length, “WEBP”
    while place < len(data):
        name, length = (
            data[place : place + 4],
            int.from_bytes(data[place + 4 : place + 8], "little"),
        )
        if name == b"VP8 ":
            return data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
    raise ValueError("This WebP holds no VP8 key frame.")


# The container -----------------------------------------------------------------------------------


def element(identifier: str, content: bytes) -> bytes:
    """An EBML element: identifier, length on eight bytes, content."""
    return bytes.fromhex(identifier) + struct.pack(">Q", len(content) | 1 << 56) + content


def number(identifier: str, value: int) -> bytes:
    return element(identifier, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _cues(clusters: list[tuple[int, bytes]], before: int) -> bytes:
    """Where each cluster stands, so that a player can jump; every cue is equally long."""

    def index(first: int) -> bytes:
        cues, place = b"", first
        for time, cluster in clusters:
            where = number("F7", 1) + element("F1", place.to_bytes(8, "big"))
            cues += element("BB", element("B3", time.to_bytes(4, "big")) + element("B7", where))
            place += len(cluster)
        return element("1C53BB6B", cues)

    return index(before + len(index(0)))


def _head() -> bytes:
    return element(
        "1A45DFA3",
        number("4286", 1)
        + number("42F7", 1)
        + number("42F2", 4)
        + number("42F3", 8)
        + element("4282", b"webm")
        + number("4287", 2)
        + number("4285", 2),
    )


def _information(milliseconds: int) -> bytes:
    """Time in milliseconds, the length, and who wrote the file."""
    return element(
        "1549A966",
        number("2AD7B1", 1_000_000)
        + element("4489", struct.pack(">d", float(milliseconds)))
        + element("4D80", b"Reseau Cocagne")
        + element("5741", b"Reseau Cocagne"),
    )


def _track() -> bytes:
    video = number("B0", SIZE[0]) + number("BA", SIZE[1])
    entry = (
        number("D7", 1)
        + number("73C5", 1)
        + number("83", 1)  # a picture track
        + element("86", b"V_VP8")
        + element("E0", video)
    )
    return element("1654AE6B", element("AE", entry))
