"""What is scheduled goes online once, though two machines look and one of them dies."""

from __future__ import annotations

import os
import signal
import time
from uuid import uuid4

import pytest

from bench.nodes import Nodes

from .conftest import Tell

pytestmark = pytest.mark.production


def schedule(nodes: Nodes, in_seconds: float) -> str:
    """A page that is to go online so soon; its slug."""
    word = f"prevue-{uuid4().hex[:8]}"
    nodes.ask_clerk(
        "import datetime\n"
        f"page = ContentPage(title={word!r}, slug={word!r}, locale=home.locale, live=False)\n"
        f"page.go_live_at = timezone.now() + datetime.timedelta(seconds={in_seconds})\n"
        "home.add_child(instance=page)\n"
        "page.save_revision(approved_go_live_at=page.go_live_at)"
    )
    return word


def published(nodes: Nodes, words: list[str]) -> list[int]:
    """How many times each went online."""
    return list(
        nodes.ask_clerk(
            "from wagtail.models import PageLogEntry\n"
            "times = PageLogEntry.objects.filter(action='wagtail.publish.scheduled')\n"
            f"value = [times.filter(label=word).count() for word in {words!r}]"
        )
    )


def test_scheduled_pages_go_online_once_though_one_of_two_clocks_is_killed(
    nodes: Nodes, tell: Tell
) -> None:
    words = [schedule(nodes, 1) for _ in range(3)]
    clocks = [nodes.manage("run_clock"), nodes.manage("run_clock")]
    try:
        until = time.monotonic() + 90
        while published(nodes, words) != [1, 1, 1]:
            assert time.monotonic() < until, "they do not go online"
            time.sleep(0.5)
        os.killpg(clocks[0].pid, signal.SIGKILL)
        words += [schedule(nodes, 0.5)]
        until = time.monotonic() + 90
        while published(nodes, words)[-1] == 0:
            assert time.monotonic() < until, "the other clock does not go on"
            time.sleep(0.5)
    finally:
        for clock in clocks:
            if clock.poll() is None:
                os.killpg(clock.pid, signal.SIGTERM)
            clock.wait(30)
    assert published(nodes, words) == [1, 1, 1, 1]
    for port in (nodes.nginx, *nodes.ports):
        assert all(word in nodes.get(f"/{word}/", port).text for word in words)
    tell("one of two clocks killed", "4 scheduled pages; each online once", "nothing")
