"""Accepting an invitation, and the public request for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..adapter import client_address
from ..entry import accept, make_account
from ..forms import AccessRequestForm, NewAccountForm
from ..limits import within_limit
from ..models import AccessRequest, Invitation, User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds the link proves the address. A new address gets an account here; one that has
    an account logs in to it first, so that a link alone never enters an existing account.
    """
    if not within_limit("invitation", client_address(request), amount=60, seconds=3600):
        return render(request, "members/invitation_invalid.html", status=429)
    invitation = Invitation.objects.from_token(token)
    if invitation is None:
        return render(request, "members/invitation_invalid.html", status=404)
    context: dict[str, Any] = {"invitation": invitation}
    if User.objects.filter(email=invitation.email).exists():
        return _accept_into_account(request, invitation, context)
    return _open_account(request, invitation, context)


def _open_account(
    request: HttpRequest, invitation: Invitation, context: dict[str, Any]
) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "members/invitation_other.html", context, status=403)
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user = make_account(
            invitation,
            password=data["password"],
            first=data["first_name"],
            last=data["last_name"],
        )
        if user is None:
            return render(request, "members/invitation_invalid.html", status=404)
        login(request, user, backend=BACKEND)
        record_authentication(request, user, method="password", email=user.email)
        messages.success(request, _("Welcome! Your account is open."))
        return redirect("members:space")
    status = 422 if form.is_bound else 200
    return render(request, "members/invitation.html", {**context, "form": form}, status=status)


def _accept_into_account(
    request: HttpRequest, invitation: Invitation, context: dict[str, Any]
) -> HttpResponse:
    user: Any = request.user
    if not user.is_authenticated:
        return render(request, "members/invitation_login.html", context)
    if user.email != invitation.email:
        return render(request, "members/invitation_other.html", context, status=403)
    if request.method != "POST":
        return render(request, "members/invitation_confirm.html", context)
    if accept(invitation, user) is None:
        return render(request, "members/invitation_invalid.html", status=404)
    messages.success(request, _("You have joined “%(name)s”.") % {"name": invitation.garden})
    return redirect("members:space")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_access(request: HttpRequest) -> HttpResponse:
    """Ask to be let in. The answer is the same whether or not the address is known."""
    form = AccessRequestForm(request.POST or None)
    if request.method != "POST":
        return render(request, "members/request.html", {"form": form})
    if not within_limit("request", client_address(request), amount=10, seconds=DAY):
        form.add_error(None, _("Too many requests came from here today. Try again tomorrow."))
        return render(request, "members/request.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "members/request.html", {"form": form}, status=422)
    address = form.cleaned_data["email"].lower()
    if not form.is_trapped and within_limit("request-to", address, amount=3, seconds=DAY):
        waiting = AccessRequest.objects.filter(
            email=address, status=AccessRequest.Status.WAITING
        ).first()
        if waiting is None:
            form.save()
    return redirect("members:request_sent")


@require_http_methods(["GET", "HEAD"])
def request_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "members/request_sent.html")
