"""After a new version went online: does the public site answer as it should?"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

WAITS = 15  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


class Command(BaseCommand):
    help = "Ask the running site for its main pages, from outside; exits 1 when one is not right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", default=settings.BASE_URL)

    def handle(self, *args: Any, **options: Any) -> None:
        base = options["address"].rstrip("/")
        if urlsplit(base).scheme not in {"http", "https"}:
            raise CommandError("The address of the site begins with http:// or https://.")
        failures = list(self.failures(base))
        for failure in failures:
            self.stderr.write(failure)
        if failures:
            raise CommandError(f"{len(failures)} of the checks failed.")
        self.stdout.write(f"{base} answers as it should.")

    def failures(self, base: str) -> Iterator[str]:
        """What is wrong, line by line. Nothing is written, nobody logs in."""
        home = ask(f"{base}/")
        yield from wrong("/", home, 200, contains="</html>")
        for name, word in (
            ("Content-Security-Policy", "default-src 'self'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Permissions-Policy", "camera=()"),
        ):
            if word not in home.headers.get(name.lower(), ""):
                yield f"/: {name} does not say {word}"
        if "set-cookie" in home.headers:
            yield "/: sets a cookie for a visitor"
        for path in re.findall(r'<link rel="stylesheet" href="([^"]+)"', home.body)[:2]:
            yield from wrong(path, ask(urljoin(f"{base}/", path)), 200)
        for path, status, contains in (
            ("/sante/", 200, "alive"),
            ("/sante/pret/", 200, "ready"),
            ("/agenda/", 200, "</html>"),
            ("/boite-a-outils/", 200, "</html>"),
            ("/plan-du-site/", 200, "</html>"),
            ("/recherche/?q=jardin", 200, "</html>"),
            ("/sitemap.xml", 200, "sitemap"),
            ("/mon-espace/connexion/", 200, "password"),
            ("/nulle-part-du-tout/", 404, "</html>"),
        ):
            yield from wrong(path, ask(f"{base}{path}"), status, contains=contains)


def wrong(path: str, answer: Answer, status: int, *, contains: str = "") -> Iterator[str]:
    if answer.status != status:
        yield f"{path}: {answer.status} in the place of {status}"
    elif contains not in answer.body:
        yield f"{path}: the answer has no {contains}"


def ask(url: str) -> Answer:
    request = urllib.request.Request(url, headers={"User-Agent": "smoke"})  # noqa: S310 (checked)
    try:
        with urllib.request.urlopen(request, timeout=WAITS) as response:  # noqa: S310
            return _answer(response)
    except urllib.error.HTTPError as error:
        return _answer(error)
    except (OSError, ValueError) as error:
        return Answer(0, {}, type(error).__name__)


def _answer(response: Any) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status, headers, response.read(2_000_000).decode("utf-8", "replace"))
