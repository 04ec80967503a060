"""Invitations, requests for access, a garden's team, one's own data."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import HomePage
from members.entry import invite, make_account
from members.models import AccessRequest, Affiliation, Garden, Invitation, User
from members.models.entry import SALT
from tests import factories

pytestmark = pytest.mark.django_db

NEW = {"first_name": "Maïa", "last_name": "Renard", "password": "cinq-legumes-par-semaine"}


@pytest.fixture
def garden() -> Garden:
    return factories.garden()


@pytest.fixture
def referente(garden: Garden) -> User:
    return factories.member(garden, role=Affiliation.Role.REFERENT)


def address_of(invitation: Invitation) -> str:
    return reverse("members:accept_invitation", args=[invitation.token])


def invited(garden: Garden, email: str = "maia@exemple.fr") -> Invitation:
    return invite(email=email, garden=garden, role="member", by=None)[0]


def test_an_invitation_opens_an_account_and_the_gate(client: Client, garden: Garden) -> None:
    invitation = invited(garden, "Maia@Exemple.FR")
    # That of the letter: one that is signed now may bear the next second.
    body = str(mail.outbox[0].body)
    (link,) = [word for word in body.split() if "/mon-espace/invitation/" in word]
    assert Invitation.objects.from_token(link.rstrip("/").rpartition("/")[2]) == invitation
    response = client.post(urlsplit(link).path, NEW)
    assert response["Location"] == "/mon-espace/"
    user = User.objects.get(email="maia@exemple.fr")
    assert user.has_current_membership()
    assert client.get("/mon-espace/").status_code == 200


def test_an_invitation_is_good_once(client: Client, garden: Garden) -> None:
    invitation = invited(garden)
    Client().post(address_of(invitation), NEW)
    assert client.get(address_of(invitation)).status_code == 404
    assert make_account(invitation, password="x" * 12, first="a", last="b") is None
    assert User.objects.filter(email=invitation.email).count() == 1


def test_an_invitation_lives_seven_days(client: Client, garden: Garden) -> None:
    invitation = invited(garden)
    now = timezone.now()
    with time_machine.travel(now + datetime.timedelta(days=6, hours=23), tick=False):
        assert client.get(address_of(invitation)).status_code == 200
    with time_machine.travel(now + datetime.timedelta(days=7, minutes=1), tick=False):
        assert client.get(address_of(invitation)).status_code == 404


@pytest.mark.parametrize("token", ["abc", "a:b:c", "%00", "x" * 500])
def test_a_forged_invitation_opens_nothing(client: Client, db: None, token: str) -> None:
    address = f"/mon-espace/invitation/{token}/"
    assert client.get(address).status_code == 404
    assert client.post(address, NEW).status_code == 404


def test_a_token_signed_for_something_else_opens_nothing(client: Client, garden: Garden) -> None:
    invitation = invited(garden)
    for token in (
        signing.dumps([invitation.pk, invitation.nonce], salt="other"),
        signing.dumps([invitation.pk, "guess"], salt=SALT),
        signing.dumps("text", salt=SALT),
        signing.dumps([{"a": 1}, 2], salt=SALT),
    ):
        address = reverse("members:accept_invitation", args=[token])
        assert client.get(address).status_code == 404


def test_a_link_alone_never_enters_an_existing_account(client: Client, garden: Garden) -> None:
    somebody = factories.user("maia")
    invitation = invited(garden)
    client.post(address_of(invitation), NEW)
    somebody.refresh_from_db()
    assert somebody.check_password(factories.PASSWORD)
    assert not somebody.affiliations.exists()
    assert client.get("/mon-espace/").status_code == 302


def test_who_has_an_account_joins_with_it(
    garden: Garden, logged_in: Callable[[User], Client]
) -> None:
    somebody = factories.user("maia")
    invitation = invited(garden)
    logged_in(somebody).post(address_of(invitation))
    assert somebody.affiliations.get().garden == garden


def test_an_invitation_is_not_for_who_happens_to_be_logged_in(
    garden: Garden, adherent: User, logged_in: Callable[[User], Client]
) -> None:
    factories.user("maia")
    for invitation in (invited(garden), invited(garden, "nouvelle@exemple.fr")):
        assert logged_in(adherent).post(address_of(invitation)).status_code == 403
        assert not adherent.affiliations.filter(garden=garden).exists()


def test_a_weak_password_is_told_beside_its_field(client: Client, garden: Garden) -> None:
    response = client.post(address_of(invited(garden)), {**NEW, "password": "maia"})
    assert response.status_code == 422
    assert response.context["form"].errors["password"]
    assert not User.objects.filter(email="maia@exemple.fr").exists()


# --- a garden's team --------------------------------------------------------------------------


def test_the_contact_person_invites_resends_and_revokes(
    garden: Garden, referente: User, logged_in: Callable[[User], Client], client: Client
) -> None:
    browser = logged_in(referente)
    page = reverse("members:garden_people", args=[garden.pk])
    browser.post(page, {"email": "maia@exemple.fr", "role": "member"})
    invitation = Invitation.objects.get()
    first = address_of(invitation)
    browser.post(reverse("members:resend", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert client.get(first).status_code == 404, "the older link is dead"
    assert client.get(address_of(invitation)).status_code == 200
    browser.post(reverse("members:revoke", args=[invitation.pk]))
    assert client.get(address_of(invitation)).status_code == 404
    assert len(mail.outbox) == 2
    assert browser.get(page).status_code == 200


def test_inviting_twice_leaves_one_link(garden: Garden) -> None:
    first, second = invited(garden), invited(garden)
    assert first.pk == second.pk
    assert Invitation.objects.from_token(first.token) is None


def test_ending_an_affiliation_ends_access_at_once(
    garden: Garden, referente: User, logged_in: Callable[[User], Client]
) -> None:
    colleague = factories.member(garden)
    row = colleague.affiliations.get()
    logged_in(referente).post(reverse("members:end_affiliation", args=[row.pk]))
    assert not User.objects.get(pk=colleague.pk).has_current_membership()


def test_a_contact_person_touches_no_other_garden(
    referente: User, logged_in: Callable[[User], Client]
) -> None:
    other = factories.garden()
    foreigner = factories.member(other).affiliations.get()
    invitation = invited(other)
    browser = logged_in(referente)
    assert browser.get(reverse("members:garden_people", args=[other.pk])).status_code == 403
    for name, number in (
        ("end_affiliation", foreigner.pk),
        ("resend", invitation.pk),
        ("revoke", invitation.pk),
    ):
        assert browser.post(reverse(f"members:{name}", args=[number])).status_code == 404
    posted = browser.post(
        reverse("members:garden_people", args=[other.pk]), {"email": "a@b.fr", "role": "member"}
    )
    assert posted.status_code == 403
    foreigner.refresh_from_db()
    invitation.refresh_from_db()
    assert foreigner.ended_on is None
    assert invitation.is_pending


def test_an_ordinary_member_has_no_team_page(
    adherent: User, logged_in: Callable[[User], Client]
) -> None:
    assert logged_in(adherent).get(reverse("members:garden")).status_code == 403


def test_a_contact_person_of_an_expired_garden_invites_nobody(
    logged_in: Callable[[User], Client],
) -> None:
    late = factories.garden(valid_for=-31)
    referent = factories.member(late, role=Affiliation.Role.REFERENT)
    assert logged_in(referent).get(reverse("members:garden")).status_code == 403


# --- asking for access ------------------------------------------------------------------------

ASKED = {
    "first_name": "Maïa",
    "last_name": "Renard",
    "email": "MAIA@exemple.fr",
    "garden_name": "Jardin du Bas",
}
ASK = "/mon-espace/demander-un-acces/"


def test_a_request_reaches_the_staff_once(client: Client, db: None) -> None:
    for _ in range(2):
        assert client.post(ASK, ASKED)["Location"] == f"{ASK}merci/"
    assert AccessRequest.objects.get().email == "maia@exemple.fr"


def test_a_request_of_a_known_address_is_answered_alike(client: Client, adherent: User) -> None:
    known = client.post(ASK, {**ASKED, "email": adherent.email})
    assert known["Location"] == f"{ASK}merci/"


def test_a_machine_falls_into_the_trap(client: Client, db: None) -> None:
    client.post(ASK, {**ASKED, "website": "https://spam.example"})
    assert not AccessRequest.objects.exists()


def test_requests_from_one_place_are_limited(client: Client, db: None) -> None:
    for number in range(10):
        client.post(ASK, {**ASKED, "email": f"a{number}@exemple.fr"})
    assert client.post(ASK, {**ASKED, "email": "b@exemple.fr"}).status_code == 429
    assert AccessRequest.objects.count() == 10


def test_a_bad_request_is_told_beside_its_field(client: Client, db: None) -> None:
    response = client.post(ASK, {**ASKED, "email": "pas une adresse", "first_name": "x" * 300})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"email", "first_name"}


# --- my data ----------------------------------------------------------------------------------


def test_my_data_are_given_to_me_alone(
    adherent: User, logged_in: Callable[[User], Client], client: Client
) -> None:
    given = json.loads(logged_in(adherent).get(reverse("members:export")).content)
    assert given["account"]["email"] == adherent.email
    assert len(given["affiliations"]) == 1
    assert client.get(reverse("members:export")).status_code == 302


def test_deleting_an_account_takes_the_name_away(
    adherent: User, logged_in: Callable[[User], Client], client: Client
) -> None:
    browser, elsewhere = logged_in(adherent), logged_in(adherent)
    email = adherent.email
    assert browser.post(reverse("members:delete"), {"password": "non"}).status_code == 422
    browser.post(reverse("members:delete"), {"password": factories.PASSWORD})
    adherent.refresh_from_db()
    assert email not in str(vars(adherent))
    assert not adherent.is_active
    assert not adherent.has_current_membership()
    assert elsewhere.get("/mon-espace/").status_code == 302


def test_before_deleting_an_account_one_reads_what_is_kept_and_that_is_what_is_kept(
    adherent: User, logged_in: Callable[[User], Client], home: HomePage
) -> None:
    adherent.accept_brand_rules("v1")
    page = factories.content(home, title="Écrite par la personne")
    page.save_revision(user=adherent)
    browser = logged_in(adherent)
    said = " ".join(browser.get(reverse("members:delete")).content.decode().split())
    assert "Ce qui reste, sans votre nom" in said
    assert "L’historique des pages auxquelles vous avez travaillé" in said
    assert "règles d’usage de la marque" in said
    number = adherent.pk
    browser.post(reverse("members:delete"), {"password": factories.PASSWORD})
    adherent.refresh_from_db()
    assert page.get_latest_revision().user_id == number
    assert adherent.brand_rules_accepted_on("v1") is not None
    assert not adherent.affiliations.exists()
    assert (adherent.first_name, adherent.last_name) == ("", "")


def test_somebody_with_a_role_is_not_deleted_by_mistake(
    redactrice: User, logged_in: Callable[[User], Client]
) -> None:
    page = logged_in(redactrice).post(reverse("members:delete"), {"password": factories.PASSWORD})
    assert page.status_code == 422
    redactrice.refresh_from_db()
    assert redactrice.is_active


@pytest.mark.parametrize("name", ["space", "profile", "delete", "garden", "export"])
def test_the_members_pages_ask_to_log_in(client: Client, db: None, name: str) -> None:
    address = reverse(f"members:{name}")
    assert client.get(address)["Location"] == f"/mon-espace/connexion/?next={address}"
