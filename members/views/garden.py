"""The people of a garden, looked after by its contact person (*référent·e*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..entry import invite, referent_gardens, send_invitation
from ..forms import InviteForm
from ..limits import within_limit
from ..models import Affiliation, Invitation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..models import Garden

HOUR = 3600


def gardens_of(request: HttpRequest) -> list[Garden]:
    """The gardens of the contact person who asks; nobody else enters these pages."""
    user: Any = request.user
    if gardens := referent_gardens(user):
        return gardens
    raise PermissionDenied(_("This page is for the contact persons of member gardens."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, garden_id: int | None = None) -> HttpResponse:
    """The people and invitations of a garden; inviting is done here too."""
    gardens = gardens_of(request)
    garden = gardens[0]
    if garden_id is not None:
        garden = next((one for one in gardens if one.pk == garden_id), None) or _foreign()
    form = InviteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _may_send(request, form):
            _invite(request, garden, form.cleaned_data)
            return redirect("members:garden_people", garden.pk)
    affiliations = Affiliation.objects.not_ended().filter(garden=garden)
    context = {
        "garden": garden,
        "gardens": gardens,
        "affiliations": affiliations.select_related("user").order_by("-role", "user__last_name"),
        "invitations": Invitation.objects.open().filter(garden=garden),
        "form": form,
    }
    return render(request, "members/garden_people.html", context, status=status)


def _foreign() -> Garden:
    raise PermissionDenied(_("This is not your garden."))


def _may_send(request: HttpRequest, form: InviteForm) -> bool:
    if within_limit("invite", str(request.user.pk), amount=30, seconds=HOUR):
        return True
    form.add_error(None, _("Too many invitations were sent within the hour. Try again later."))
    return False


def _invite(request: HttpRequest, garden: Garden, data: dict[str, Any]) -> None:
    user: Any = request.user
    email = data["email"].strip().lower()
    running = Affiliation.objects.not_ended().filter(garden=garden, user__email=email)
    if running.exists():
        messages.info(request, _("%(email)s is already in your team.") % {"email": email})
        return
    _invitation, sent = invite(email=email, garden=garden, role=data["role"], by=user)
    _say_sent(request, email, sent=sent)


def _say_sent(request: HttpRequest, email: str, *, sent: bool) -> None:
    if sent:
        messages.success(
            request,
            _("The invitation has been sent to %(email)s. It lives seven days.") % {"email": email},
        )
    else:
        messages.warning(
            request,
            _("The message could not be sent just now. Send the invitation again in a while."),
        )


@require_POST
@login_required
def resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """A new link by a new message; the older link is dead."""
    invitation = _own_invitation(request, invitation_id)
    if not within_limit("invite", str(request.user.pk), amount=30, seconds=HOUR):
        messages.warning(request, _("Too many invitations were sent within the hour."))
    else:
        invitation.renew()
        _say_sent(request, invitation.email, sent=send_invitation(invitation))
    return redirect("members:garden_people", invitation.garden_id)


@require_POST
@login_required
def revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = _own_invitation(request, invitation_id)
    invitation.revoke()
    messages.success(request, _("The invitation has been revoked."))
    return redirect("members:garden_people", invitation.garden_id)


def _own_invitation(request: HttpRequest, invitation_id: int) -> Invitation:
    """An open invitation of one's own gardens; any other number is not found."""
    own = Invitation.objects.open().filter(garden__in=gardens_of(request))
    return get_object_or_404(own, pk=invitation_id)


@require_POST
@login_required
def end_affiliation(request: HttpRequest, affiliation_id: int) -> HttpResponse:
    """End a colleague's affiliation at once. One's own stays: a garden keeps its contact."""
    rows = Affiliation.objects.not_ended().filter(garden__in=gardens_of(request))
    affiliation = get_object_or_404(rows.select_related("user"), pk=affiliation_id)
    if affiliation.user_id == request.user.pk:
        messages.warning(request, _("You cannot end your own affiliation: ask the network’s team."))
    else:
        affiliation.end_now()
        messages.success(
            request,
            _("The affiliation of %(name)s has ended.") % {"name": affiliation.user},
        )
    return redirect("members:garden_people", affiliation.garden_id)
