"""Memberships to chase, turning a request down, sending an invitation again or revoking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..chase import DUE, to_chase
from ..entry import send_invitation, turn_down
from ..models import AccessRequest, Invitation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@permission_required("members.view_garden", raise_exception=True)
@require_safe
def chase(request: HttpRequest) -> HttpResponse:
    """Gardens near the end of their membership or past it, each step with its gardens."""
    rows = to_chase()
    steps = [(step.label, [row for row in rows if row.step == step]) for step, *_days in DUE]
    context = {
        "steps": steps,
        "late": [row for row in rows if row.step is None],
        "count": len(rows),
    }
    return render(request, "members/admin/chase.html", context)


@permission_required("members.add_invitation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a request down, after a page that shows the request and the message that will leave."""
    asked = get_object_or_404(AccessRequest, pk=pk)
    if request.method != "POST":
        return render(request, "members/admin/refuse.html", {"asked": asked})
    somebody: Any = request.user
    outcome = turn_down(asked, by=somebody)
    if outcome is None:
        messages.info(request, _("This request has been answered already."))
    elif outcome:
        messages.success(
            request, _("The request is turned down; a message told %s so.") % asked.email
        )
    else:
        messages.error(
            request,
            _("The message could not be sent: the request is still waiting. Try again in a while."),
        )
    return redirect("accessrequest:index")


@permission_required("members.add_invitation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link by a new message, after a page that asks; the older link is dead."""
    invitation = get_object_or_404(Invitation.objects.open().select_related("garden"), pk=pk)
    if request.method != "POST":
        return render(request, "members/admin/resend.html", {"invitation": invitation})
    invitation.renew()
    if send_invitation(invitation):
        messages.success(
            request,
            _("The invitation has been sent to %(email)s. It lives seven days.")
            % {"email": invitation.email},
        )
    else:
        messages.error(
            request,
            _("The message could not be sent just now. Send the invitation again in a while."),
        )
    return redirect("invitation:index")


@permission_required("members.add_invitation", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link opens nothing any more, after a page that asks."""
    invitation = get_object_or_404(Invitation.objects.open().select_related("garden"), pk=pk)
    if request.method != "POST":
        return render(request, "members/admin/revoke.html", {"invitation": invitation})
    invitation.revoke()
    messages.success(request, _("The invitation has been revoked."))
    return redirect("invitation:index")
