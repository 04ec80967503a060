"""Short tunes, worked out note by note: soft plucked tones on a five-note scale."""

from __future__ import annotations

import math
import operator
import sys
import wave
from array import array
from functools import lru_cache
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
        _add(samples, int(index * BEAT * RATE), tone(BASE * 2 ** (step / 12), 1.0))
        if index % 4 == 0:
            _add(samples, int(index * BEAT * RATE), tone(BASE / 2, 0.55))
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


def _add(samples: array[float], start: int, ringing: array[float]) -> None:
    """Put a tone into the recording, from the sample ``start`` on."""
    end = min(len(samples), start + len(ringing))
    samples[start:end] = array("f", map(operator.add, samples[start:end], ringing))


@lru_cache(maxsize=32)
def tone(pitch: float, loudness: float) -> array[float]:
    """A tone that begins at once and fades."""
    period = [
        sum(share * math.sin(math.tau * partial * phase / 512) for partial, share in PARTIALS)
        for phase in range(512)
    ]
    step = pitch * 512 / RATE
    fade = math.exp(-5.1 / (RING * RATE))
    ringing = array("f")
    level, phase = loudness, 0.0
    for index in range(int(RING * RATE)):
        ringing.append(period[int(phase) & 511] * level * min(1.0, index / 160))
        level *= fade
        phase += step
    return ringing
