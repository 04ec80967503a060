"""What follows by itself from what happens to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.signals import authenticator_added
from django.contrib.auth import update_session_auth_hash
from django.dispatch import receiver

if TYPE_CHECKING:
    from django.http import HttpRequest


@receiver(authenticator_added)
def a_second_factor_ends_older_sessions(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Sessions opened with the password alone must not outlive it: only this one goes on."""
    user.end_all_sessions()
    update_session_auth_hash(request, user)
