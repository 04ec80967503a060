"""The screens of *Vie du réseau*."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import AccessRequest, Invitation, User
from site_cocagne import roles
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = ("garden", "affiliation", "accessrequest", "invitation")


@pytest.fixture
def staff(in_role: Callable[[roles.Role], User], logged_in: Callable[[User], Client]) -> Client:
    return logged_in(in_role(roles.NETWORK_LIFE))


@pytest.mark.parametrize("model", MODELS)
def test_network_life_sees_its_lists(staff: Client, model: str) -> None:
    factories.member()
    AccessRequest.objects.create(
        email="a@exemple.fr", first_name="A", last_name="B", garden_name="C"
    )
    Invitation.objects.create(email="b@exemple.fr", garden=factories.garden())
    assert staff.get(reverse(f"{model}:index")).status_code == 200
    assert staff.get(reverse(f"{model}:index"), {"q": "exemple"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_writer_does_not_see_them(
    redactrice: User, logged_in: Callable[[User], Client], model: str
) -> None:
    assert logged_in(redactrice).get(reverse(f"{model}:index")).status_code == 302


def test_inviting_sends_the_link_and_answers_the_request(staff: Client) -> None:
    asked = AccessRequest.objects.create(
        email="maia@exemple.fr", first_name="Maïa", last_name="Renard", garden_name="Bas"
    )
    garden = factories.garden()
    staff.post(
        reverse("invitation:add"),
        {"email": "Maia@exemple.fr", "garden": garden.pk, "role": "member"},
    )
    assert mail.outbox[0].to == ["maia@exemple.fr"]
    asked.refresh_from_db()
    assert asked.status == AccessRequest.Status.INVITED
    assert Invitation.objects.get().is_pending


def test_an_affiliation_is_ended_and_its_person_stays(staff: Client) -> None:
    row = factories.member().affiliations.get()
    other = factories.user()
    address = reverse("affiliation:edit", args=[row.pk])
    assert staff.get(address).status_code == 200
    staff.post(address, {"role": "member", "ended_on": "2026-01-01", "user": other.pk})
    before = row.user_id
    row.refresh_from_db()
    assert row.user_id == before
    assert str(row.ended_on) == "2026-01-01"


def test_no_right_over_accounts_comes_with_it(staff: Client) -> None:
    assert staff.get(reverse("wagtailusers_users:index")).status_code == 302
    assert staff.get(reverse("affiliation:add")).status_code == 302
