"""``make bench`` on PostgreSQL: everything that is measured from outside, in one round.

Puts the starter content into a database beside the one that DATABASE_URL names (whose account may
create some), makes an empty one that grows, and runs bench.production, bench.volume and bench.soak
one after the other. All run, whatever one of them says; exits 1 where one does not hold. What was
made is removed at the end; bench/results/ stays. ``--quick`` tries it in a few minutes,
with figures that say little.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from . import servers

QUICK = {
    "production": ("--seconds", "1"),
    "volume": ("--sizes", "100,1000", "--requests", "5"),
    "soak": ("--seconds", "20"),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.round", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short loads, and two sizes")
    options = parser.parse_args()
    failed = []
    with (
        tempfile.TemporaryDirectory(prefix="cocagne-content-") as scratch,
        database("content") as content,
        database("growth") as growth,
    ):
        site = {
            "DATABASE_URL": content,
            "MEDIA_ROOT": f"{scratch}/media",
            "PRIVATE_MEDIA_ROOT": f"{scratch}/private",
            "PYTHONWARNINGS": "ignore",
        }
        settings = {"DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev"}
        print("→ the starter content", flush=True)
        servers.manage({**site, **settings}, "run_site", "--no-serve")
        empty = {**site, "DATABASE_URL": growth}
        for name, env in (("production", site), ("volume", empty), ("soak", site)):
            print(f"→ {name}", flush=True)
            if measure(name, env, QUICK[name] if options.quick else ()):
                failed.append(name)
    if failed:
        sys.exit(f"Not as it must be: {', '.join(failed)}.")


def measure(name: str, env: Mapping[str, str], options: Sequence[str]) -> int:
    command = [sys.executable, "-m", f"bench.{name}", *options]
    return subprocess.run(
        command, cwd=servers.ROOT, env={**os.environ, **env}, check=False
    ).returncode


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty database beside that of DATABASE_URL; its address."""
    import psycopg

    url = urlsplit(os.environ["DATABASE_URL"])
    own = f"{Path(url.path).name}_bench_{name}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{own}"')
        try:
            yield urlunsplit(url._replace(path=f"/{own}"))
        finally:
            for each in (own, f"{own}_bare"):  # the bare Wagtail stands beside the content
                connection.execute(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')


if __name__ == "__main__":
    main()
