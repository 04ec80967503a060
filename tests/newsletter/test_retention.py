"""How long what is kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from newsletter import ledger, outbox, retention
from newsletter.models import ConsentEvent, Kind, Outgoing, State, Subscriber

pytestmark = pytest.mark.django_db


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def test_an_unconfirmed_address_vanishes_after_seven_days(
    sign_up: Callable[..., HttpResponse],
) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    retention.purge(in_days(6.9))
    assert Subscriber.objects.count() == 1
    retention.purge(in_days(7.1))
    assert Subscriber.objects.count() == 0
    assert ConsentEvent.objects.count() == 0


def test_a_letter_left_stays_left_when_a_new_asking_is_not_confirmed(
    confirmed: Callable[..., Subscriber], sign_up: Callable[..., HttpResponse]
) -> None:
    lea = confirmed("lea@exemple.fr")
    ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK)
    sign_up("lea@exemple.fr")
    outbox.run()
    retention.purge(in_days(8))
    assert lea.subscriptions.get().state == State.LEFT
    assert list(ledger.disagreements()) == []


def test_after_three_silent_years_one_is_asked_once_and_then_erased(
    confirmed: Callable[..., Subscriber],
) -> None:
    confirmed("lea@exemple.fr")
    later = in_days(3 * 365 + 1)
    retention.purge(later)
    retention.purge(later)
    with time_machine.travel(later, tick=False):
        outbox.run()
    assert "continuer" in str(mail.outbox[-1].body)
    assert len(mail.outbox) == 2
    retention.purge(later + datetime.timedelta(days=29))
    assert Subscriber.objects.count() == 1
    retention.purge(later + datetime.timedelta(days=31))
    assert Subscriber.objects.count() == 0
    assert ConsentEvent.objects.get(kind="erased").source == "retention"


def test_nobody_is_erased_who_was_not_asked_because_no_server_took_the_mail(
    confirmed: Callable[..., Subscriber],
) -> None:
    confirmed("lea@exemple.fr")
    later = in_days(3 * 365 + 1)
    retention.purge(later)
    retention.purge(later + datetime.timedelta(days=31))  # it still waits in the outbox
    assert Subscriber.objects.count() == 1
    Outgoing.objects.filter(purpose="again").update(state=Outgoing.State.FAILED)
    retention.purge(later + datetime.timedelta(days=62))  # given up: asked anew
    assert Outgoing.objects.get(purpose="again").state == Outgoing.State.QUEUED
    left = later + datetime.timedelta(days=70)
    with time_machine.travel(left, tick=False):
        outbox.run()
    retention.purge(left + datetime.timedelta(days=29))
    assert Subscriber.objects.count() == 1
    retention.purge(left + datetime.timedelta(days=31))
    assert Subscriber.objects.count() == 0


def test_who_answers_is_kept(
    confirmed: Callable[..., Subscriber], last_link: Callable[[], str]
) -> None:
    confirmed("lea@exemple.fr")
    later = in_days(3 * 365 + 1)
    retention.purge(later)
    with time_machine.travel(later, tick=False):
        outbox.run()
        assert Client().get(last_link()).status_code == 200
        assert Subscriber.objects.get().asked_again_at is not None
        Client().post(last_link())
    retention.purge(later + datetime.timedelta(days=40))
    assert Subscriber.objects.count() == 1


def test_who_left_is_erased_three_years_later_and_the_trail_five_years_after(
    confirmed: Callable[..., Subscriber],
) -> None:
    lea = confirmed("lea@exemple.fr")
    ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK)
    retention.purge(in_days(3 * 365 - 1))
    assert Subscriber.objects.count() == 1
    retention.purge(in_days(3 * 365 + 1))
    assert Subscriber.objects.count() == 0
    assert ConsentEvent.objects.count() > 0
    retention.purge(in_days(5 * 365 + 1))
    assert ConsentEvent.objects.count() == 0
