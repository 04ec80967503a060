"""What runs by the clock: each job once, at its hour, whoever looks."""

from __future__ import annotations

import datetime
import io
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command, get_commands, load_command_class

from editorial.clock import MONDAY, Job, claim, jobs
from editorial.models import Heartbeat

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
NIGHTLY = Job("nightly", ("run_checks",), datetime.time(2, 30))
WEEKLY = Job("weekly", ("audit_access",), datetime.time(4), MONDAY)
EVERY_MINUTE = Job("schedule", ("run_schedule",))


def at(words: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(words).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("job", "now", "expected"),
    [
        (NIGHTLY, "2026-11-25 02:29", "2026-11-24 02:30"),
        (NIGHTLY, "2026-11-25 02:30", "2026-11-25 02:30"),
        (WEEKLY, "2026-11-25 12:00", "2026-11-23 04:00"),
        (WEEKLY, "2026-11-23 03:59", "2026-11-16 04:00"),
        (EVERY_MINUTE, "2026-11-25 12:00:41", "2026-11-25 12:00"),
        # The night on which the clocks go forward has no half past two.
        (NIGHTLY, "2027-03-28 08:00", "2027-03-28 02:30"),
    ],
)
def test_a_job_is_due_at_its_hour_of_the_site(job: Job, now: str, expected: str) -> None:
    assert job.last_due(at(now)) == at(expected)


def test_a_job_runs_once_a_day_and_catches_up_once() -> None:
    assert not claim(NIGHTLY, at("2026-11-20 15:00")), "it waits for its first hour"
    assert not claim(NIGHTLY, at("2026-11-21 02:29"))
    assert claim(NIGHTLY, at("2026-11-21 02:31"))
    assert not claim(NIGHTLY, at("2026-11-21 02:32"))
    # The machine was off for three days.
    assert claim(NIGHTLY, at("2026-11-24 09:00"))
    assert not claim(NIGHTLY, at("2026-11-24 09:01"))


def test_the_job_of_every_minute_begins_at_once() -> None:
    assert claim(EVERY_MINUTE, at("2026-11-25 12:00:10"))
    assert not claim(EVERY_MINUTE, at("2026-11-25 12:00:50"))
    assert claim(EVERY_MINUTE, at("2026-11-25 12:01:02"))


@pytest.mark.parametrize("job", [NIGHTLY, WEEKLY, EVERY_MINUTE])
def test_a_clock_that_was_a_year_ahead_stops_no_job_once_it_is_right(job: Job) -> None:
    for moment in ("2026-11-20 15:00", "2027-11-29 15:00"):
        claim(job, at(moment))
    assert not claim(job, at("2026-11-21 02:31")), "the heartbeat of the year to come is put right"
    week = [at("2026-11-21 02:32") + datetime.timedelta(hours=each) for each in range(24 * 7)]
    begun = sum(claim(job, moment) for moment in week)
    assert begun == {NIGHTLY: 7, WEEKLY: 1, EVERY_MINUTE: 24 * 7}[job] - (job is NIGHTLY)


def test_a_clock_put_back_an_hour_runs_nothing_twice_and_stops_nothing() -> None:
    for job in (NIGHTLY, EVERY_MINUTE):
        claim(job, at("2026-11-20 15:00"))
    assert claim(NIGHTLY, at("2026-11-21 02:31"))
    assert claim(EVERY_MINUTE, at("2026-11-21 02:31"))
    minutes = [at("2026-11-21 01:40") + datetime.timedelta(minutes=each) for each in range(120)]
    assert not any(claim(NIGHTLY, moment) for moment in minutes)
    assert sum(claim(EVERY_MINUTE, moment) for moment in minutes) == 119
    assert claim(NIGHTLY, at("2026-11-22 02:30"))


def test_of_two_clocks_one_begins_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other read the same heartbeat, and is slower."""
    moment = at("2026-11-25 12:00")
    Heartbeat.objects.create(name=NIGHTLY.key, beat_at=at("2026-11-20 12:00"))
    update = type(Heartbeat.objects.all()).update
    others: list[int] = []

    def slower(self: Any, **values: Any) -> int:
        if not others:
            others.append(update(Heartbeat.objects.filter(name=NIGHTLY.key), beat_at=moment))
        return update(self, **values)

    monkeypatch.setattr(type(Heartbeat.objects.all()), "update", slower)
    assert not claim(NIGHTLY, moment)
    assert others == [1]


def test_every_job_is_a_command_with_options_that_it_takes(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER, settings.BACKUP_COPY_TO = tmp_path, "s3://bucket/site"
    found, commands = jobs(), get_commands()
    assert len({job.name for job in found}) == len(found) == 9
    for job in found:
        name, *options = job.arguments
        command = load_command_class(str(commands[name]), name)
        command.create_parser("manage.py", name).parse_args(options)
    settings.BACKUP_FOLDER = None
    assert "backup" not in {job.name for job in jobs()}


def test_the_clock_begins_what_is_due_and_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str], **options: Any) -> None:
            begun.append(command[2:])

        def wait(self) -> None:
            pass

        def poll(self) -> int:
            return 1 if begun[-1] == ["run_checks"] else 0

    monkeypatch.setattr(subprocess, "Popen", Child)
    said = io.StringIO()
    with time_machine.travel(at("2026-11-24 12:00"), tick=False):
        call_command("run_clock", once=True, stdout=said)
    assert begun == [["run_schedule"]]
    begun.clear()
    with time_machine.travel(at("2026-11-25 02:45"), tick=False):
        call_command("run_clock", once=True, stdout=said)
    assert begun == [["run_schedule"], ["run_checks"]]
    assert "checks: begun." in said.getvalue()
    assert "checks: ended with status 1." in said.getvalue()
