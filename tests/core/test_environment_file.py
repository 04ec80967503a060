"""``.env.example`` is the one list of environment variables, and stays one."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
READER = (ROOT / "site_cocagne/settings/environment.py").read_text(encoding="utf-8")

LISTED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
READ = re.compile(r"""\(\s*["']([A-Z][A-Z0-9_]+)["'],""")


def test_every_variable_is_listed_once_and_none_is_listed_in_vain() -> None:
    listed = LISTED.findall(EXAMPLE)
    assert sorted(listed) == sorted({*READ.findall(READER), "DJANGO_SETTINGS_MODULE"})


def test_a_copy_of_the_example_changes_nothing_by_itself() -> None:
    """Somebody who copies the file and forgets a line must not get an example for a value."""
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []
