"""What somebody with bad intentions, or with bad luck, sends to the pages of accounts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.entry import invite
from members.models import AccessRequest, Affiliation, Invitation, User
from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/mon-espace/connexion/"
NEW = {"password1": "cinq-legumes-par-semaine", "password2": "cinq-legumes-par-semaine"}
HUGE = 10**30

LoggedIn = Callable[[User], Client]


def log_in(client: Client, email: str, password: str = factories.PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def reset_link(somebody: User) -> str:
    Client().post(reverse("account_reset_password"), {"email": somebody.email})
    words = str(mail.outbox[-1].body).split()
    return next(word for word in words if "/oublie/" in word).partition("//")[2].partition("/")[2]


def use(link: str) -> bool:
    """Set a new password by a link of a mail; whether the link was good."""
    client = Client()
    page = client.get(f"/{link}", follow=True)
    if page.context.get("token_fail"):
        return False
    client.post(page.request["PATH_INFO"], NEW)
    return True


# --- the link of a forgotten password ------------------------------------------------------------


@pytest.mark.parametrize("how", ["forged", "foreign", "expired", "replayed", "out of date"])
def test_a_link_of_a_forgotten_password_that_is_not_good_changes_no_password(
    adherent: User, sans_affiliation: User, how: str
) -> None:
    link = reset_link(adherent)
    later = datetime.timedelta()
    before, _dash, key = link.rpartition("/oublie/")[2].partition("-")
    if how == "forged":
        link = link.replace(key, f"{key[:-3]}xy/")
    elif how == "foreign":
        other = reset_link(sans_affiliation).rpartition("/oublie/")[2].partition("-")[0]
        link = link.replace(f"/{before}-", f"/{other}-")
    elif how == "expired":
        later = datetime.timedelta(hours=26)  # a day, and whatever the clocks say
    elif how == "replayed":
        assert use(link)
    else:  # somebody who remembers the password changes it meanwhile
        adherent.set_password("un-autre-mot-de-passe")
        adherent.save()
    kept = {one.pk: one.password for one in User.objects.all()}
    with time_machine.travel(timezone.now() + later, tick=False):
        assert not use(link)
    assert {one.pk: one.password for one in User.objects.all()} == kept


@pytest.mark.parametrize("path", ["0-0/", "zzzzzzzzzzzzzzzzzzzz-a-b/", "1-set-password/", "é-é/"])
def test_a_made_up_link_of_a_forgotten_password_breaks_nothing(client: Client, path: str) -> None:
    answer = client.get(f"/mon-espace/mot-de-passe/oublie/{path}", follow=True)
    assert answer.status_code in (200, 404)


def test_a_letter_that_looks_like_another_brings_nobody_a_foreign_link(
    client: Client,
) -> None:
    """« mıke » is not « mike », although its capitals are: the link goes to its owner alone."""
    factories.user("mike")
    client.post(reverse("account_reset_password"), {"email": "mıke@exemple.fr"})
    for message in mail.outbox:
        assert "/mot-de-passe/oublie/" not in str(message.body) or message.to == ["mike@exemple.fr"]


def test_a_new_password_ends_the_other_sessions(adherent: User, logged_in: LoggedIn) -> None:
    here, elsewhere = Client(), logged_in(adherent)
    log_in(here, adherent.email)
    here.post(
        reverse("account_change_password"), {"oldpassword": factories.PASSWORD, **NEW}, follow=True
    )
    adherent.refresh_from_db()
    assert adherent.check_password(NEW["password1"])
    assert here.get("/mon-espace/").status_code == 200
    assert elsewhere.get("/mon-espace/").status_code == 302


# --- the same work for every address -------------------------------------------------------------


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slow step of a login, which would tell a known address by the time it takes."""
    hasher, counted = type(get_hasher()), []
    real = hasher.encode

    def encode(self: Any, *arguments: Any, **named: Any) -> Any:
        counted.append("hashed")
        return real(self, *arguments, **named)

    monkeypatch.setattr(hasher, "encode", encode)
    return counted


def test_a_wrong_password_costs_the_same_for_a_known_an_unknown_and_a_closed_account(
    adherent: User, hashes: list[str]
) -> None:
    closed = factories.user(is_active=False)
    costs, answers = [], []
    for email in (adherent.email, "inconnue@exemple.fr", closed.email):
        hashes.clear()
        answers.append(log_in(Client(), email, "pas-le-bon-mot").status_code)
        costs.append(len(hashes))
    assert len(set(costs)) == 1
    assert costs[0] > 0
    assert len(set(answers)) == 1


def test_a_request_for_access_asks_the_same_of_the_database_for_every_address(
    adherent: User,
) -> None:
    """Whether an account has the address is not even looked up."""
    asked = {"first_name": "A", "last_name": "B", "garden_name": "C"}
    costs = []
    # The first bears what a process asks once.
    for email in ("premiere@exemple.fr", "inconnue@exemple.fr", adherent.email):
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("members:request_access"), {**asked, "email": email})
        costs.append(len(queries))
        assert "members_user" not in str(queries.captured_queries)
    assert costs[1] == costs[2]
    assert AccessRequest.objects.count() == 3


# --- lock-out ------------------------------------------------------------------------------------


def test_many_places_that_try_one_account_lock_it(adherent: User) -> None:
    for number in range(12):
        log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), adherent.email, f"faux-{number}")
    answer = log_in(Client(REMOTE_ADDR="198.51.100.7"), adherent.email)
    assert answer.status_code != 302


def test_one_place_that_tries_many_accounts_is_locked(client: Client) -> None:
    somebody = factories.user()
    for number in range(12):
        log_in(client, f"personne-{number}@exemple.fr", "faux")
    assert log_in(client, somebody.email).status_code != 302
    assert log_in(Client(REMOTE_ADDR="198.51.100.7"), somebody.email).status_code == 302


@pytest.mark.parametrize("address", ["https://ailleurs.example/", "//ailleurs.example/"])
def test_log_out_leads_nowhere_else(adherent: User, logged_in: LoggedIn, address: str) -> None:
    browser = logged_in(adherent)
    answer = browser.post(reverse("account_logout"), {"next": address})
    assert "ailleurs" not in answer["Location"]


# --- numbers and fields that are not one's own ---------------------------------------------------


@pytest.mark.parametrize("number", [0, HUGE])
def test_numbers_that_are_nobodys_are_not_found(logged_in: LoggedIn, number: int) -> None:
    referent = factories.member(role=Affiliation.Role.REFERENT)
    browser = logged_in(referent)
    for name in ("end_affiliation", "resend", "revoke"):
        assert browser.post(reverse(f"members:{name}", args=[number])).status_code == 404
    assert browser.get(reverse("members:garden_people", args=[number])).status_code == 403
    assert browser.get(f"/documents/{number}/a.pdf").status_code == 404


def test_fields_that_a_form_does_not_have_change_nothing(logged_in: LoggedIn) -> None:
    garden, other = factories.garden(), factories.garden()
    referent = factories.member(garden, role=Affiliation.Role.REFERENT)
    browser = logged_in(referent)
    crafted = {"is_superuser": "on", "is_staff": "on", "email": "autre@exemple.fr", "groups": "1"}
    browser.post(reverse("members:profile"), {"first_name": "A", "last_name": "B", **crafted})
    browser.post(
        reverse("members:garden_people", args=[garden.pk]),
        {"email": "maia@exemple.fr", "role": "member", "garden": other.pk, "invited_by": "1"},
    )
    wrong = browser.post(
        reverse("members:garden_people", args=[garden.pk]),
        {"email": "zoe@exemple.fr", "role": "superuser"},
    )
    assert wrong.context["form"].errors["role"]
    before = referent.email
    referent.refresh_from_db()
    assert (referent.email, referent.is_staff, referent.is_superuser) == (before, False, False)
    assert Invitation.objects.get().garden == garden


def test_an_invitation_opens_the_account_of_its_own_address_alone(client: Client) -> None:
    invitation, _sent = invite(
        email="maia@exemple.fr", garden=factories.garden(), role="member", by=None
    )
    client.post(
        reverse("members:accept_invitation", args=[invitation.token]),
        {
            "first_name": "Maïa",
            "last_name": "Renard",
            "password": "cinq-legumes-par-semaine",
            "email": "superuser@exemple.fr",
            "role": "referent",
            "is_superuser": "on",
        },
    )
    made = User.objects.get()
    assert (made.email, made.is_superuser) == ("maia@exemple.fr", False)
    assert made.affiliations.get().role == Affiliation.Role.MEMBER


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "email", ["maïa@exemple.fr", "a@b@exemple.fr", "a@exemple.fr\nBcc: b@b.fr", "a b@exemple.fr"]
)
def test_an_address_that_mail_does_not_reach_is_told_beside_its_field(
    client: Client, email: str
) -> None:
    asked = {"first_name": "A", "last_name": "B", "garden_name": "C", "email": email}
    answer = client.post(reverse("members:request_access"), asked)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"email"}


def test_one_person_has_one_account_however_the_address_is_spelt(logged_in: LoggedIn) -> None:
    referent = factories.member(role=Affiliation.Role.REFERENT)
    garden = referent.affiliations.get().garden
    page = reverse("members:garden_people", args=[garden.pk])
    for spelling in ("Zoe@Exemple.FR", " zoe@exemple.fr ", "ZOE@EXEMPLE.FR"):
        logged_in(referent).post(page, {"email": spelling, "role": "member"})
    assert [each.email for each in Invitation.objects.all()] == ["zoe@exemple.fr"]
    assert {tuple(message.to) for message in mail.outbox} == {("zoe@exemple.fr",)}
