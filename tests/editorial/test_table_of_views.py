"""Crafted requests: every role at every editorial view, with pages of its sections or others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from editorial.models import DraftLink
from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne import roles
from tests import factories

W, A, B, E, T = (
    role.name
    for role in (roles.WRITER, roles.APPROVER, roles.BRAND_OWNER, roles.EXPERT, roles.TECHNICAL)
)
NETWORK = roles.NETWORK_LIFE.name
PEOPLE = (W, A, B, E, T, NETWORK, "adherent", "nobody")

TEAM = {W, A, B, E, T}
EDITORS = {W, A, T}
BRAND_EDITORS = {W, A, B, T}
TRANSLATORS = {A, T}


@dataclass(frozen=True)
class View:
    """An address, how it is asked, and who may: for a page of the site, and one of the brand."""

    name: str
    about: str
    allowed: frozenset[str]
    post: dict[str, Any] | None = None
    query: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.about}{' (sent)' if self.post is not None else ''}"


def view(
    name: str, about: str, allowed: set[str], post: dict[str, Any] | None = None, query: str = ""
) -> View:
    return View(name, about, frozenset(allowed), post, query)


SHARED = {"for_whom": "Une lectrice", "ends_on": timezone.localdate().isoformat()}
REASON = {"reason": "Une erreur grave dans la date."}
VIEWS = (
    *(view(name, "", TEAM) for name in ("desk", "calendar", "reviews", "trail", "translations")),
    view("desk", "", TEAM, query="?liste=attente&section=1"),
    view("export", "attente csv", TEAM),
    view("export_reviews", "csv", TEAM),
    view("export_trail", "csv", TEAM),
    view("key", "", TEAM, {}),
    view("guide", "", TEAM | {NETWORK}),
    # A page of the site, and one of the brand section.
    *(
        view(name, about, allowed, post)
        for about, allowed in (("page", EDITORS), ("brand", BRAND_EDITORS))
        for name, post in (
            ("care", None),
            ("care", {"months": "6"}),
            ("verify", {}),
            ("share", None),
        )
    ),
    view("share", "page", EDITORS, SHARED),
    # A reserved draft is shown to outsiders by Validation alone, and deliberately.
    view("share", "brand", {A}, {**SHARED, "reserved_allowed": "on"}),
    view("share_revoke", "link", EDITORS, {}),
    view("submit", "page", EDITORS),
    view("submit", "page", EDITORS, {}),
    view("submit", "brand", BRAND_EDITORS),
    view("emergency", "page", {A}),
    view("emergency", "page", {A}, REASON),
    view("emergency", "brand", {A}, REASON),
    view("translation_begin", "page locale", TRANSLATORS, {}),
    view("translation_sync", "translation", TRANSLATORS, {}),
    view("translation_file", "", TRANSLATORS),
    view("translation_file", "", TRANSLATORS, {}),
    view("translation_download", "", TRANSLATORS, {}),
    # The answer to a review where the editor has no buttons: the step asks Validation.
    view("judge", "waiting", {A}),
    view("judge", "waiting", {A}, {}),
    # The workflow's own view: the step asks Validation, whoever else edits the page.
    view("approve", "waiting state", {A}, {"comment": ""}),
    view("reject", "waiting state", {A}, {"comment": "Ajoutez la date."}),
)
NAMES = {"approve": "workflow_action", "reject": "workflow_action"}


@dataclass
class Things:
    """What the addresses are about."""

    keys: dict[str, Any] = field(default_factory=dict)

    def address(self, one: View, override: Any = None) -> str:
        keys = [
            override if override is not None and key in self.keys else self.keys.get(key, key)
            for key in one.about.split()
        ]
        if one.name in NAMES:
            page, state = keys
            name = f"wagtailadmin_pages:{NAMES[one.name]}"
            return reverse(name, args=[page, one.name, state])
        names = {"export": ("name", "form"), "export_reviews": ("form",), "export_trail": ("form",)}
        if one.name in names:
            given = dict(zip(names[one.name], keys, strict=True))
            return reverse(f"editorial:{one.name}", kwargs=given)
        return reverse(f"editorial:{one.name}", args=keys) + one.query


@pytest.fixture
def things(marque: Any, submitted: ContentPage, home: HomePage, redactrice: User) -> Things:
    """A draft, one in workflow, one of the brand, a shared draft, a translation.

    The brand section comes first: roles are given over the sections there are.
    """
    page = factories.content(home, title="Brouillon", summary="S.", live=False)
    page.title = "Brouillon revu"
    page.save_revision(user=redactrice)
    marque.save_revision(user=redactrice)
    link = DraftLink.objects.create(
        page=page,
        revision=page.latest_revision,
        for_whom="Une lectrice",
        ends_on=timezone.localdate() + datetime.timedelta(days=2),
    )
    english, _made = Locale.objects.get_or_create(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(
        factories.content(home, title="À traduire", summary="S.")
    )
    translation = Translation.objects.create(source=source, target_locale=english)
    state = Page.objects.get(pk=submitted.pk).current_workflow_task_state
    assert state is not None
    return Things(
        {
            "page": page.pk,
            "brand": marque.pk,
            "link": link.pk,
            "locale": english.pk,
            "translation": translation.pk,
            "waiting": submitted.pk,
            "state": state.pk,
        }
    )


@pytest.fixture
def browser_of(in_role: Any, logged_in: Any, adherent: User) -> Any:
    def make(name: str) -> Client:
        if name == "nobody":
            return Client()
        if name == "adherent":
            return logged_in(adherent)
        (role,) = [role for role in roles.ROLES if role.name == name]
        return logged_in(in_role(role))

    return make


def ask(browser: Client, one: View, address: str) -> Any:
    """Ask, and leave everything as it was."""
    with transaction.atomic():
        answer = browser.get(address) if one.post is None else browser.post(address, one.post)
        transaction.set_rollback(True)
    return answer


def was_let_in(answer: Any) -> bool:
    """Refused: an error, or sent away to the admin's first page or to the login."""
    if answer.status_code in (403, 404, 405):
        return False
    assert answer.status_code in (200, 302), answer.status_code
    away = {reverse("wagtailadmin_home"), reverse("wagtailadmin_login")}
    return answer.status_code == 200 or (
        answer["Location"].partition("?")[0] not in away and "connexion" not in answer["Location"]
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_the_table_of_roles_and_views_is_this_one(
    name: str, things: Things, browser_of: Any
) -> None:
    browser = browser_of(name)
    found = {str(one): was_let_in(ask(browser, one, things.address(one))) for one in VIEWS}
    assert found == {str(one): name in one.allowed for one in VIEWS}


@pytest.mark.parametrize("key", [999_999, 10**30])
def test_ids_that_are_nothing_are_answered_as_such(
    key: int, things: Things, validatrice: User, logged_in: Any
) -> None:
    browser = logged_in(validatrice)
    for one in VIEWS:
        if set(one.about.split()) & things.keys.keys():
            answer = ask(browser, one, things.address(one, key))
            assert not was_let_in(answer), one
            assert answer.status_code in (302, 403, 404), one


def test_what_changes_something_is_never_asked_by_a_link(
    things: Things, validatrice: User, logged_in: Any
) -> None:
    browser = logged_in(validatrice)
    for name in (
        "key",
        "verify",
        "share_revoke",
        "translation_begin",
        "translation_sync",
        "translation_download",
    ):
        (one, *_rest) = [each for each in VIEWS if each.name == name and each.post is not None]
        assert browser.get(things.address(one)).status_code == 405, name
    refusing = Client(enforce_csrf_checks=True)
    refusing.force_login(validatrice)
    for one in VIEWS:
        if one.post is not None:
            assert refusing.post(things.address(one), one.post).status_code == 403, one
