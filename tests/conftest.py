"""What the whole suite shares: the tree of an empty site, and one person a role."""

from __future__ import annotations

import gc
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.test import Client
from django_tasks_db.management.commands import db_worker
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from pytest_django import DjangoDbBlocker

from site_cocagne.core.catalogues import compile_outdated
from tests.access.counting import pytest_terminal_summary
from tests.databases import django_db_setup as fresh_database

# Before anything asks for a translation.
compile_outdated()
# Objects by the hundred thousand live as long as the process: looking through them again and again
# costs a twentieth of the suite.
gc.set_threshold(100_000, 50, 100)

from events import pieces  # noqa: E402
from events.models import AgendaPage  # noqa: E402
from home.models import HomePage  # noqa: E402
from members.models import Affiliation, User  # noqa: E402
from resources.models import ToolboxPage  # noqa: E402
from site_cocagne import roles  # noqa: E402
from site_cocagne.core import memo  # noqa: E402
from tests import factories  # noqa: E402

__all__ = ["fresh_database", "pytest_terminal_summary"]


@pytest.fixture(scope="session")
def django_db_setup(fresh_database: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tree and the roles of an empty site, once a process; each test rolls back to them."""
    with django_db_blocker.unblock():
        call_command("bootstrap_site", stdout=io.StringIO())
        call_command("sync_roles", summary=True, stdout=io.StringIO())


BuildOnce = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="module")
def build_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[BuildOnce]:
    """Make what all tests of a module begin from once: each rolls back to it, the module undoes it.

    pytest-django leaves a connection open between tests so that this is possible. What is made is
    handed on by ``copy.deepcopy``, since a test may change its instances.
    """
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def build(make: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return make()

    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def _no_index_of_the_admin() -> None:
    """What the admin searches in is filled where it is asked (``factories.index_for_the_admin``).

    Following it at each of a hundred thousand saves costs a twentieth of the suite.
    """
    for model in get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)


@pytest.fixture(autouse=True)
def _a_worker_leaves_the_connection_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Django's own test client does: within the transaction of a test there is no other."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    for one in caches.all():
        one.clear()
    pieces.forget()
    memo.forget()
    yield
    for one in caches.all():
        one.clear()


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
    """Make somebody with a role of the communication team."""

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
