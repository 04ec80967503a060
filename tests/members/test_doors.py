"""Logging in, the second factor, and doors that say why they are shut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import HomePage
from members.models import Affiliation, Garden, Invitation, User
from resources.models import ToolboxPage
from site_cocagne import roles
from site_cocagne.core.models import Audience, Door
from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/mon-espace/connexion/"


def log_in(client: Client, email: str, password: str = factories.PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def test_one_logs_in_with_the_address_in_any_case(client: Client, adherent: User) -> None:
    response = log_in(client, adherent.email.upper())
    assert response.status_code == 302
    assert response["Location"] == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200


def test_login_stands_in_every_language(client: Client) -> None:
    assert client.get("/en/mon-espace/connexion/").status_code == 200


@pytest.mark.parametrize("address", ["https://ailleurs.example/", "//ailleurs.example/", "/\\a.b"])
def test_login_leads_nowhere_else(client: Client, adherent: User, address: str) -> None:
    assert log_in(client, adherent.email, next=address)["Location"] == "/mon-espace/"


def test_login_leads_back_to_the_page(client: Client, adherent: User) -> None:
    assert log_in(client, adherent.email, next="/agenda/")["Location"] == "/agenda/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(adherent: User) -> None:
    bodies = []
    for email in (adherent.email, "inconnue@exemple.fr"):
        client = Client()
        response = log_in(client, email, "pas-le-bon-mot")
        token = response.context["csrf_token"]
        bodies.append(response.content.decode().replace(email, "@").replace(str(token), ""))
    assert bodies[0] == bodies[1]


def test_five_wrong_passwords_lock_that_place_out(client: Client, adherent: User) -> None:
    for _ in range(5):
        last = log_in(client, adherent.email, "pas-le-bon-mot")
    assert last.status_code == 429
    assert log_in(client, adherent.email).status_code == 429, "even with the right one"
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert log_in(elsewhere, adherent.email).status_code == 302


def test_an_unknown_address_is_locked_out_alike(client: Client) -> None:
    for _ in range(5):
        last = log_in(client, "inconnue@exemple.fr", "pas-le-bon-mot")
    assert last.status_code == 429


def test_logging_in_changes_the_session(client: Client, adherent: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["before"] = 1
    session.save()
    before = str(session.session_key)
    client.cookies["sessionid"] = before
    log_in(client, adherent.email)
    assert client.cookies["sessionid"].value != before


def test_logging_out_everywhere_leaves_this_browser_in(
    adherent: User, logged_in: Callable[[User], Client]
) -> None:
    here, elsewhere = logged_in(adherent), logged_in(adherent)
    here.post(reverse("members:end_sessions"))
    assert here.get("/mon-espace/").status_code == 200
    assert elsewhere.get("/mon-espace/").status_code == 302


def test_a_forgotten_password_is_answered_alike_for_an_unknown_address(
    client: Client, adherent: User
) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (adherent.email, "inconnue@exemple.fr")
    ]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert len(mail.outbox) == 2, "the same work for both"


def test_asking_for_a_new_password_again_and_again_is_limited_alike(
    client: Client, adherent: User
) -> None:
    """Three letters an hour for one address, wherever they are asked for."""

    def told(email: str, network: str) -> list[int]:
        return [
            client.post(
                reverse("account_reset_password"),
                {"email": email},
                REMOTE_ADDR=f"{network}.{number}",
            ).status_code
            for number in range(5)
        ]

    for email, network in ((adherent.email, "198.51.100"), ("inconnue@exemple.fr", "203.0.113")):
        assert told(email, network) == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 6


@pytest.mark.parametrize(
    ("status", "enters"), [("member", True), ("project", True), ("former", False)]
)
def test_a_former_garden_opens_nothing_whatever_its_date_says(
    adherent: User, logged_in: Callable[[User], Client], toolbox: ToolboxPage, status: str,
    enters: bool,
) -> None:  # fmt: skip
    page = factories.resource(toolbox, audience="members", title="Fiche réservée")
    Garden.objects.update(status=status)
    answer = logged_in(adherent).get(page.url)
    assert answer.status_code == (200 if enters else 403)
    assert adherent.has_current_membership() is enters


def test_the_link_of_a_forgotten_password_bears_the_sites_own_address_and_works_once(
    client: Client, adherent: User, settings: Any
) -> None:
    settings.BASE_URL = "https://www.exemple.fr"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"), {"email": adherent.email}, headers={"host": "evil.tld"}
    )
    body = str(mail.outbox[0].body)
    assert "evil.tld" not in body
    link = next(word for word in body.split() if word.startswith("https://www.exemple.fr/mon"))
    path = link.removeprefix("https://www.exemple.fr")
    form = client.get(path, follow=True)
    new = {"password1": "cinq-legumes-par-semaine", "password2": "cinq-legumes-par-semaine"}
    client.post(form.request["PATH_INFO"], new)
    adherent.refresh_from_db()
    assert adherent.check_password(new["password1"])
    assert Client().get(path, follow=True).context["token_fail"]


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/_util/login/", "/admin/password_reset/", "/admin/"]
)
def test_every_login_page_is_the_one_door(client: Client, address: str, home: HomePage) -> None:
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1][0].startswith(LOGIN)
    posted = client.post(address, {"username": "a@exemple.fr", "password": "x"})
    assert posted.status_code == 302


def test_a_member_who_tries_the_admin_is_told_no_without_a_loop(
    adherent: User, logged_in: Callable[[User], Client], home: HomePage
) -> None:
    response = logged_in(adherent).get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 2


def test_who_enters_the_admin_sets_up_a_second_factor_first(
    redactrice: User, logged_in: Callable[[User], Client], settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    response = logged_in(redactrice).get("/admin/")
    assert response["Location"] == reverse("mfa_activate_totp")
    TOTP.activate(redactrice, "JBSWY3DPEHPK3PXP")
    assert logged_in(redactrice).get("/admin/").status_code == 200


def test_a_password_alone_does_not_log_in_where_a_second_factor_is_set_up(
    client: Client, redactrice: User
) -> None:
    TOTP.activate(redactrice, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.filter(user=redactrice).exists()
    response = log_in(client, redactrice.email)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/mon-espace/").status_code == 302


def test_setting_up_the_second_factor_ends_the_other_sessions(
    redactrice: User,
    logged_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = logged_in(redactrice)
    here = Client()
    log_in(here, redactrice.email)
    here.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    page = here.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    # The transaction of the test is never committed.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda run, **_: run())
    here.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=redactrice).exists()
    assert here.get("/mon-espace/").status_code == 200
    assert elsewhere.get("/mon-espace/").status_code == 302


# --- honest doors ----------------------------------------------------------------------------


def test_an_outsider_logs_in_and_comes_back(client: Client, toolbox: ToolboxPage) -> None:
    page = factories.resource(
        toolbox, audience=Audience.MEMBERS, door=Door.HIDDEN, title="Fiche-secrète"
    )
    response = client.get(page.url)
    assert response["Location"] == f"{LOGIN}?next={page.url}"
    assert "Fiche-secrète" not in client.get(page.url, follow=True).content.decode()
    member = factories.member()
    assert log_in(client, member.email, next=page.url)["Location"] == page.url
    assert client.get(page.url).status_code == 200


def test_the_door_says_why_it_is_shut(
    toolbox: ToolboxPage,
    sans_affiliation: User,
    ancien_adherent: User,
    logged_in: Callable[[User], Client],
) -> None:
    page = factories.resource(
        toolbox, audience=Audience.MEMBERS, door=Door.HIDDEN, title="Fiche-secrète"
    )
    expired = factories.member(factories.garden(valid_for=-40, name="Jardin du Bas"))
    invited = factories.user()
    Invitation.objects.create(email=invited.email, garden=factories.garden())
    for who, words in (
        (sans_affiliation, "n’est rattaché à aucun jardin"),
        (ancien_adherent, "1 janvier 2020"),
        (expired, "Jardin du Bas"),
        (invited, "invitation"),
    ):
        response = logged_in(who).get(page.url)
        body = response.content.decode()
        assert response.status_code == 403, "no loop"
        assert words in body
        assert "Fiche-secrète" not in body
        assert "no-store" in response["Cache-Control"]


def test_an_old_address_tells_an_outsider_no_new_one(client: Client, toolbox: ToolboxPage) -> None:
    page = factories.resource(toolbox, audience=Audience.MEMBERS, slug="le-secret")
    Redirect.add_redirect("/ancienne-adresse", page)
    response = client.get("/ancienne-adresse/")
    assert response["Location"] == f"{LOGIN}?next=/ancienne-adresse/"
    page.audience = Audience.PUBLIC
    page.save_revision().publish()
    assert client.get("/ancienne-adresse/")["Location"].endswith("/le-secret/")


# --- mon espace -------------------------------------------------------------------------------


def test_my_missions_come_first(
    toolbox: ToolboxPage, logged_in: Callable[[User], Client], adherent: User
) -> None:
    mission = factories.mission()
    mine = factories.resource(
        toolbox, audience=Audience.MEMBERS, missions=(mission,), issued_on="2020-01-01"
    )
    other = factories.resource(toolbox, audience=Audience.MEMBERS, issued_on="2026-01-01")
    factories.resource(toolbox, title="Publique")
    Affiliation.objects.get(user=adherent).missions.add(mission)
    response = logged_in(adherent).get("/mon-espace/")
    assert response.context["resources"] == [mine, other]


def test_my_space_tells_a_former_member_why_nothing_is_there(
    logged_in: Callable[[User], Client], ancien_adherent: User, toolbox: ToolboxPage
) -> None:
    factories.resource(toolbox, audience=Audience.MEMBERS, title="Fiche-secrète")
    body = logged_in(ancien_adherent).get("/mon-espace/").content.decode()
    assert "Fiche-secrète" not in body
    assert "1 janvier 2020" in body


def test_my_space_costs_the_same_for_one_resource_and_for_many(
    toolbox: ToolboxPage,
    logged_in: Callable[[User], Client],
    adherent: User,
    django_assert_max_num_queries: Any,
) -> None:
    browser = logged_in(adherent)
    for _ in range(9):
        factories.resource(toolbox, audience=Audience.MEMBERS)
    with django_assert_max_num_queries(32):
        browser.get("/mon-espace/")


def test_personal_answers_are_kept_by_no_cache(
    logged_in: Callable[[User], Client], adherent: User, home: HomePage
) -> None:
    assert logged_in(adherent).get("/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/").headers


def test_the_writers_role_opens_the_editorial_space_from_my_space(
    in_role: Callable[[roles.Role], User], logged_in: Callable[[User], Client]
) -> None:
    assert "/admin/" in logged_in(in_role(roles.WRITER)).get("/mon-espace/").content.decode()


def test_a_reserved_page_whose_door_is_shown_says_what_it_is_where_one_logs_in(
    client: Client, toolbox: ToolboxPage, adherent: User, sans_affiliation: User
) -> None:
    page = factories.resource(
        toolbox, title="Le plan de rotation", summary="Huit ans.", audience=Audience.MEMBERS
    )
    there = client.get(page.url)["Location"]
    shown = client.get(there).content.decode()
    assert "Le plan de rotation" in shown
    assert "Huit ans." in shown
    assert log_in(client, adherent.email, next=page.url)["Location"] == page.url
    client.force_login(sans_affiliation)
    refusal = client.get(page.url)
    assert refusal.status_code == 403
    assert "Le plan de rotation" in refusal.content.decode()


def test_a_hidden_page_is_not_named_where_one_logs_in(client: Client, toolbox: ToolboxPage) -> None:
    page = factories.resource(
        toolbox, title="Le plan caché", audience=Audience.MEMBERS, door=Door.HIDDEN
    )
    assert "Le plan caché" not in client.get(f"{LOGIN}?next={page.url}").content.decode()


@pytest.mark.parametrize("address", ["//[", "http://a/", "/rien/", "/admin/", "%00", "?", "a b"])
def test_any_address_to_come_back_to_is_answered(client: Client, address: str) -> None:
    assert client.get(LOGIN, {"next": address}).status_code == 200
