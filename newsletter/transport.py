"""Handing a mail to a server, and knowing at which moment it is the server's.

RFC 5321, 4.2.5: a server takes responsibility for a mail when it answers the dot that ends the
data; without the dot it keeps nothing. So the outbox's mark is set between the two.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any, Self

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
    is_marked = False  # the mark of the present mail was set: it may have arrived

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
                self.is_marked = True
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


class Line:
    """A connection for a batch of mails: greeting, encryption and login once, not for each.

    It opens with the first mail, and anew after one that went wrong in any way but a plain
    refusal. A server that hung up between two mails is called once more before anything is
    said to have failed.
    """

    def __init__(self) -> None:
        self._backend: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()

    def send(self, message: EmailMessage, mark: Mark) -> None:
        """Hand the message over, ``mark`` being called at the last moment at which it may not be.

        ``RefusedError`` when the address is refused for good; anything else raised is worth
        another try.
        """
        if settings.EMAIL_BACKEND != SMTP:
            self._open(get_connection)
            mark()
            self._backend.send_messages([message])
            return
        was_open = self._open(_smtp)
        try:
            self._send_by_smtp(message, mark)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused) as error:
            hung_up = getattr(error, "smtp_code", 421) == 421  # RFC 5321: closing the channel
            if not (was_open and hung_up) or self._backend.connection.is_marked:
                raise
            self.close()
            self._open(_smtp)
            self._send_by_smtp(message, mark)

    def _open(self, make: Callable[[], Any]) -> bool:
        """Have a connection; was it open before?"""
        if self._backend is not None:
            return True
        backend = make()
        backend.open()
        self._backend = backend
        return False

    def _send_by_smtp(self, message: EmailMessage, mark: Mark) -> None:
        line = self._backend.connection
        line.mark, line.is_marked = mark, False
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            if 500 <= code < 600:
                raise RefusedError(f"{code} {reply.decode(errors='replace')}") from error
            raise


def _smtp() -> MarkingBackend:
    return MarkingBackend(timeout=getattr(settings, "EMAIL_TIMEOUT", None) or TIMEOUT)


def was_answered(error: Exception) -> bool:
    """Did the server say no, or did the line break before it said anything?"""
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        return True
    # An interface over HTTP (django-anymail) that refused, or took nothing because it was busy.
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and 400 <= status < 500
