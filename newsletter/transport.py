"""Handing a mail to a server, and knowing at which moment it is the server's.

RFC 5321, 4.2.5: a server takes responsibility for a mail when it answers the dot that ends the
data; without the dot it keeps nothing. So the outbox's mark is set between the two.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

SMTP = "django.core.mail.backends.smtp.EmailBackend"
TIMEOUT = 20  # seconds, for each answer of the server
Mark = Callable[[], None]


class NoLongerOursError(Exception):
    """The row was erased or given to another worker: nothing is sent."""


class RefusedError(Exception):
    """The server refuses this address for good."""


class _MarkingMixin:
    """A client of SMTP that says when the last byte is about to go."""

    mark: Mark | None = None

    def data(self: Any, msg: bytes | str) -> tuple[int, bytes]:
        """As ``smtplib.SMTP.data``, with the mark before the dot."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        raw = msg if isinstance(msg, bytes) else smtplib._fix_eols(msg).encode("ascii")  # type: ignore[attr-defined]
        raw = smtplib._quote_periods(raw)  # type: ignore[attr-defined]
        self.send(raw if raw.endswith(b"\r\n") else raw + b"\r\n")
        if self.mark is not None:
            try:
                self.mark()
            except BaseException:
                self.close()  # in the middle of the data no QUIT is understood
                raise
        self.send(b".\r\n")
        code, reply = self.getreply()
        return code, reply


class MarkingSMTP(_MarkingMixin, smtplib.SMTP):  # type: ignore[misc]
    pass


class MarkingSMTPS(_MarkingMixin, smtplib.SMTP_SSL):  # type: ignore[misc]
    pass


class MarkingBackend(EmailBackend):
    """Django's own SMTP backend with the marking client."""

    @property
    def connection_class(self) -> Any:
        return MarkingSMTPS if self.use_ssl else MarkingSMTP


def send(message: EmailMessage, mark: Mark) -> None:
    """Hand the message over, ``mark`` being called at the last moment at which it may not be.

    ``RefusedError`` when the address is refused for good; anything else raised is worth another
    try.
    """
    if settings.EMAIL_BACKEND == SMTP:
        _send_by_smtp(message, mark)
        return
    mark()
    get_connection().send_messages([message])


def _send_by_smtp(message: EmailMessage, mark: Mark) -> None:
    backend = MarkingBackend(timeout=getattr(settings, "EMAIL_TIMEOUT", None) or TIMEOUT)
    backend.open()
    try:
        backend.connection.mark = mark  # type: ignore[union-attr]
        backend.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        if 500 <= code < 600:
            raise RefusedError(f"{code} {reply.decode(errors='replace')}") from error
        raise
    finally:
        backend.close()


def was_answered(error: Exception) -> bool:
    """Did the server say no, or did the line break before it said anything?"""
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        return True
    # An interface over HTTP (django-anymail) that refused, or took nothing because it was busy.
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and 400 <= status < 500
