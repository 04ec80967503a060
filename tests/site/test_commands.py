"""Commands of the project."""

from __future__ import annotations

from collections import Counter
from pathlib import Path


def test_no_two_apps_have_a_command_of_the_same_name(root: Path) -> None:
    """Django would run the one of the app that comes first, and say nothing."""
    commands = [
        path.stem
        for folder in (*root.glob("*/management/commands"), *root.glob("*/*/management/commands"))
        if ".venv" not in folder.parts
        for path in folder.glob("[a-z]*.py")
    ]
    assert [name for name, count in Counter(commands).items() if count > 1] == []
    assert {"bootstrap_site", "sync_roles", "load_starter_content"} <= set(commands)
