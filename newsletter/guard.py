"""What keeps the sign-up form from abuse, without a cookie and without keeping an address.

* where a post comes from: ``Sec-Fetch-Site`` and ``Origin`` refuse other sites;
* a honeypot, and a signed time token that a script fetches when somebody touches the form; a
  form without one is answered by a second step that carries its own;
* limits by address range and for the whole site, counted in the cache under keyed hashes;
* a proof of work (ALTCHA) that the team switches on.

The limit by mail address stands with the outbox: what is counted there is mail.
"""

from __future__ import annotations

import base64
import datetime
import ipaddress
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import altcha
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

TOKEN_SALT = "newsletter.form"  # noqa: S105 (a name, not a secret)
TOKEN_NOT_BEFORE = datetime.timedelta(seconds=2)
TOKEN_FOR = datetime.timedelta(hours=12)

SAME_SITE = {"same-origin", "none"}


@dataclass(frozen=True)
class Limit:
    """At most ``count`` in ``seconds``."""

    name: str
    count: int
    seconds: int


BY_RANGE = (Limit("range-hour", 40, 3600), Limit("range-day", 120, 24 * 3600))
WHOLE_SITE = (Limit("site-hour", 600, 3600),)
# While the proof of work is on, those who cannot give one share this.
WITHOUT_PROOF = (Limit("without-proof-hour", 30, 3600),)

POW_MAX_NUMBER = 150_000  # about a second of a telephone
POW_FOR = datetime.timedelta(minutes=30)


def is_cross_site(request: HttpRequest) -> bool:
    """Does this post come from a page of another site, as far as its headers say?

    Old browsers send neither header; they are let through to the other guards.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site not in SAME_SITE:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    hosts = {request.get_host(), urlsplit(settings.BASE_URL).netloc}
    return urlsplit(origin).netloc not in hosts


def form_token() -> str:
    """The moment a form was taken in hand, signed."""
    return signing.dumps(timezone.now().timestamp(), salt=TOKEN_SALT)


def token_is_good(token: str) -> bool:
    """Was the form taken in hand long enough ago for a person, and not too long ago?"""
    try:
        since = float(signing.loads(token[:300], salt=TOKEN_SALT, max_age=TOKEN_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return timezone.now().timestamp() - since >= TOKEN_NOT_BEFORE.total_seconds()


def range_of(request: HttpRequest) -> str:
    """A keyed hash of the visitor's address range (/24, or /48 in IPv6): for counting only."""
    raw = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):  # behind our own proxy
        raw = request.headers.get("X-Forwarded-For", raw).rpartition(",")[2].strip() or raw
    try:
        address = ipaddress.ip_address(raw)
        width = 24 if address.version == 4 else 48
        text = str(ipaddress.ip_network(f"{address}/{width}", strict=False))
    except ValueError:
        text = "unknown"
    return salted_hmac("newsletter.range", text, algorithm="sha256").hexdigest()[:32]


def is_over(limits: tuple[Limit, ...], who: str = "") -> bool:
    """Count one more, and say whether that is too many. A cache that is down counts nothing."""
    over = False
    for limit in limits:
        window = int(timezone.now().timestamp()) // limit.seconds
        key = f"newsletter:{limit.name}:{who}:{window}"
        cache.add(key, 0, limit.seconds)
        try:
            over |= cache.incr(key) > limit.count
        except ValueError:
            continue
    return over


def new_challenge() -> dict[str, Any]:
    """An ALTCHA challenge for the reader's browser, in the protocol's own words."""
    challenge = altcha.create_challenge(
        altcha.ChallengeOptions(
            algorithm="SHA-256",
            max_number=POW_MAX_NUMBER,
            hmac_key=_proof_key(),
            expires=timezone.now() + POW_FOR,
        )
    )
    return dict(challenge.to_dict())


def proof_is_good(payload: str) -> bool:
    """Is this the answer to a challenge of ours, not too old and not used before?"""
    if not payload or len(payload) > 2000:
        return False
    try:
        good, _error = altcha.verify_solution(payload, _proof_key(), check_expires=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    if not good:
        return False
    # By the challenge, not by the payload: the same answer can be written in many ways.
    solved = json.loads(base64.b64decode(payload))["challenge"]
    used = salted_hmac("newsletter.proof", str(solved), algorithm="sha256").hexdigest()
    return bool(cache.add(f"newsletter:proof:{used}", 1, POW_FOR.total_seconds()))


def _proof_key() -> str:
    return salted_hmac("newsletter.altcha", "key", algorithm="sha256").hexdigest()
