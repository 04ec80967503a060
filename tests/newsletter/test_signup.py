"""Signing up: from the form to the confirmed subscription."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from home.models import HomePage
from newsletter import guard, outbox
from newsletter.models import (
    ConsentEvent,
    NewsletterPage,
    Outgoing,
    SignupRequest,
    State,
    Subscriber,
    Subscription,
)
from tests import factories
from tests.newsletter.conftest import FORM

pytestmark = pytest.mark.django_db

SignUp = Callable[..., HttpResponse]
Confirmed = Callable[..., Subscriber]
Link = Callable[..., str]


def states(address: str) -> dict[str, str]:
    rows = Subscription.objects.filter(subscriber__address=address)
    return dict(rows.values_list("list_key", "state"))


def test_a_sign_up_is_answered_by_the_thanks_page_and_a_mail(sign_up: SignUp) -> None:
    response = sign_up("lea@exemple.fr")
    assert (response.status_code, response["Location"]) == (302, "/newsletter/merci/")
    assert mail.outbox == []
    outbox.run()
    assert [message.to for message in mail.outbox] == [["lea@exemple.fr"]]
    assert states("lea@exemple.fr") == {"general": State.WAITING}


def test_opening_the_link_of_the_mail_changes_nothing(sign_up: SignUp, last_link: Link) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    before = ConsentEvent.objects.count()
    for _time in range(3):
        assert Client().get(last_link()).status_code == 200
        assert Client().head(last_link()).status_code == 200
    assert states("lea@exemple.fr") == {"general": State.WAITING}
    assert ConsentEvent.objects.count() == before


def test_posting_the_page_of_the_link_confirms(sign_up: SignUp, last_link: Link) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    response = Client(enforce_csrf_checks=True).post(last_link())
    assert "C’est confirmé." in response.content.decode()
    assert states("lea@exemple.fr") == {"general": State.CONFIRMED}


def test_a_link_used_twice_confirms_once(confirmed: Confirmed, last_link: Link) -> None:
    confirmed("lea@exemple.fr")
    assert Client().post(last_link()).status_code == 200
    assert ConsentEvent.objects.filter(kind="confirmed").count() == 1


def test_the_letters_chosen_are_those_confirmed(
    newsletter_page: NewsletterPage, confirmed: Confirmed
) -> None:
    factories.mission("produire")
    factories.mission("insertion")
    confirmed("lea@exemple.fr", "general", "produire")
    assert states("lea@exemple.fr") == {"general": State.CONFIRMED, "produire": State.CONFIRMED}


def test_the_ledger_keeps_the_exact_words_agreed_to(confirmed: Confirmed) -> None:
    subscriber = confirmed("lea@exemple.fr")
    event = ConsentEvent.objects.get(subject=subscriber.uid, kind="confirmed")
    assert event.text is not None
    assert "Une lettre par mois" in event.text.text
    assert "[general] La lettre du réseau" in event.text.text
    assert (event.language, event.source) == ("fr", "link")
    assert "/newsletter/" in event.page


def test_signing_up_again_never_weakens_what_is_confirmed(
    confirmed: Confirmed, sign_up: SignUp
) -> None:
    confirmed("lea@exemple.fr")
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False):
        sign_up("lea@exemple.fr")
        outbox.run()
    assert states("lea@exemple.fr") == {"general": State.CONFIRMED}
    assert "déjà" in mail.outbox[-1].subject


def test_a_double_click_is_one_subscription_and_one_mail(sign_up: SignUp, last_link: Link) -> None:
    answers = [sign_up("lea@exemple.fr") for _click in range(2)]
    assert {(each.status_code, each["Location"]) for each in answers} == {
        (302, "/newsletter/merci/")
    }
    outbox.run()
    assert len(mail.outbox) == 1
    for _click in range(2):
        assert Client().post(last_link()).status_code == 200
    assert states("lea@exemple.fr") == {"general": State.CONFIRMED}
    assert ConsentEvent.objects.filter(kind="confirmed").count() == 1


@pytest.mark.parametrize("situation", ["new", "waiting", "confirmed", "gone"])
def test_the_answer_and_its_work_are_the_same_for_every_address(
    situation: str,
    sign_up: SignUp,
    confirmed: Confirmed,
    django_assert_num_queries: Any,
) -> None:
    sign_up("autre@exemple.fr")  # the words agreed to are kept once
    if situation == "waiting":
        sign_up("lea@exemple.fr")
        outbox.run()
    if situation in ("confirmed", "gone"):
        subscriber = confirmed("lea@exemple.fr")
    if situation == "gone":
        subscriber.subscriptions.update(state=State.LEFT)
    client = Client()
    with django_assert_num_queries(QUERIES_OF_A_SIGN_UP):
        response = sign_up("lea@exemple.fr", client=client)
    assert (response.status_code, response["Location"]) == (302, "/newsletter/merci/")
    assert SignupRequest.objects.filter(address="lea@exemple.fr").count() == 1
    assert client.get("/newsletter/merci/").content == Client().get("/newsletter/merci/").content


QUERIES_OF_A_SIGN_UP = 7


def test_without_script_a_second_step_shows_what_one_agrees_to(
    newsletter_page: NewsletterPage,
) -> None:
    client = Client(enforce_csrf_checks=True)
    step = client.post(FORM, {"email": "lea@exemple.fr", "short": "1"})
    text = step.content.decode()
    assert step.status_code == 200
    assert "Une lettre par mois" in text
    token = step.context["form"].initial["token"]
    assert token in text
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=5), tick=False):
        answer = client.post(FORM, {"email": "lea@exemple.fr", "token": token, "second_step": "1"})
    assert answer["Location"] == "/newsletter/merci/"
    assert SignupRequest.objects.count() == 1


@pytest.mark.parametrize("where", ["/newsletter/", "/"])
def test_pages_with_a_form_hold_no_token_and_set_no_cookie(
    newsletter_page: NewsletterPage, where: str
) -> None:
    response = Client().get(where)
    text = response.content.decode()
    assert f'action="{FORM}"' in text
    assert "csrfmiddlewaretoken" not in text
    assert not response.cookies
    assert text == Client().get(where).content.decode()


def test_no_form_is_shown_where_no_newsletter_page_is_published(home: HomePage) -> None:
    assert FORM not in Client().get("/").content.decode()
    assert Client().post(FORM, {"email": "lea@exemple.fr"}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver.ailleurs.example"},
    ],
)
def test_a_post_from_another_site_is_refused(
    newsletter_page: NewsletterPage, headers: dict[str, str], sign_up: SignUp, last_link: Link
) -> None:
    assert Client(headers=headers).post(FORM, {"email": "lea@exemple.fr"}).status_code == 403
    assert SignupRequest.objects.count() == 0
    sign_up("lea@exemple.fr")
    outbox.run()
    assert Client(headers=headers).post(last_link()).status_code == 403
    assert states("lea@exemple.fr") == {"general": State.WAITING}


def test_a_post_of_our_own_page_is_taken(sign_up: SignUp) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert sign_up("lea@exemple.fr", client=Client(headers=headers)).status_code == 302


def test_the_trap_is_answered_like_everybody_and_nothing_is_kept(sign_up: SignUp) -> None:
    assert sign_up("lea@exemple.fr", website="https://spam.example")["Location"].endswith("/merci/")
    assert SignupRequest.objects.count() == 0


def test_the_time_token_is_never_cached_and_too_young_at_once(
    newsletter_page: NewsletterPage,
) -> None:
    response = Client().get("/newsletter/jeton/")
    assert "no-store" in response["Cache-Control"]
    token = response.json()["token"]
    answer = Client().post(FORM, {"email": "lea@exemple.fr", "token": token})
    assert answer.status_code == 200  # the second step
    assert SignupRequest.objects.count() == 0


def test_an_unknown_letter_is_an_error_beside_the_field(sign_up: SignUp) -> None:
    response = sign_up("lea@exemple.fr", "inconnue")
    assert response.status_code == 422
    assert SignupRequest.objects.count() == 0


def test_a_second_mail_waits_a_quarter_of_an_hour_and_a_fourth_of_the_day_is_not_sent(
    sign_up: SignUp,
) -> None:
    start = timezone.now()
    for minutes in range(0, 6 * 60, 5):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
            sign_up("lea@exemple.fr")
            outbox.run()
    moments = sorted(row.done_at for row in Outgoing.objects.all() if row.done_at)
    assert len(mail.outbox) == len(moments) == 3
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    assert min(gaps) >= datetime.timedelta(minutes=15)


def test_a_flood_from_one_range_is_stopped(sign_up: SignUp) -> None:
    answers = [
        sign_up(f"p{number}@exemple.fr", client=Client(REMOTE_ADDR=f"192.0.2.{number % 250}"))
        for number in range(60)
    ]
    assert [answer.status_code for answer in answers].count(302) == 40
    assert answers[-1].status_code == 429
    assert SignupRequest.objects.count() == 40


def test_a_flood_from_many_ranges_is_stopped(sign_up: SignUp) -> None:
    ranges = [f"10.{number // 200}.{number % 200}.1" for number in range(2000)]
    codes = [
        sign_up("lea@exemple.fr", client=Client(REMOTE_ADDR=each)).status_code
        for each in (*ranges[:20], *ranges[-20:])
    ]
    assert codes == [302] * 40
    while not guard.is_over(guard.WHOLE_SITE):  # the rest of the flood, without its pages
        pass
    late = [sign_up("lea@exemple.fr", client=Client(REMOTE_ADDR=each)) for each in ranges[20:40]]
    assert {answer.status_code for answer in late} == {429}
    outbox.run()
    assert len(mail.outbox) == 1


def test_no_address_of_a_machine_is_kept(sign_up: SignUp) -> None:
    from django.apps import apps

    sign_up("lea@exemple.fr", client=Client(REMOTE_ADDR="203.0.113.77"))
    outbox.run()
    for model in apps.get_app_config("newsletter").get_models():
        for row in model._default_manager.values():
            assert "203.0.113" not in str(row)
