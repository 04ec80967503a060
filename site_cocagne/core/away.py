"""What a visitor gets while the database does not answer: a page that says so, and soon.

Waiting for a connection holds a web process up for as long as it is told to wait. So the first
visitor waits; for a moment after that everybody whose page is not kept is told at once, and the
processes are free for the pages that are.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from .absence import Absence
from .views import server_error

logger = logging.getLogger(__name__)

COME_BACK_IN = 5  # seconds
# What looks at the process or at the database itself.
ASKS_ANYWAY = "/sante/"

absence = Absence("database")


class WhileDatabaseIsAway:
    """Stands inside of the whole pages, which need no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not absence.asks() and not request.path.startswith(ASKS_ANYWAY):
            return unavailable()
        return self.get_response(request)


def unavailable() -> HttpResponse:
    """No database, no context, no tag that could fail."""
    response = HttpResponse(loader.get_template("503.html").render({}), status=503)
    response.headers["Retry-After"] = str(COME_BACK_IN)
    response.headers["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """The handler of whatever went wrong: a database that went away is nobody's fault here."""
    error = sys.exception()
    if not isinstance(error, (OperationalError, InterfaceError)):
        return server_error(request)
    from psycopg_pool import PoolTimeout  # a site on SQLite does without it

    if isinstance(error.__cause__, PoolTimeout):
        absence.begins(error)
    return unavailable()
