"""What the whole suite shares: the tree of an empty site, and one person a role."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from site_cocagne.core.catalogues import compile_outdated
from tests.databases import django_db_setup as fresh_database

# Before anything asks for a translation.
compile_outdated()

from events.models import AgendaPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from members.models import Affiliation, User  # noqa: E402
from resources.models import ToolboxPage  # noqa: E402
from site_cocagne import roles  # noqa: E402
from tests import factories  # noqa: E402

__all__ = ["fresh_database"]


@pytest.fixture(scope="session")
def django_db_setup(fresh_database: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tree that ``bootstrap_site`` makes, once a process; each test rolls back to it."""
    with django_db_blocker.unblock():
        call_command("bootstrap_site", stdout=io.StringIO())


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def home(db: None) -> HomePage:
    """The French home page."""
    return HomePage.objects.get(depth=2, locale__language_code="fr")


@pytest.fixture
def toolbox(home: HomePage) -> ToolboxPage:
    return factories.toolbox(home)


@pytest.fixture
def agenda(home: HomePage) -> AgendaPage:
    return factories.agenda(home)


# --- one person a role ------------------------------------------------------------------------


@pytest.fixture
def in_role(home: HomePage) -> Callable[[roles.Role], User]:
    """Make somebody with a role of the communication team; roles are put in place first."""
    call_command("sync_roles", summary=True, stdout=io.StringIO())

    def make(role: roles.Role) -> User:
        somebody = factories.user()
        somebody.groups.add(Group.objects.get(name=role.name))
        return somebody

    return make


@pytest.fixture
def redactrice(in_role: Callable[[roles.Role], User]) -> User:
    return in_role(roles.WRITER)


@pytest.fixture
def validatrice(in_role: Callable[[roles.Role], User]) -> User:
    return in_role(roles.APPROVER)


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("superuser@exemple.fr", factories.PASSWORD)


@pytest.fixture
def anonyme() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def sans_affiliation(db: None) -> User:
    return factories.user()


@pytest.fixture
def adherent(db: None) -> User:
    return factories.member()


@pytest.fixture
def adherent_en_grace(db: None) -> User:
    """The membership ended yesterday: the days of grace run."""
    return factories.member(factories.garden(valid_for=-1))


@pytest.fixture
def ancien_adherent(db: None) -> User:
    """The garden is a member, the affiliation has ended."""
    somebody = factories.member()
    Affiliation.objects.filter(user=somebody).update(ended_on="2020-01-01")
    return somebody


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """A browser in which somebody has logged in."""

    def make(somebody: User) -> Client:
        client = Client()
        client.force_login(somebody)
        return client

    return make


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return Path(__file__).resolve().parent.parent
