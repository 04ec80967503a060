"""Signed links. A token names a subscriber by uid and says what it is for; nothing is stored."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core import signing

CONFIRM_FOR = datetime.timedelta(days=7)
MANAGE_FOR = datetime.timedelta(days=180)
MAX_TOKEN = 2000  # characters; a longer one is no token of ours


class BadTokenError(Exception):
    """Forged, damaged, for another purpose, or too old (``expired``)."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "invalid")
        self.expired = expired


@dataclass(frozen=True)
class Token:
    """What a link says: whose it is, which asking or which lists it is about."""

    uid: uuid.UUID
    ask: uuid.UUID | None = None
    lists: list[str] = field(default_factory=list)


def confirm_token(uid: uuid.UUID, ask: uuid.UUID) -> str:
    return signing.dumps({"u": uid.hex, "a": ask.hex}, salt="newsletter.confirm")


def manage_token(uid: uuid.UUID) -> str:
    return signing.dumps({"u": uid.hex}, salt="newsletter.manage")


def leave_token(uid: uuid.UUID, lists: Iterable[str] = ()) -> str:
    """For the one-click departure from these lists, or from all; it never gets too old."""
    return signing.dumps({"u": uid.hex, "l": list(lists)}, salt="newsletter.leave")


def read_confirm(token: str) -> Token:
    return _read(token, "newsletter.confirm", CONFIRM_FOR)


def read_manage(token: str) -> Token:
    return _read(token, "newsletter.manage", MANAGE_FOR)


def read_leave(token: str) -> Token:
    return _read(token, "newsletter.leave", None)


def _read(token: str, salt: str, max_age: datetime.timedelta | None) -> Token:
    if len(token) > MAX_TOKEN:
        raise BadTokenError
    try:
        said = signing.loads(token, salt=salt, max_age=max_age)
        return Token(
            uid=uuid.UUID(hex=said["u"]),
            ask=uuid.UUID(hex=said["a"]) if "a" in said else None,
            lists=[str(key) for key in said.get("l", [])],
        )
    except signing.SignatureExpired:
        raise BadTokenError(expired=True) from None
    except (signing.BadSignature, ValueError, KeyError, TypeError, AttributeError):
        raise BadTokenError from None
