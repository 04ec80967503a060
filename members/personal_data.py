"""What is kept of a person: given out on demand, taken away on demand or after years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone

from site_cocagne.core.signals import exporting_person, forgetting_person

from .models import AccessRequest, Affiliation, BrandAcceptance, Invitation

if TYPE_CHECKING:
    from .models import User


class StillWorkingError(Exception):
    """The account has a role in the editorial space, which somebody must end first."""


def export(user: User) -> dict[str, Any]:
    """Everything the site keeps that names ``user``; dates in ISO 8601."""
    elsewhere: list[tuple[Any, Any]] = exporting_person.send(type(user), user=user)
    kept = {name: value for _receiver, part in elsewhere for name, value in part.items()}
    return kept | {
        "account": {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "made_on": user.date_joined.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
            "roles": sorted(user.groups.values_list("name", flat=True)),
            "second_factor": Authenticator.objects.filter(user=user).exists(),
        },
        "affiliations": [
            {
                "garden": row.garden.name,
                "role": row.role,
                "missions": [mission.name for mission in row.missions.all()],
                "since": row.started_on.isoformat(),
                "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            }
            for row in user.affiliations.select_related("garden").prefetch_related("missions")
        ],
        "invitations": [
            {"garden": row.garden.name, "sent_at": row.sent_at.isoformat(), "state": row.state}
            for row in Invitation.objects.filter(email=user.email).select_related("garden")
        ],
        "requests": [
            {
                "asked_at": row.created_at.isoformat(),
                "garden": row.garden_name,
                "occupation": row.occupation,
                "message": row.message,
                "status": row.status,
            }
            for row in AccessRequest.objects.filter(email=user.email)
        ],
        "brand_rules_accepted": [
            {"version": row.rules_version, "accepted_at": row.accepted_at.isoformat()}
            for row in BrandAcceptance.objects.filter(user=user)
        ],
    }


@transaction.atomic
def anonymise(user: User) -> None:
    """Take away what names ``user``; raise ``StillWorkingError`` for who has a role.

    The row stays without a name, because the history of pages and the acceptances of the brand
    rules refer to it: that somebody accepted a version on a day, no longer who.
    """
    if user.is_superuser or user.groups.exists() or user.user_permissions.exists():
        raise StillWorkingError
    email = user.email
    forgetting_person.send(type(user), user=user)
    # Where and when somebody worked names them in a small garden.
    Affiliation.objects.filter(user=user).delete()
    Invitation.objects.filter(email=email).delete()
    AccessRequest.objects.filter(email=email).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    AccessAttempt.objects.filter(username=email).delete()
    user.email = f"compte-{user.pk}@anonyme.invalid"
    user.first_name = user.last_name = ""
    user.is_active = False
    user.anonymised_on = timezone.localdate()
    user.session_generation += 1
    user.set_unusable_password()
    user.save()
