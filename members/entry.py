"""Inviting people, letting them in, ending it: the steps, each whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from . import mails
from .models import AccessRequest, Affiliation, Garden, Invitation, User, UserManager

if TYPE_CHECKING:
    from datetime import date


def invite(*, email: str, garden: Garden, role: str, by: User | None) -> tuple[Invitation, bool]:
    """Invite ``email`` into ``garden``; whether the mail left.

    Somebody who has a pending invitation of the same garden gets that one anew: one link is
    good at a time.
    """
    address = UserManager.normalize_email(email)
    with transaction.atomic():
        pending = Invitation.objects.select_for_update().pending()
        invitation = pending.filter(email=address, garden=garden).first()
        if invitation is None:
            invitation = Invitation.objects.create(
                email=address, garden=garden, role=role, invited_by=by
            )
        else:
            invitation.role, invitation.invited_by = role, by
            invitation.save(update_fields=["role", "invited_by"])
            invitation.renew()
    return invitation, send_invitation(invitation)


def send_invitation(invitation: Invitation) -> bool:
    link = reverse("members:accept_invitation", args=[invitation.token])
    return mails.send(
        "invitation",
        invitation.email,
        {"invitation": invitation, "link": f"{settings.BASE_URL}{link}"},
    )


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Affiliation | None:
    """Use up ``invitation``; the affiliation it gives. ``None`` if it was used meanwhile.

    An affiliation with this garden that had ended begins again.
    """
    used = Invitation.objects.pending().filter(pk=invitation.pk, nonce=invitation.nonce)
    if not used.update(accepted_at=timezone.now()):
        return None
    affiliation, made = Affiliation.objects.get_or_create(
        user=user, garden=invitation.garden, defaults={"role": invitation.role}
    )
    if not made:
        if not Affiliation.objects.not_ended().filter(pk=affiliation.pk).exists():
            affiliation.started_on = timezone.localdate()
        affiliation.ended_on, affiliation.role = None, invitation.role
        affiliation.save(update_fields=["ended_on", "role", "started_on"])
    return affiliation


def make_account(invitation: Invitation, *, password: str, first: str, last: str) -> User | None:
    """The account of an invited person, affiliated at once; ``None`` if the link was used."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email, password, first_name=first, last_name=last
            )
            if accept(invitation, user) is None:
                transaction.set_rollback(True)
                return None
    except IntegrityError:  # the same form, sent twice at once
        return None
    return user


def referent_gardens(user: User, on: date | None = None) -> list[Garden]:
    """Gardens whose people ``user`` looks after today."""
    rows = Affiliation.objects.current(on).filter(user=user, role=Affiliation.Role.REFERENT)
    return [row.garden for row in rows.select_related("garden").order_by("garden__name")]


def turn_down(asked: AccessRequest, *, by: User) -> bool | None:
    """Turn a waiting request down by a message, both or neither; whether the message left.

    ``None`` if somebody answered it meanwhile: nobody gets two answers.
    """
    with transaction.atomic():
        waiting = AccessRequest.objects.filter(pk=asked.pk, status=AccessRequest.Status.WAITING)
        answered = waiting.update(
            status=AccessRequest.Status.REFUSED, handled_at=timezone.now(), handled_by=by
        )
        if not answered:
            return None
        if not mails.send("request_refused", asked.email, {"asked": asked}):
            transaction.set_rollback(True)
            return False
    return True
