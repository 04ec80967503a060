"""My data: what is kept, a copy of it, and the end of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..forms import DeleteAccountForm, ProfileForm
from ..limits import within_limit
from ..personal_data import StillWorkingError, anonymise, export

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, security, and the way to one's data."""
    user: Any = request.user
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("members:profile")
    status = 422 if form.is_bound else 200
    return render(request, "members/profile.html", {"form": form}, status=status)


@never_cache
@require_safe
@login_required
def export_data(request: HttpRequest) -> HttpResponse:
    """Everything the site keeps of this person, as JSON."""
    user: Any = request.user
    response = JsonResponse(export(user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """End the account: it is anonymised, and the page says what stays."""
    user: Any = request.user
    form = DeleteAccountForm(request.POST or None, user=user)
    if request.method == "POST":
        if not within_limit("delete", str(user.pk), amount=5, seconds=3600):
            form.add_error(None, _("Too many tries. Wait an hour."))
        elif form.is_valid():
            try:
                anonymise(user)
            except StillWorkingError:
                form.add_error(
                    None,
                    _("Your account has a role in the editorial space: ask for it to be ended."),
                )
            else:
                logout(request)
                return redirect("members:deleted")
    status = 422 if form.is_bound else 200
    return render(request, "members/delete.html", {"form": form}, status=status)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "members/deleted.html")
