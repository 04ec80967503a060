"""``python -m bench.files``: the memory of a server process while it hands out two large files.

A real server (gunicorn, one process) over a database and a storage of its own: a document of
200 MB, then the zip of a kit that holds it twice. The files are sparse: they take no room. The
resident memory of the process is read from the system while the bytes arrive.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MB = 1_000_000
CHUNK = 256 * 1024
PATIENCE = 60  # seconds for the server to answer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.files", description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="megabytes of the document (200)")
    parser.add_argument("--allowed", type=float, default=16, help="megabytes more, at most (16)")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-files-"))
    try:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settle(folder, port)
        document, kit, session = fill(options.size)
        with server(port) as pid:
            grown = [
                fetch(pid, port, name, address, session)
                for name, address in (
                    ("warm-up", "/mon-espace/"),
                    (f"document of {options.size} MB", document),
                    ("its last megabyte, by range", f"{document}#bytes=-1000000"),
                    (f"kit of {2 * options.size} MB as a zip", kit),
                )
            ][1:]
    finally:
        shutil.rmtree(folder)
    if max(grown) > options.allowed:
        sys.exit(f"{max(grown):.1f} MB more, {options.allowed} are allowed.")


def settle(folder: Path, port: int) -> None:
    """Everything of this site in its own folder, whatever the shell says."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_MEDIA_ROOT": str(folder / "private"),
        "CACHE_URL": "locmemcache://",
        "BASE_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
    }


def fill(size: int) -> tuple[str, str, str]:
    """A kit with the same bytes twice; addresses of document and zip, a member's session."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.files.storage import storages

    from members.demonstration import DOMAIN, make_accounts
    from members.models import User
    from resources.models import BrandFile, BrandIndexPage, BrandPage
    from site_cocagne.core.models import SiteDocument

    home = _site()
    make_accounts()
    storage: Any = storages["private"]
    documents = []
    for number in (1, 2):
        path = Path(storage.path(f"documents/film-{number}.mp4"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as sparse:
            sparse.truncate(size * MB)
        documents.append(
            SiteDocument.objects.create(
                title=f"Film {number}", file=f"documents/film-{number}.mp4", file_size=size * MB
            )
        )
    section = BrandIndexPage(title="Marque", slug="marque", locale=home.locale)
    home.add_child(instance=section)
    rows = [BrandFile(document=each) for each in documents]
    fields: dict[str, Any] = {"title": "Kit", "slug": "kit", "file_rows": rows}
    kit = BrandPage(locale=home.locale, **fields)
    section.add_child(instance=kit)
    kit.save_revision().publish()
    member = User.objects.get(email=f"adherente@{DOMAIN}")
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return documents[0].url, f"{kit.get_url()}tout/", str(session.session_key)


def _site() -> Any:
    """An empty site with its roles; gives the home page."""
    import io

    from django.core.management import call_command
    from wagtail.models import Page

    call_command("migrate", verbosity=0)
    call_command("bootstrap_site", stdout=io.StringIO())
    call_command("sync_roles", summary=True, stdout=io.StringIO())
    return Page.objects.get(depth=2, locale__language_code="fr")


@contextmanager
def server(port: int) -> Iterator[int]:
    """A server with one working process; gives the number of that process."""
    boss = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "site_cocagne.wsgi"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--timeout", "120"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
                line.request("GET", "/sante/")
                line.getresponse().read()
                break
            except OSError:
                if time.monotonic() > until:
                    sys.exit("The server does not answer.")
                time.sleep(0.2)
        children = Path(f"/proc/{boss.pid}/task/{boss.pid}/children").read_text().split()
        yield int(children[0])
    finally:
        boss.terminate()
        boss.wait()


def fetch(pid: int, port: int, name: str, address: str, session: str) -> float:
    """Read all of ``address`` and print a line; megabytes that the process grew meanwhile."""
    path, _mark, asked = address.partition("#")
    headers = {"Cookie": f"sessionid={session}", **({"Range": asked} if asked else {})}
    before, highest, done = resident(pid), [resident(pid)], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            highest.append(resident(pid))

    watching = threading.Thread(target=watch)
    watching.start()
    start, size = time.perf_counter(), 0
    line = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    while part := answer.read(CHUNK):
        size += len(part)
    taken = time.perf_counter() - start
    done.set()
    watching.join()
    if answer.status not in (200, 206):
        sys.exit(f"{path} answers {answer.status}.")
    more = max(highest) - before
    print(
        f"{name:36}{size / MB:>8.1f} MB in {taken:>5.1f} s, memory {before:>6.1f} MB, "
        f"{more:>5.1f} MB more at its highest",
        flush=True,
    )
    return more


def resident(pid: int) -> float:
    """Megabytes of real memory of a process (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) / 1000 if found else 0.0


if __name__ == "__main__":
    main()
