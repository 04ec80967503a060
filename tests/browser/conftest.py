"""The real site in a real browser: a server process over the starter content, and Chromium.

``site`` is a server of the test module's own, over a copy of the starter content that is made once
a run; what a module changes is gone with it. ``open_page`` opens a browser window, logged in as
one of the accounts that ``make run`` makes for a newcomer. At the end of each test no page may
have raised an error in a script or asked anything of another host.
"""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from members.demonstration import DOMAIN, PASSWORD
from tests.databases import fingerprint, one_process_at_a_time

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The system's browser in a container: no sandbox, and nothing it would ask of the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60  # seconds for a server to answer
BETWEEN_MAILS = b"-" * 79  # how Django's file backend parts them


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser: ``make test`` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A running site: its address, its commands, the mails it sent."""

    url: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        """What a command of ``manage.py`` prints; raises where it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """What ``code`` prints, run inside the site: to arrange what no screen arranges."""
        return self.manage("shell", "--no-imports", "-c", code)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database answers, read beside the site: a process less than ``python``."""
        with closing(sqlite3.connect(self.folder / "site.sqlite3")) as database:
            return database.execute(query, values).fetchall()

    def mails(self, to: str = "") -> list[EmailMessage]:
        """The mails sent so far, oldest first; those ``to`` one address where it is given."""
        found: list[EmailMessage] = []
        for path in sorted((self.folder / "mails").glob("*.log"), key=lambda f: f.stat().st_mtime):
            found += [
                email.message_from_bytes(text.strip(), policy=email.policy.default)
                for text in path.read_bytes().split(BETWEEN_MAILS)
                if text.strip()
            ]
        return [mail for mail in found if to in str(mail["To"])]

    def start(self) -> None:
        port = urlsplit(self.url).port
        log = (self.folder / "server.log").open("ab")
        self.server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "site_cocagne.wsgi", "--bind"),
                *(f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "6"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                urlopen(f"{self.url}/sante/", timeout=2).close()  # noqa: S310 (our own server)
            except OSError:
                assert self.server.poll() is None, (self.folder / "server.log").read_text()
                assert time.monotonic() < until, "The site does not answer."
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(timeout=30)


def environment_of(folder: Path, url: str) -> dict[str, str]:
    """Everything of this site in its own folder, whatever the shell or a .env file says."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_MEDIA_ROOT": str(folder / "private"),
        "EMAIL_URL": f"filemail:///{folder / 'mails'}",
        "CACHE_URL": "locmemcache://",
        "BASE_URL": url,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "LOG_LEVEL": "WARNING",
    }


# The starter content has a page of every other type.
LETTER = """
from newsletter.models import LetterPage, NewsletterPage
from wagtail.models import Page
three = list(Page.objects.filter(depth=4, live=True)[:3])
parent = NewsletterPage.objects.get(locale__language_code="fr")
parent.add_child(instance=LetterPage(
    locale=parent.locale, title="Lettre d’essai", slug="lettre-d-essai",
    summary="Ce que l’on sème ce mois-ci.",
    introduction="<p>Bonjour à toutes et à tous.</p>",
    sections=[("text", {"title": "Édito", "text": "<p>Les serres se remplissent.</p>"}),
              ("pages", {"title": "À lire", "pages": three})],
))
"""
# A site made elsewhere hashes its passwords as a real one does: slowly, and people log in all day.
QUICK_PASSWORDS = """
from members.demonstration import PASSWORD
from members.models import User
for user in User.objects.all():
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
"""
# Every page that anybody may open, once: its pictures are made here, and not in each copy.
VISIT = """
import logging
from django.test import Client
from tests.browser.looking import LOOKS
logging.disable()
client = Client(HTTP_HOST="localhost", raise_request_exception=False)
for look in [look for look in LOOKS if not look.account][{half}::2]:
    client.get(look.path)
"""


@pytest.fixture(scope="session")
def starter_site(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A folder with the site as ``make run`` leaves it, made by the first process that asks.

    STARTER_SITE may name a folder in which one did so just now. Elsewhere it begins with the
    migrated database that the other tests left, where they did.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "starter"
    folder.mkdir(exist_ok=True)
    with one_process_at_a_time(folder):
        if not (folder / "ready").exists():
            made = Site("http://localhost:1", folder, environment_of(folder, "http://localhost:1"))
            assert pytestconfig.cache is not None
            migrated = pytestconfig.cache.mkdir("databases") / (
                f"{fingerprint(connections['default'])}.sqlite3"
            )
            if ready := os.environ.get("STARTER_SITE"):
                shutil.copytree(ready, folder, dirs_exist_ok=True)
                made.python(QUICK_PASSWORDS)
            else:
                if migrated.exists():
                    shutil.copy(migrated, folder / "site.sqlite3")
                made.manage("run_site", "--no-serve")
            made.python(LETTER)
            with ThreadPoolExecutor() as both:
                list(both.map(made.python, (VISIT.format(half=half) for half in (0, 1))))
            # One file from here on: the log that SQLite writes ahead goes into it.
            made.python(
                "from django.db import connection;"
                "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"
            )
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="module")
def site(starter_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of this module's own, over a copy of the starter content."""
    folder = tmp_path_factory.mktemp("site") / "copy"
    shutil.copytree(starter_site, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    running = Site(url, folder, environment_of(folder, url))
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET port = ?", [port])
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium: none is downloaded."""
    assert Path(CHROMIUM).exists(), f"There is no browser at {CHROMIUM}: CHROMIUM names another."
    return {"executable_path": CHROMIUM, "args": FLAGS}


OpenPage = Callable[..., Page]


def elsewhere(site: Site, address: str) -> bool:
    """Is this asked of another host than the site?"""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.netloc != urlsplit(site.url).netloc


@pytest.fixture
def open_page(site: Site, browser: Browser) -> Iterator[OpenPage]:
    """Open a window: ``open_page("redaction")`` logged in as redaction@exemple.fr.

    Takes what ``browser.new_context`` takes as well: ``viewport``, ``color_scheme``,
    ``java_script_enabled`` …
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(account: str = "", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("locale", "fr-FR")
        context = browser.new_context(base_url=site.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("request", lambda request: watch(request.url))
        context.on("weberror", lambda error: troubles.append(f"in a script: {error.error}"))
        page = context.new_page()
        if account:
            log_in(page, account)
        return page

    def watch(address: str) -> None:
        if elsewhere(site, address):
            troubles.append(f"asked of another host: {address}")

    yield open_one
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def log_in(page: Page, account: str, password: str = PASSWORD) -> None:
    """Through the form, as its people do."""
    page.goto("/mon-espace/connexion/")
    page.fill("input[name=login]", account if "@" in account else f"{account}@{DOMAIN}")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/connexion" not in address)
