"""A mail server that is there or not, and keeps what it took."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[tuple[str, str, str]] = []  # to, subject, text

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        self.taken += [(to, str(message["subject"]), text) for to in envelope.rcpt_tos]
        return "250 Kept"

    def __enter__(self) -> Mailbox:
        self._server = Controller(
            self, hostname="127.0.0.1", port=self.port, server_hostname="localhost"
        )
        self._server.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._server.stop()
