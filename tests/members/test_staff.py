"""The screens of *Vie du réseau*."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

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


def test_what_waits_is_the_first_thing_after_login(
    staff: Client, redactrice: User, logged_in: Callable[[User], Client]
) -> None:
    address = reverse("wagtailadmin_home")
    assert "Personne n’attend de réponse." in staff.get(address).content.decode()
    costs = []
    for number in range(1, 8):
        factories.garden(name=f"Jardin qui finit {number}", valid_for=number)
        AccessRequest.objects.create(
            email=f"{number}@exemple.fr", first_name="Maïa", last_name="R", garden_name="Bas"
        )
        with CaptureQueriesContext(connection) as asked:
            page = staff.get(address).content.decode()
        costs.append(len(asked))
    assert len(set(costs)) == 1
    assert "Demandes d’accès en attente (7)" in page
    assert "Adhésions à relancer (7)" in page
    assert page.count("Jardin qui finit") == 5
    assert "Jardin qui finit" not in logged_in(redactrice).get(address).content.decode()


def test_a_request_has_its_two_answers_in_sight(staff: Client) -> None:
    asked = AccessRequest.objects.create(
        email="a@exemple.fr", first_name="A", last_name="B", garden_name="C"
    )
    address = reverse("accessrequest:inspect", args=[asked.pk])
    assert reverse("accessrequest:refuse", args=[asked.pk]) in staff.get(address).content.decode()
    AccessRequest.objects.update(status=AccessRequest.Status.INVITED)
    assert "/turn-down/" not in staff.get(address).content.decode()


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


def test_inviting_again_leaves_one_link_and_who_is_in_the_team_is_not_invited(
    staff: Client,
) -> None:
    garden = factories.garden()
    form = {"email": "maia@exemple.fr", "garden": garden.pk, "role": "member"}
    staff.post(reverse("invitation:add"), form)
    first = Invitation.objects.get()
    staff.post(reverse("invitation:add"), {**form, "role": "referent"})
    second = Invitation.objects.get()
    assert first.nonce != second.nonce
    assert second.role == "referent"
    colleague = factories.member(garden)
    answer = staff.post(reverse("invitation:add"), {**form, "email": colleague.email.upper()})
    assert "déjà" in str(answer.context["form"].errors["email"])
    assert Invitation.objects.count() == 1


def test_an_invitation_whose_message_did_not_leave_is_no_success(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.mails.send", lambda *arguments: False)
    answer = staff.post(
        reverse("invitation:add"),
        {"email": "maia@exemple.fr", "garden": factories.garden().pk, "role": "member"},
        follow=True,
    )
    assert "n’a pas pu partir" in answer.content.decode()
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


def test_an_invitation_is_sent_again_and_its_older_link_is_dead(staff: Client) -> None:
    invitation = Invitation.objects.create(email="b@exemple.fr", garden=factories.garden())
    before = invitation.token
    address = reverse("invitation:resend", args=[invitation.pk])
    listed = staff.get(reverse("invitation:index")).content.decode()
    assert address in listed
    assert "State" not in listed
    assert "b@exemple.fr" in staff.get(address).content.decode()
    assert mail.outbox == []
    staff.post(address)
    invitation.refresh_from_db()
    (sent,) = mail.outbox
    assert sent.to == ["b@exemple.fr"]
    (link,) = [word for word in str(sent.body).split() if "/mon-espace/invitation/" in word]
    assert Invitation.objects.from_token(link.rstrip("/").rpartition("/")[2]) == invitation
    assert Invitation.objects.from_token(before) is None


def test_an_invitation_out_of_date_is_sent_again(staff: Client) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=30)
    invitation = Invitation.objects.create(
        email="b@exemple.fr", garden=factories.garden(), sent_at=long_ago
    )
    staff.post(reverse("invitation:resend", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.is_pending


def test_a_revoked_invitation_opens_nothing_and_has_no_buttons(staff: Client) -> None:
    invitation = Invitation.objects.create(email="b@exemple.fr", garden=factories.garden())
    address = reverse("invitation:revoke", args=[invitation.pk])
    assert staff.get(address).status_code == 200
    assert Invitation.objects.from_token(invitation.token) == invitation
    staff.post(address)
    assert Invitation.objects.from_token(invitation.token) is None
    assert mail.outbox == []
    listed = staff.get(reverse("invitation:index")).content.decode()
    for name in ("resend", "revoke"):
        again = reverse(f"invitation:{name}", args=[invitation.pk])
        assert again not in listed
        assert staff.post(again).status_code == 404


@pytest.mark.parametrize("name", ["resend", "revoke"])
def test_nobody_else_sends_or_revokes_an_invitation(
    redactrice: User, adherent: User, logged_in: Callable[[User], Client], name: str
) -> None:
    invitation = Invitation.objects.create(email="b@exemple.fr", garden=factories.garden())
    address = reverse(f"invitation:{name}", args=[invitation.pk])
    for somebody in (redactrice, adherent):
        assert logged_in(somebody).post(address).status_code in {302, 403}
        assert Invitation.objects.from_token(invitation.token) == invitation
    assert mail.outbox == []
