"""A PostgreSQL of the tests' own, which may be stopped and killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from bench import servers

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
ROLE = "cocagne"


class Cluster:
    """One server with an account that may create databases and nothing else."""

    def __init__(self) -> None:
        self.port = servers.free_port()
        # Not below pytest's folder: root's may not be entered by the account that runs the server.
        self.folder = Path(tempfile.mkdtemp(prefix="cocagne-postgres-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        self.start()
        with self.connection("postgres") as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(PROGRAMS[-1].with_name(program)), "-D", str(self.folder / "data")]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        with (self.folder / f"{program}.out").open("ab") as out:
            subprocess.run(  # noqa: S603
                [*command, *arguments], cwd="/", check=True, stdout=out, stderr=out
            )

    def start(self) -> None:
        # Killed processes lose nothing that the system holds: the disk need not be waited for.
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """``fast`` cuts every connection; ``immediate`` is a crash, recovered from at the start."""
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, name: str) -> str:
        return f"postgresql://{ROLE}@127.0.0.1:{self.port}/{name}"

    def connection(self, name: str, role: str = "postgres") -> psycopg.Connection:
        where = f"host=127.0.0.1 port={self.port} dbname={name} user={role}"
        return psycopg.connect(where, autocommit=True)

    def create(self, name: str, template: str = "template1") -> str:
        """A database of the site's account; its address."""
        with self.connection("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}" OWNER {ROLE} TEMPLATE "{template}"')
        return self.url(name)
