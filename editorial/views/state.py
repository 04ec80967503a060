"""*État du site*, in the admin: for those who look after the site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from site_cocagne.core import health

# Administration technique changes the settings of the site; nobody else does.
RIGHT = "core.change_organisation"


def may_look(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(RIGHT))


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What was looked at just now, what is not well first."""
    if not may_look(request.user):
        raise PermissionDenied
    found = sorted(health.findings(), key=lambda finding: finding.is_good)
    return render(
        request,
        "editorial/state.html",
        {"found": found, "amiss": sum(not finding.is_good for finding in found)},
    )
