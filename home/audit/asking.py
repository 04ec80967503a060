"""Requests as an outsider, answered in this process by the site itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test.client import Client, ClientHandler

# Counted by nobody: it says that it is a robot.
AGENT = "CocagneAccessAudit/1.0 (bot)"
MOST_TEXT = 5_000_000  # bytes of one answer that are read


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""
    kind: str = ""


@contextmanager
def without_warnings() -> Iterator[None]:
    """A door that is shut is what an audit asks for: the log need not warn of each."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


class Handler(ClientHandler):
    """Answers as the site does, for somebody who is logged in without having logged in."""

    user: Any

    def get_response(self, request: Any) -> Any:
        request._cached_user = self.user  # where Django keeps who the session belongs to
        return super().get_response(request)


class Outsider:
    """Nobody in particular, or an account that belongs to no garden.

    The account is never stored: a run leaves no trace among people and sessions.
    """

    def __init__(self, *, logged_in: bool) -> None:
        self.logged_in = logged_in
        self.name = "an account without affiliation" if logged_in else "nobody in particular"
        address = urlsplit(settings.BASE_URL)
        self.secure = address.scheme == "https"
        self.client = Client(
            raise_request_exception=False,
            headers={"user-agent": AGENT, "host": address.netloc or "localhost"},
        )
        handler = Handler(enforce_csrf_checks=False)
        handler.user = AnonymousUser()
        if logged_in:
            handler.user = get_user_model()(pk=0, email="audit@invalid.invalid")
            # Who sends no session at all is nobody before anything is asked.
            self.client.cookies[settings.SESSION_COOKIE_NAME] = "audit"
        self.client.handler = handler

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        with without_warnings():
            response: Any = self.client.generic(
                method, address, secure=self.secure, headers=headers or None
            )
        try:
            body = b""
            parts = response.streaming_content if response.streaming else [response.content]
            for part in parts:
                body += part
                if len(body) > MOST_TEXT:
                    break
        finally:
            # As Django's own client does it: the connection is the command's, and stays open.
            request_finished.disconnect(close_old_connections)
            response.close()
            request_finished.connect(close_old_connections)
        return Answer(
            response.status_code,
            body.decode("utf-8", "replace"),
            response.headers.get("Location", ""),
            response.headers.get("Content-Type", ""),
        )
