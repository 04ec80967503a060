"""What a newcomer's first command says when it cannot go on."""

from __future__ import annotations

import ast
import os
import shutil
import sys
from pathlib import Path

import pytest

from site_cocagne import prepare

SOURCE = Path(prepare.__file__).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def empty_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with pins and no environment, in the place of this one."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(
            "# a comment\nDjango==5.2.19\n    # via wagtail\nsix==1.17.0\n"
        )
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(prepare, "VENV_PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(prepare, "UNFINISHED", tmp_path / ".venv/.unfinished")
    monkeypatch.setattr(sys, "argv", ["prepare.py"])
    return tmp_path


def test_old_pythons_can_read_the_script() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 7))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, newer)]
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "__future__" not in {node.module for node in futures}


def test_an_old_python_gives_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "MINIMUM", (99, 0))
    monkeypatch.setattr(prepare, "OTHER_PYTHONS", [])
    assert prepare.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("The site needs Python 99.0 or newer")
    assert said.err.count("\n") == 1


def test_a_missing_venv_module_gives_one_sentence_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "can_run_the_site", lambda _python: False)
    assert prepare.main() == 1
    said = capsys.readouterr().err
    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in said
    assert said.count("\n") == 1


def test_a_suitable_python_under_another_name_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    suitable = "/opt/python3.12"
    monkeypatch.setattr(prepare, "MINIMUM", (99, 0))
    monkeypatch.setattr(prepare, "OTHER_PYTHONS", ["python3.13", "python3.12"])
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    monkeypatch.setattr(prepare, "can_run_the_site", lambda python: python == suitable)
    monkeypatch.setattr(os, "execv", lambda python, _arguments: started.append(python))
    with pytest.raises(prepare.CannotPrepare):
        prepare.move_to_a_suitable_python()
    assert started == [suitable]


def test_an_interpreter_that_does_not_start_is_not_taken(tmp_path: Path) -> None:
    assert not prepare.can_run_the_site(str(tmp_path / "python3.12"))


def test_an_installation_is_known_by_its_stamp_and_done_anew_when_the_pins_change(
    empty_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "venv_answers", lambda: True)
    requirements = empty_project / "requirements.txt"
    (empty_project / ".venv").mkdir()
    assert not prepare.is_installed(requirements)
    prepare.stamp_of(requirements).write_text(prepare.fingerprint(requirements))
    assert prepare.is_installed(requirements)
    requirements.write_text("Django==5.2.20\n")
    assert not prepare.is_installed(requirements)


def test_an_installation_that_was_cut_short_is_not_taken_for_done(
    empty_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "venv_answers", lambda: True)
    requirements = empty_project / "requirements.txt"
    (empty_project / ".venv").mkdir()
    prepare.stamp_of(requirements).write_text(prepare.fingerprint(requirements))
    prepare.UNFINISHED.touch()
    assert not prepare.is_installed(requirements)


def test_progress_is_told_in_packages(empty_project: Path) -> None:
    total = prepare.packages_in(empty_project / "requirements.txt")
    said = ["Collecting Django==5.2.19", "  Downloading django-5.2.19.whl"]
    assert prepare.describe(said, total) == "fetching packages (1 of 2)"
    said.append("Installing collected packages: six, Django")
    assert prepare.describe(said, total) == "installing packages (0 in place)"


def test_a_log_gets_a_line_a_stage_not_a_line_a_package(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show = prepare.Progress()
    show.stage("fetching packages (1 of 2)")
    show.stage("fetching packages (2 of 2)")
    show.stage("installing packages (1 in place)")
    assert [line.split(" …")[0].strip() for line in capsys.readouterr().out.splitlines()] == [
        "fetching packages (1 of 2)",
        "installing packages (1 in place)",
    ]
