"""What people gave is not kept longer than they were told."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from members.models import AccessRequest, Invitation
from members.retention import purge
from tests import factories

pytestmark = pytest.mark.django_db


def ask(days_ago: int) -> AccessRequest:
    request = AccessRequest.objects.create(email=f"il-y-a-{days_ago}@exemple.fr")
    asked_at = timezone.now() - datetime.timedelta(days=days_ago)
    AccessRequest.objects.filter(pk=request.pk).update(created_at=asked_at)
    return request


def test_requests_older_than_a_year_are_deleted_and_younger_ones_stay() -> None:
    ask(366)
    young = ask(364)
    assert purge()["access requests"] == 1
    assert list(AccessRequest.objects.all()) == [young]
    assert purge()["access requests"] == 0


def test_invitations_older_than_a_year_are_deleted_accepted_or_not() -> None:
    garden, now = factories.garden(), timezone.now()

    def invite(days_ago: int, **fields: Any) -> Invitation:
        sent_at = now - datetime.timedelta(days=days_ago)
        email = f"il-y-a-{days_ago}@exemple.fr"
        return Invitation.objects.create(email=email, garden=garden, sent_at=sent_at, **fields)

    invite(400)
    invite(366, accepted_at=now - datetime.timedelta(days=365))
    young = invite(364)
    said = StringIO()
    call_command("purge_personal_data", stdout=said)
    assert "2 invitations" in said.getvalue()
    assert list(Invitation.objects.all()) == [young]


def test_the_nightly_command_asks_every_app() -> None:
    ask(400)
    said = StringIO()
    call_command("purge_personal_data", stdout=said)
    assert "members: 1 access requests" in said.getvalue()
    assert "newsletter:" in said.getvalue()
