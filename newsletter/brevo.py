"""Brevo over its documented HTTP interface: contacts and their lists (developers.brevo.com).

Only the answers that the documentation names are believed. A page of a proxy, an empty line or
half an answer is a failure worth another try, never a success.
"""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

TIMEOUT = 10  # seconds to connect, and for each piece of the answer
MAX_ANSWER = 64 * 1024
LONGEST_ASKED_WAIT = 3600  # seconds


class TryLaterError(Exception):
    """Nothing is known to be wrong with the request. ``wait``: seconds, where the server says."""

    def __init__(self, reason: str, wait: int | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class RefusedError(Exception):
    """The provider will never take this request as it is."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def code(self) -> str:
        """Brevo's own word for what is wrong; empty where the answer is not Brevo's."""
        try:
            said = json.loads(self.body)
        except ValueError:
            return ""
        return str(said.get("code", "")) if isinstance(said, dict) else ""


@dataclass(frozen=True)
class Brevo:
    """The contacts of one account. ``lists``: our keys and the numbers of its lists."""

    key: str
    url: str
    lists: dict[str, int]
    is_remote: bool = True

    def put(self, address: str, lists: list[str]) -> None:
        wished = sorted({self.lists[key] for key in lists if key in self.lists})
        if not wished:  # of the letters it reads, none is sent from there
            return self.take_away(address)
        contact = {"email": address, "listIds": wished, "updateEnabled": True}
        self._ask("POST", "/contacts", contact, good={201, 204})
        if others := sorted(set(self.lists.values()) - set(wished)):
            self._ask("PUT", self._path(address), {"unlinkListIds": others}, good={204})
        return None

    def take_away(self, address: str) -> None:
        self._ask("DELETE", self._path(address), None, good={204}, absent_is_good=True)

    @staticmethod
    def _path(address: str) -> str:
        return f"/contacts/{quote(address, safe='')}?identifierType=email_id"

    def _ask(
        self,
        method: str,
        path: str,
        content: dict[str, Any] | None,
        *,
        good: set[int],
        absent_is_good: bool = False,
    ) -> None:
        try:
            answer = self._send(method, path, content)
        except (OSError, http.client.HTTPException) as error:
            raise TryLaterError(f"{type(error).__name__}: {error}") from error
        if answer.status in good:
            return
        if absent_is_good and answer.status == 404 and answer.code == "document_not_found":
            return
        said = f"{answer.status} {answer.code}".strip()
        # These, in Brevo's own words, are about this request; rights, credit and rate are not.
        if answer.code and answer.status in (400, 422):
            raise RefusedError(said)
        raise TryLaterError(said, _asked_wait(answer.headers))

    def _send(self, method: str, path: str, content: dict[str, Any] | None) -> Answer:
        """One request; no redirection is followed, so that the key goes nowhere else."""
        parts = urlsplit(self.url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
        headers = {"api-key": self.key, "Accept": "application/json"}
        body = None
        if content is not None:
            body = json.dumps(content).encode()
            headers["Content-Type"] = "application/json"
        try:
            line.request(method, parts.path.rstrip("/") + path, body=body, headers=headers)
            got = line.getresponse()
            if not got.headers:  # the line broke after the first words, or that is no web server
                raise http.client.HTTPException("an answer without headers")
            return Answer(got.status, got.headers, got.read(MAX_ANSWER))
        finally:
            line.close()


def _asked_wait(headers: http.client.HTTPMessage) -> int | None:
    """How long the server asks us to wait, in seconds, as far as it says so in a number."""
    for name in ("Retry-After", "x-sib-ratelimit-reset"):
        if (value := headers.get(name, "").strip()).isdecimal():
            return min(int(value[:9]), LONGEST_ASKED_WAIT)
    return None
