"""Why the pages for members stay shut to somebody who is logged in, and what to do about it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import User


def reason_for(user: User) -> tuple[str, str]:
    """(why, what to do): the nearest reason that holds, from the affiliations of ``user``."""
    from .models import Garden, Invitation

    affiliations = list(user.affiliations.select_related("garden").order_by("-started_on"))
    running = [one for one in affiliations if not one.ended_on or one.ended_on > _today()]
    if Invitation.objects.pending().filter(email=user.email).exists():
        return (
            _("An invitation is waiting for you, and it has not been accepted yet."),
            _("Open the link in the message that was sent to you; the gate opens at once."),
        )
    if not affiliations:
        return (
            _("Your account is not tied to a member garden."),
            _("Ask the contact person of your garden to invite you, or send us a request."),
        )
    if not running:
        ended = max(one.ended_on for one in affiliations if one.ended_on)
        return (
            _("Your affiliation ended on %(day)s.") % {"day": date_format(ended, "j F Y")},
            _("If you work in a garden of the network, its contact person can invite you again."),
        )
    garden = running[0].garden
    if garden.status == Garden.Status.FORMER or not garden.membership_valid_until:
        return (
            _("“%(garden)s” has no current membership.") % {"garden": garden},
            _("The network’s team can tell you how to join again."),
        )
    day = date_format(garden.membership_valid_until, "j F Y")
    return (
        _("The membership of “%(garden)s” ended on %(day)s.") % {"garden": garden, "day": day},
        _("As soon as it is renewed, the gate opens again: nothing of yours is lost."),
    )


def _today() -> datetime.date:
    return timezone.localdate()
