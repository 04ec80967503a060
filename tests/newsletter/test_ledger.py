"""The ledger of consent: any story ends in the state that its events say."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from newsletter import ledger
from newsletter.models import ConsentEvent, ConsentText, Kind, State, Subscriber, Subscription
from newsletter.models.subscribers import AppendOnlyError

Source = ConsentEvent.Source
LISTS = ["general", "produire", "membres"]
lists = st.lists(st.sampled_from(LISTS), min_size=1, max_size=3, unique=True)


class Consent(RuleBasedStateMachine):
    """A reader, the team and the provider act in any order; a simple model says what holds."""

    @initialize()
    def somebody(self) -> None:
        self.subscriber = Subscriber.objects.create(
            address=f"{uuid.uuid4().hex}@exemple.fr", language="fr"
        )
        self.expected: dict[str, State] = {}
        self.erased = False

    def do(self, kind: Kind, keys: list[str]) -> None:
        if not self.erased:
            ledger.record(self.subscriber, kind, keys, source=Source.FORM, ask=uuid.uuid4())

    @rule(keys=lists)
    def ask(self, keys: list[str]) -> None:
        self.do(Kind.ASKED, keys)
        for key in keys:
            if self.expected.get(key) != State.CONFIRMED:
                self.expected[key] = State.WAITING

    @rule(keys=lists)
    def send(self, keys: list[str]) -> None:
        self.do(Kind.SENT, keys)

    @rule(keys=lists)
    def confirm(self, keys: list[str]) -> None:
        self.do(Kind.CONFIRMED, keys)
        for key in keys:
            if self.expected.get(key) == State.WAITING:
                self.expected[key] = State.CONFIRMED

    @rule(keys=lists)
    def change(self, keys: list[str]) -> None:
        self.do(Kind.CHANGED, keys)
        self.expected |= dict.fromkeys(keys, State.CONFIRMED)

    @rule()
    def change_language(self) -> None:
        self.do(Kind.CHANGED, [""])

    @rule(keys=lists | st.just([""]))
    def leave(self, keys: list[str]) -> None:
        self.do(Kind.LEFT, keys)
        for key in keys if any(keys) else list(self.expected):
            if key in self.expected:
                self.expected[key] = State.LEFT

    @rule(keys=lists)
    def bounce(self, keys: list[str]) -> None:
        self.do(Kind.BOUNCED, keys)
        for key in keys:
            if self.expected.get(key) in (State.WAITING, State.CONFIRMED):
                self.expected[key] = State.BOUNCED

    @rule()
    def erase(self) -> None:
        if not self.erased and len(self.expected) == len(LISTS):
            ledger.erase(self.subscriber, Source.LINK)
            self.erased = True

    @invariant()
    def states_follow_from_the_ledger(self) -> None:
        if not hasattr(self, "subscriber"):
            return
        events = ConsentEvent.objects.filter(subject=self.subscriber.uid).order_by("pk")
        derived = ledger.derive(events)
        if self.erased:
            assert derived == {}
            assert not Subscriber.objects.filter(uid=self.subscriber.uid).exists()
            assert self.subscriber.address not in str(list(events.values()))
            return
        rows = Subscription.objects.filter(subscriber=self.subscriber)
        assert derived == self.expected == dict(rows.values_list("list_key", "state"))


class TestAnyStory(Consent.TestCase, HypothesisTestCase):  # type: ignore[misc, valid-type]
    settings = settings(  # type: ignore[assignment]
        max_examples=30,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def lea(db: None) -> Subscriber:
    somebody = Subscriber.objects.create(address="lea@exemple.fr", language="fr")
    ledger.record(somebody, Kind.ASKED, ["general"], source=Source.FORM, ask=uuid.uuid4())
    return somebody


def test_a_line_of_the_ledger_is_never_rewritten(lea: Subscriber) -> None:
    event = ConsentEvent.objects.get(subject=lea.uid)
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        ConsentEvent.objects.filter(pk=event.pk).update(kind=Kind.CONFIRMED)
    with pytest.raises(AppendOnlyError):
        ConsentEvent.objects.all().delete()


def test_the_database_itself_refuses_to_rewrite_a_line(lea: Subscriber) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE newsletter_consentevent SET kind = 'confirmed'")
    assert ConsentEvent.objects.get(subject=lea.uid).kind == Kind.ASKED


def test_a_text_is_kept_once_whoever_agrees_to_it(db: None) -> None:
    first = ledger.keep_text("Une lettre par mois.", "fr")
    assert ledger.keep_text("Une lettre par mois.", "fr") == first
    assert ledger.keep_text("Une lettre par semaine.", "fr") != first
    assert ConsentText.objects.count() == 2


def test_erasing_keeps_the_trail_without_the_address(lea: Subscriber) -> None:
    from newsletter.addresses import address_key

    uid = lea.uid
    ledger.erase(lea, Source.LINK)
    events = ConsentEvent.objects.filter(subject=uid)
    assert [event.kind for event in events] == ["asked", "erased"]
    assert events.get(address_key=address_key("lea@exemple.fr")).kind == "erased"


def test_the_check_finds_a_state_that_somebody_meddled_with(lea: Subscriber) -> None:
    call_command("check_consent", stdout=io.StringIO())
    Subscription.objects.filter(subscriber=lea).update(state=State.CONFIRMED)
    with pytest.raises(CommandError, match="1 subscriber"):
        call_command("check_consent", stdout=io.StringIO(), stderr=io.StringIO())


def test_the_check_costs_the_same_queries_for_one_and_for_fifty(
    lea: Subscriber, django_assert_num_queries: Any
) -> None:
    for number in range(50):
        each = Subscriber.objects.create(address=f"p{number}@exemple.fr", language="fr")
        ledger.record(each, Kind.ASKED, LISTS, source=Source.FORM)
    gone = Subscriber.objects.create(address="gone@exemple.fr", language="fr")
    ledger.record(gone, Kind.ASKED, ["general"], source=Source.FORM)
    ledger.erase(gone, Source.LINK)
    Subscriber.objects.create(address="nothing@exemple.fr", language="fr")
    with django_assert_num_queries(2):
        assert list(ledger.disagreements()) == []
    # Each of them is looked at: one that somebody meddled with is found wherever it stands.
    for row in Subscription.objects.filter(list_key="membres")[:3]:
        Subscription.objects.filter(pk=row.pk).update(state=State.LEFT)
        [line] = ledger.disagreements()
        assert line.startswith(str(row.subscriber.uid))
        Subscription.objects.filter(pk=row.pk).update(state=row.state)
