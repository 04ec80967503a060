"""Where a copy of the subscriptions goes. The truth stays in our ledger, whatever is behind.

A provider is told, address by address, which letters are read there: an address that reads none
is none of its business and is taken away.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from .brevo import Brevo


class Provider(Protocol):
    """What a provider must know to do. Each call may be repeated without harm."""

    @property
    def is_remote(self) -> bool:
        """False: there is nobody to tell, and nothing is queued."""

    def put(self, address: str, lists: list[str]) -> None:
        """Make the provider hold this address with exactly these lists."""

    def take_away(self, address: str) -> None:
        """Make the provider hold nothing of this address."""


class DatabaseOnly:
    """The default: the letters leave from here, and nobody else holds an address."""

    is_remote = False

    def put(self, address: str, lists: list[str]) -> None:
        return None

    def take_away(self, address: str) -> None:
        return None


def current() -> Provider:
    """The provider that the environment names."""
    if settings.NEWSLETTER_PROVIDER == "brevo":
        return Brevo(
            key=settings.BREVO_API_KEY, url=settings.BREVO_API_URL, lists=settings.BREVO_LISTS
        )
    return DatabaseOnly()
