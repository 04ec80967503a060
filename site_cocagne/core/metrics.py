"""Figures in the text form that Prometheus reads: the same from whichever process is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from . import health

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text() -> str:
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    found = health.findings()
    yield "# HELP cocagne_good 1 where what was looked at is as it should be, 0 where it is not."
    yield "# TYPE cocagne_good gauge"
    for finding in found:
        yield f'cocagne_good{{check="{finding.name}"}} {int(finding.is_good)}'
    yield "# HELP cocagne_value Seconds a queue or a backup is old, bytes a disk has free."
    yield "# TYPE cocagne_value gauge"
    for finding in found:
        if finding.value is not None:
            yield f'cocagne_value{{check="{finding.name}"}} {finding.value:.0f}'
    yield "# HELP cocagne_read_only 1 while nobody can write."
    yield "# TYPE cocagne_read_only gauge"
    yield f"cocagne_read_only {int(settings.READ_ONLY)}"
    if (memory := resident()) is not None:
        yield "# HELP process_resident_memory_bytes Of the process that answers."
        yield "# TYPE process_resident_memory_bytes gauge"
        yield f'process_resident_memory_bytes{{pid="{os.getpid()}"}} {memory}'


def resident() -> int | None:
    """Memory of this process in bytes, where the system says it (Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
