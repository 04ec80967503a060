"""Where allauth and axes ask the site: who asks, where one may go next, what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .mails import deliver
from .models import User, UserManager

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nothing leads away from this host."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """``next`` stays on the host that was asked, whatever other hosts are allowed."""
        request = context.request  # the adapter may have been made without one
        return bool(url) and url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def clean_email(self, email: str) -> str:
        return UserManager.normalize_email(email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the configured address, never from the Host header of who asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        more = {"site_name": settings.WAGTAIL_SITE_NAME, "site": settings.BASE_URL}
        deliver(self.render_mail(template_prefix, email, {**context, **more, "email": email}))

    def reauthenticate(self, user: User, password: str) -> bool:
        """allauth looks for the address in a table of its own, which this site does not use."""
        again = self.authenticate(context.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk


def client_address(request: HttpRequest) -> str:
    """The address of who asks, with the proxies that ``SECURE_PROXY`` declares counted off.

    Empty where no connection stands behind the request, as when code logs somebody in.
    """
    if not request.META.get("REMOTE_ADDR"):
        return ""
    address: str = account_adapter(request).get_client_ip(request)
    return address


def login_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account an attempt aims at, spelt in one way, so that case gives no further tries."""
    asked = (credentials or {}).get("email") or (credentials or {}).get("username") or ""
    if not asked:
        asked = request.POST.get("login", "")
    return UserManager.normalize_email(str(asked))[:254]


def locked_out(request: HttpRequest, response: Any, credentials: Any) -> HttpResponse:
    """Too many wrong passwords: said in the same words for every address, known or not."""
    return render(request, "account/locked_out.html", status=429)
