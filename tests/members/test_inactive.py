"""Accounts nobody uses: warned first, anonymised thirty days later, never without notice."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from members import mails
from members.inactive import end_inactive
from members.models import User
from tests import factories

pytestmark = pytest.mark.django_db

WARNED, ENDED = "inactive accounts warned", "inactive accounts anonymised"
START = datetime.datetime(2026, 3, 1, 3, tzinfo=datetime.UTC)


def at(days: int) -> datetime.datetime:
    return START + datetime.timedelta(days=days)


def seen(somebody: User, days_ago: int) -> User:
    User.objects.filter(pk=somebody.pk).update(last_login=at(-days_ago), date_joined=at(-9000))
    somebody.refresh_from_db()
    return somebody


def test_somebody_is_warned_then_anonymised_thirty_days_later() -> None:
    somebody = seen(factories.member(), 1064)
    assert end_inactive(START) == {WARNED: 0, ENDED: 0}
    somebody = seen(somebody, 1066)
    assert end_inactive(START) == {WARNED: 1, ENDED: 0}
    assert mail.outbox[0].to == [somebody.email]
    assert "31 mars 2026" in str(mail.outbox[0].body)
    assert end_inactive(at(1)) == {WARNED: 0, ENDED: 0}
    assert end_inactive(at(29)) == {WARNED: 0, ENDED: 0}
    assert end_inactive(at(30)) == {WARNED: 0, ENDED: 1}
    somebody.refresh_from_db()
    assert (somebody.first_name, somebody.is_active) == ("", False)
    assert somebody.email.endswith("@anonyme.invalid")
    assert end_inactive(at(31)) == {WARNED: 0, ENDED: 0}


def test_logging_in_makes_the_warning_void() -> None:
    somebody = seen(factories.user(), 1200)
    end_inactive(START)
    User.objects.filter(pk=somebody.pk).update(last_login=at(10))
    assert end_inactive(at(40)) == {WARNED: 0, ENDED: 0}
    assert end_inactive(at(10 + 1066)) == {WARNED: 1, ENDED: 0}
    assert end_inactive(at(10 + 1096)) == {WARNED: 0, ENDED: 1}


def test_an_account_never_used_counts_from_the_day_it_was_made() -> None:
    somebody = factories.user()
    User.objects.filter(pk=somebody.pk).update(date_joined=at(-1200), last_login=None)
    assert end_inactive(START)[WARNED] == 1


def test_nobody_is_anonymised_without_a_warning_that_left(monkeypatch: pytest.MonkeyPatch) -> None:
    seen(factories.user(), 4000)
    monkeypatch.setattr(mails, "send", lambda *a: False)
    for days in (0, 30, 60):
        assert end_inactive(at(days)) == {WARNED: 0, ENDED: 0}
    monkeypatch.undo()
    assert end_inactive(at(90)) == {WARNED: 1, ENDED: 0}


def test_who_has_a_role_is_left_to_the_team() -> None:
    seen(User.objects.create_superuser("s@exemple.fr", factories.PASSWORD), 4000)
    seen(factories.user(), 4000).groups.add(Group.objects.create(name="Un rôle"))
    assert end_inactive(START) == {WARNED: 0, ENDED: 0}
    assert not mail.outbox


def test_an_account_closed_by_the_team_ends_without_a_message() -> None:
    seen(factories.user(is_active=False), 1200)
    assert end_inactive(timezone.now().replace(year=2026, month=3, day=1)) == {WARNED: 0, ENDED: 1}
    assert not mail.outbox
