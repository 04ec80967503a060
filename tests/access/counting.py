"""How many cells of the leak matrix were held against the rule, said at the end of a run.

The number of each test travels with its report, so that it adds up over several processes.
"""

from __future__ import annotations

from typing import Any

CELLS = "cells of the leak matrix"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [
        report
        for kind in ("passed", "failed")
        for report in terminalreporter.stats.get(kind, [])
        if getattr(report, "when", "") == "call"
    ]
    counts = [
        value for report in reports for name, value in report.user_properties if name == CELLS
    ]
    if counts:
        failed = sum(1 for report in reports if report.failed)
        terminalreporter.section("leak matrix")
        terminalreporter.line(
            f"{sum(counts)} cells in {len(counts)} tests; {failed} tests of this run failed."
        )
