"""Log lines as JSON, each with the number of its request and without anybody's data.

An address, a mail address or a secret in a path could stand in any message, of ours or of a
library: what looks like one is taken out where lines are written, not where they are made.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
access_log = logging.getLogger("site_cocagne.access")

GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
PAGES = "wagtail_serve"

MAIL = r"[^\s@<>\"'(/=]+@[^\s@<>\"')]+\.[^\s@<>\"'),.]+"
ADDRESS = (
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|(?<![\w:.])(?=[0-9A-Fa-f:]*::|(?:[0-9A-Fa-f]{1,4}:){7})[0-9A-Fa-f:]{3,}(?![\w:])"
)
PERSONAL = (
    (re.compile(MAIL), "[mail]"),
    (re.compile(ADDRESS), "[address]"),
    # Query strings carry words that people looked for.
    (re.compile(r"(?<=/)\?\S+"), "?[query]"),
    # Keys of invitations, calendars, drafts: long, with a figure or a capital among the letters.
    (re.compile(r"(?<=[/=:])(?=[\w:-]*[A-Z0-9])[\w:-]{22,}"), "[key]"),
    (re.compile(r"(?i)\b(password|token|secret|authorization)(\W{1,3})\S+"), r"\1\2[secret]"),
)


def without_personal_data(text: str) -> str:
    for pattern, word in PERSONAL:
        text = pattern.sub(word, text)
    return text


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, request; the traceback of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
        }
        if number := request_id.get():
            line["request"] = number
        line |= getattr(record, "figures", {})
        if record.exc_info:
            line["exception"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class NumberedRequests:
    """A number for each request, said in its answer and in every line of the log it causes.

    That of nginx is taken over where the proxy is ours. The line of a request names the page or
    the kind of view, never the address of another view: it may hold a key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        ours = bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None)) and GIVEN_ID.match(given)
        token = request_id.set(given if ours else uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            if access_log.isEnabledFor(logging.INFO):
                took = (time.perf_counter() - started) * 1000
                access_log.info("request", extra={"figures": figures_of(request, response, took)})
            return response
        finally:
            request_id.reset(token)


def figures_of(request: HttpRequest, response: HttpResponse, took: float) -> dict[str, object]:
    match = request.resolver_match
    view = match.view_name if match is not None else ""
    figures: dict[str, object] = {
        "method": request.method,
        "status": response.status_code,
        "ms": round(took, 1),
    }
    if match is None or view == PAGES:
        # Pages, and what was answered before any view: from memory, or a redirect.
        figures["path"] = without_personal_data(request.path)[:200]
    else:
        figures["view"] = view or getattr(match.func, "__name__", "")
    return figures
