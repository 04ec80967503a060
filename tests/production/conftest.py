"""Two nodes of the site with nginx in front, broken on purpose (``make test-production``).

Everything that is broken belongs to the tests: a PostgreSQL, a Redis, an object storage, a mail
server. At the end of the run a table says what was broken, what was asked and what was lost.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import nodes as site
from bench import servers
from bench.nodes import Nodes
from bench.production import machine

from .cluster import PROGRAMS, Cluster
from .storage import PUBLIC, Storage

Tell = Callable[[str, str, str], None]
SUMMARY = pytest.StashKey[list[tuple[str, str, str]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SUMMARY] = []


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash.get(SUMMARY, [])
    if rows:
        terminalreporter.section("what was broken")
        table = [("broken", "asked", "lost"), *rows]
        widths = [max(len(row[column]) for row in table) for column in range(3)]
        for row in table:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            terminalreporter.line("  ".join(cells).rstrip())
        if path := os.environ.get("FAULTS_REPORT"):
            Path(path).write_text(as_page(rows), encoding="utf-8")


def as_page(rows: list[tuple[str, str, str]]) -> str:
    lines = [
        "# What was broken, what was asked, what was lost",
        "",
        f"`make test-production` on {machine()}; two nodes behind nginx, PostgreSQL,",
        "Redis, an object storage (moto) and a mail server of the tests' own, on one machine.",
        "",
        "| broken | asked meanwhile | lost |",
        "| --- | --- | --- |",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Say what was broken, what was asked meanwhile, and what was lost."""
    rows = request.config.stash[SUMMARY]
    return lambda broken, asked, lost: rows.append((broken, asked, lost))


def missing() -> list[str]:
    """What these tests need and this machine has not, by the name of its Debian package."""
    needed = {
        "postgresql": bool(PROGRAMS),
        "redis-server": shutil.which("redis-server"),
        "nginx": shutil.which(servers.NGINX),
        "moto (make test-production)": importlib.util.find_spec("moto"),
    }
    return [name for name, there in needed.items() if not there]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if names := missing():
        pytest.fail(f"These tests need: {', '.join(names)}.")
    cluster = Cluster()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def storage(cluster: Cluster) -> Iterator[Storage]:
    storage = Storage()
    yield storage
    storage.stop()


@pytest.fixture(scope="session")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """An empty database that two machines migrated at the same moment; how each of them ended."""
    url = cluster.create("nodes")
    folder = tmp_path_factory.mktemp("migrating")
    env = servers.site_env(1, DATABASE_URL=url, PRIVATE_MEDIA_ROOT=str(folder))
    both = [
        subprocess.Popen(  # noqa: S603
            [*servers.MANAGE, "migrate", "--verbosity", "0"],
            cwd=servers.ROOT,
            env={**os.environ, **env},
        )
        for _machine in range(2)
    ]
    return [process.wait() for process in both]


@pytest.fixture(scope="session")
def mail_port() -> int:
    """Where the nodes look for a mail server; nobody is there unless a test puts one."""
    return servers.free_port()


@pytest.fixture(scope="session")
def nodes(
    cluster: Cluster,
    storage: Storage,
    mail_port: int,
    migrated: list[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Nodes]:
    folder = tmp_path_factory.mktemp("nodes")
    nodes = site.site(
        folder,
        DATABASE_URL=cluster.url("nodes"),
        MEDIA_ROOT=str(folder / "media"),
        PRIVATE_MEDIA_ROOT=str(folder / "private"),
        TASK_QUEUE="true",
        EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
        **storage.env(),
    )
    servers.manage(nodes.env, "bootstrap_site", "--verbosity", "0")
    cluster.create("clock", template="nodes")
    servers.collect_static(nodes.env)
    with site.running(nodes, f"{storage.url}/{PUBLIC}"):
        yield nodes
