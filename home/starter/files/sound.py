"""Short tunes, worked out note by note: soft plucked tones on a five-note scale."""

from __future__ import annotations

import math
import sys
import wave
from array import array
from io import BytesIO

from ..schema import Sound

RATE = 16_000  # samples a second: enough for a soft tone, and a small file
BEAT = 0.72  # seconds between two notes
RING = 2.6  # seconds a note rings
LOUDNESS = 9_000
ECHO = (int(0.31 * RATE), 0.32)
PARTIALS = ((1, 1.0), (2, 0.42), (3, 0.16), (4, 0.07))
BASE = 220.0  # hertz: the A below the middle of a piano


def wav(sound: Sound) -> bytes:
    """A mono recording of about ten seconds."""
    length = int((len(sound.tune) * BEAT + RING) * RATE)
    samples = array("f", bytes(4 * length))
    for index, step in enumerate(sound.tune):
        _pluck(samples, int(index * BEAT * RATE), BASE * 2 ** (step / 12), 1.0)
        if index % 4 == 0:
            _pluck(samples, int(index * BEAT * RATE), BASE / 2, 0.55)
    delay, share = ECHO
    for index in range(delay, length):
        samples[index] += samples[index - delay] * share
    peak = max(abs(value) for value in samples) or 1
    pressed = array("h", (int(value / peak * LOUDNESS) for value in samples))
    if sys.byteorder == "big":
        pressed.byteswap()
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pressed.tobytes())
    return buffer.getvalue()


def _pluck(samples: array[float], start: int, pitch: float, loudness: float) -> None:
    """Add a tone that begins at once and fades, its high partials first."""
    period = [
        sum(share * math.sin(math.tau * partial * phase / 512) for partial, share in PARTIALS)
        for phase in range(512)
    ]
    step = pitch * 512 / RATE
    fade = math.exp(-3.2 / (RING * RATE) * 1.6)
    level, phase = loudness, 0.0
    for index in range(start, min(len(samples), start + int(RING * RATE))):
        rise = min(1.0, (index - start) / 160)
        samples[index] += period[int(phase) & 511] * level * rise
        level *= fade
        phase += step
