"""Read by every Python that is started with this folder on its path: its clock can be moved.

How many seconds it is ahead stands in the file that ``AHEAD`` names, which is looked at again and
again. As on a real machine the time of the day jumps, what is waited for does not.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import time_machine

file = Path(os.environ["AHEAD"])
wait = threading.Event().wait
moved: list[time_machine.travel] = []


def move(ahead: float) -> None:
    if moved:
        moved.pop().stop()
    moved.append(time_machine.travel(real_now() + ahead, tick=True))
    moved[-1].start()


def real_now() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME) + booted


def follow() -> None:
    before = None
    while True:
        ahead = float(file.read_text())
        if ahead != before:
            move(ahead)
            before = ahead
        wait(0.2)


booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
move(float(file.read_text()))
threading.Thread(target=follow, daemon=True).start()
