#!/usr/bin/env python3
"""Makes the project's own Python environment, `.venv`, and keeps it in step with the pins.

    python3 site_cocagne/prepare.py [--dev]

This file is the first thing a newcomer's machine runs, so it needs nothing but the standard
library, and its syntax stays within what Python 3.5 can parse: an old interpreter must be able to
read it far enough to say that it is too old. Hence no f-strings, no annotated variables, and quotes
around annotations that old versions cannot evaluate.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

MINIMUM = (3, 11)
# Other names to try when `python3` is too old; the newest first.
OTHER_PYTHONS = ["python3.{}".format(minor) for minor in range(14, MINIMUM[1] - 1, -1)]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
# Present while pip is writing; found at the start of a run, the last one was cut short.
UNFINISHED = VENV / ".unfinished"

PIP_LINES_SHOWN_ON_FAILURE = 15
SECONDS_BETWEEN_LINES = 5


class CannotPrepare(Exception):
    """Says in one sentence why the environment cannot be made, and what to do."""


# --- Which Python ------------------------------------------------------------------------------


def can_run_the_site(python: str) -> bool:
    """Whether it starts (a version manager's stand-in may not), is new enough and has venv."""
    question = "import sys, ensurepip, venv; sys.exit(sys.version_info < {!r})".format(MINIMUM)
    try:
        answer = subprocess.call(
            [python, "-c", question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return answer == 0


def move_to_a_suitable_python() -> None:
    """Returns when the running interpreter suits; else starts this script again in one that does.

    Raises CannotPrepare where there is none.
    """
    new_enough = sys.version_info >= MINIMUM
    if new_enough and can_run_the_site(sys.executable):
        return
    for name in OTHER_PYTHONS:
        python = shutil.which(name)
        if python and can_run_the_site(python):
            sys.stdout.flush()
            os.execv(python, [python] + sys.argv)  # noqa: RUF005, S606 (old syntax; a path just found and tried)
    version = "{}.{}".format(sys.version_info[0], sys.version_info[1])
    if new_enough:
        raise CannotPrepare(
            "This Python {0} lacks its venv module; on Debian or Ubuntu, install it with"
            " “sudo apt install python{0}-venv” and run this again.".format(version)
        )
    raise CannotPrepare(
        "The site needs Python {}.{} or newer and {} is {}; install a newer one, or name it:"
        " make PYTHON=/path/to/python3 run.".format(
            MINIMUM[0], MINIMUM[1], sys.executable or "this one", version
        )
    )


# --- The environment ---------------------------------------------------------------------------


def stamp_of(requirements: Path) -> Path:
    return VENV / ".installed-{}".format(requirements.stem)


def fingerprint(requirements: Path) -> str:
    """What an installation depends on: the pins, the Python, and the place, which scripts name."""
    version = "{}.{}".format(sys.version_info[0], sys.version_info[1])
    facts = [requirements.read_bytes(), version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(facts)).hexdigest()


def is_installed(requirements: Path) -> bool:
    stamp = stamp_of(requirements)
    return (
        not UNFINISHED.exists()
        and stamp.exists()
        and stamp.read_text().strip() == fingerprint(requirements)
        and venv_answers()
    )


def venv_answers() -> bool:
    """Whether its Python starts and is of our version: a system upgrade can take it away."""
    question = "import sys, pip; sys.exit(sys.version_info[:2] != {!r})".format(
        tuple(sys.version_info[:2])
    )
    try:
        answer = subprocess.call(
            [str(VENV_PYTHON), "-I", "-c", question],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return answer == 0


def was_moved() -> bool:
    """Whether the folder was moved or copied: the scripts inside still name the old place."""
    activate = VENV / "bin" / "activate"
    return activate.exists() and str(VENV) not in activate.read_text()


def make_venv(show: "Progress") -> None:
    """Makes the environment; one that is broken, cut short or from another place is made anew."""
    if VENV.exists() and not UNFINISHED.exists() and venv_answers() and not was_moved():
        return
    show.stage("making the Python environment in .venv")
    result = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode != 0 or not venv_answers():
        show.end()
        sys.stderr.write(result.stdout.decode(errors="replace"))
        raise CannotPrepare("The Python environment could not be made in {}.".format(VENV))


def packages_in(requirements: Path) -> int:
    """How many pins the file holds: an upper bound, for a few are for other systems."""
    lines = requirements.read_text().splitlines()
    return sum(1 for line in lines if "==" in line and not line.lstrip().startswith("#"))


def packages_installed() -> int:
    return sum(1 for _ in VENV.glob("lib/python*/site-packages/*.dist-info"))


def install(requirements: Path, show: "Progress") -> None:
    """Installs the pins. --no-deps: they are the whole closure, and nothing else may slip in."""
    UNFINISHED.touch()
    environment = dict(os.environ, PIP_USER="0", PIP_NO_INPUT="1")
    command = [str(VENV_PYTHON), "-I", "-m", "pip", "install", "--no-deps"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements)]
    pip = subprocess.Popen(
        command,
        cwd=str(ROOT),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = []  # type: list[str]
    listener = threading.Thread(target=follow, args=(pip, said), daemon=True)
    listener.start()
    total = packages_in(requirements)
    try:
        while listener.is_alive():
            show.stage(describe(said, total))
            listener.join(0.2)
        pip.wait()
    except KeyboardInterrupt:
        pip.terminate()
        raise
    finally:
        pip.wait()
        listener.join()
        if not is_writing(said):
            # Cut short while fetching: nothing was touched, and what stood before still stands.
            UNFINISHED.unlink()
    if pip.returncode != 0:
        show.end()
        sys.stderr.write("\n".join(said[-PIP_LINES_SHOWN_ON_FAILURE:]) + "\n")
        raise CannotPrepare(
            "pip could not install {}: what it said stands above; once that is mended,"
            " run this again.".format(requirements.name)
        )


def follow(pip: "subprocess.Popen[bytes]", said: "list[str]") -> None:
    if pip.stdout is not None:
        for line in pip.stdout:
            said.append(line.decode(errors="replace").rstrip())


def is_writing(said: "list[str]") -> bool:
    """Whether pip has begun to change the environment."""
    return any(line.startswith("Installing collected packages") for line in said)


def describe(said: "list[str]", total: int) -> str:
    """What pip is doing, in a few words, from what it has said so far."""
    collected = sum(1 for line in said if line.startswith(("Collecting ", "Requirement already")))
    if is_writing(said):
        return "installing packages ({} in place)".format(packages_installed())
    return "fetching packages ({} of {})".format(collected, total)


# --- What the reader sees ----------------------------------------------------------------------


class Progress:
    """One line that changes in place on a terminal; in a log, a line now and then."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.on_terminal = sys.stdout.isatty()
        self.last_said = ""
        self.last_time = 0.0

    def stage(self, text: str) -> None:
        now = time.monotonic()
        if self.on_terminal:
            sys.stdout.write("\r\033[K  {} … {:.0f} s".format(text, now - self.began))
            self.last_said = text
        else:
            # In a log a new stage is said at once, mere numbers every few seconds.
            new_stage = text.partition("(")[0] != self.last_said.partition("(")[0]
            if new_stage or (
                text != self.last_said and now - self.last_time >= SECONDS_BETWEEN_LINES
            ):
                sys.stdout.write("  {} … {:.0f} s\n".format(text, now - self.began))
                self.last_said, self.last_time = text, now
        sys.stdout.flush()

    def end(self) -> None:
        if self.on_terminal and self.last_said:
            sys.stdout.write("\r\033[K")
            sys.stdout.flush()

    def done(self, text: str) -> None:
        self.end()
        sys.stdout.write("  {} ({:.0f} s)\n".format(text, time.monotonic() - self.began))
        sys.stdout.flush()


@contextlib.contextmanager
def one_at_a_time() -> "contextlib.Iterator[None]":  # type: ignore[name-defined]
    """Of two commands started together the second waits: they would write one environment."""
    with Path(__file__).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("  another command is preparing the environment; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(dev: bool) -> None:
    """Brings `.venv` to what the requirements say; returns at once where it is there already."""
    move_to_a_suitable_python()
    requirements = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    if is_installed(requirements):
        return
    with one_at_a_time():
        if is_installed(requirements):
            return
        show = Progress()
        print("Preparing the Python environment; the first time takes a minute or two.", flush=True)
        try:
            make_venv(show)
            install(requirements, show)
        finally:
            show.end()
        stamp_of(requirements).write_text(fingerprint(requirements) + "\n")
        if dev:
            # The development closure contains the other one at the same versions.
            runtime = ROOT / "requirements.txt"
            stamp_of(runtime).write_text(fingerprint(runtime) + "\n")
        if UNFINISHED.exists():
            UNFINISHED.unlink()
        show.done("{} packages in place".format(packages_installed()))


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Make or update the project's own Python environment, .venv."
    )
    parser.add_argument("--dev", action="store_true", help="with the tools for tests and lint")
    options = parser.parse_args()
    try:
        prepare(options.dev)
    except CannotPrepare as reason:
        sys.stderr.write("{}\n".format(reason))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; run it again to finish.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
