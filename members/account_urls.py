"""allauth's pages at French addresses, under the names that allauth itself asks for.

Its e-mail and sign-up pages are not here: accounts come by invitation, and the address is that
of the invitation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from django.urls import path, re_path
from django.utils.module_loading import import_string

from .views import invitations

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def second_factor(name: str) -> Callable[..., HttpResponseBase]:
    """The view of ``allauth.mfa``, loaded when it is first asked for.

    These views bring two libraries of cryptography, about 11 MB that a process which only serves
    the public never needs.
    """

    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        load: Callable[..., HttpResponseBase] = import_string(f"allauth.mfa.{name}")
        return load(request, **parts)

    return view


urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("demander-un-acces/", invitations.request_access, name="account_signup"),
    path("compte-inactif/", account.account_inactive, name="account_inactive"),
    path("confirmation/", account.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/nouveau/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/message-envoye/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/oublie/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", second_factor("base.views.index"), name="mfa_index"),
    path("second-facteur/code/", second_factor("base.views.authenticate"), name="mfa_authenticate"),
    path(
        "second-facteur/confirmation/",
        second_factor("base.views.reauthenticate"),
        name="mfa_reauthenticate",
    ),
    path(
        "second-facteur/activer/",
        second_factor("totp.views.activate_totp"),
        name="mfa_activate_totp",
    ),
    path(
        "second-facteur/desactiver/",
        second_factor("totp.views.deactivate_totp"),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-facteur/secours/",
        second_factor("recovery_codes.views.view_recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-facteur/secours/nouveaux/",
        second_factor("recovery_codes.views.generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-facteur/secours/codes.txt",
        second_factor("recovery_codes.views.download_recovery_codes"),
        name="mfa_download_recovery_codes",
    ),
]
