"""Links of mails: leaving, changing, one's own data; forged, old and foreign links."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from newsletter import ledger, outbox, tokens
from newsletter.models import ConsentEvent, Kind, State, Subscriber, Subscription
from tests import factories

pytestmark = pytest.mark.django_db

Confirmed = Callable[..., Subscriber]
SignUp = Callable[..., HttpResponse]


def states(address: str) -> dict[str, str]:
    rows = Subscription.objects.filter(subscriber__address=address)
    return dict(rows.values_list("list_key", "state"))


def one_click_address() -> str:
    """Path of the List-Unsubscribe of the last mail."""
    found = re.fullmatch(
        r"<http://testserver(/\S+)>", mail.outbox[-1].extra_headers["List-Unsubscribe"]
    )
    assert found
    return found.group(1)


def manage_address(subscriber: Subscriber) -> str:
    return f"/newsletter/abonnement/{tokens.manage_token(subscriber.uid)}/"


def test_one_click_leaves_without_cookie_origin_or_login(confirmed: Confirmed) -> None:
    confirmed("lea@exemple.fr")
    assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    response = client.post(one_click_address(), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert states("lea@exemple.fr") == {"general": State.LEFT}
    assert ConsentEvent.objects.get(kind="left").source == "one_click"


def test_leaving_twice_is_leaving_once(confirmed: Confirmed) -> None:
    confirmed("lea@exemple.fr")
    address = one_click_address()
    for _time in range(2):
        assert Client().post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ConsentEvent.objects.filter(kind="left").count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_a_post_changes_anything(confirmed: Confirmed, method: str) -> None:
    subscriber = confirmed("lea@exemple.fr")
    before = ConsentEvent.objects.count()
    uid = subscriber.uid
    for name, token in (
        ("quitter", tokens.leave_token(uid)),
        ("abonnement", tokens.manage_token(uid)),
        ("continuer", tokens.manage_token(uid)),
    ):
        assert getattr(Client(), method)(f"/newsletter/{name}/{token}/").status_code in (200, 405)
    assert ConsentEvent.objects.count() == before
    assert states("lea@exemple.fr") == {"general": State.CONFIRMED}


def test_one_changes_letters_and_language_by_the_signed_link(confirmed: Confirmed) -> None:
    factories.mission("produire")
    subscriber = confirmed("lea@exemple.fr")
    address = manage_address(subscriber)
    Client().post(address, {"lists": ["produire"], "language": "en"})
    assert states("lea@exemple.fr") == {"general": State.LEFT, "produire": State.CONFIRMED}
    subscriber.refresh_from_db()
    assert subscriber.language == "en"
    event = ConsentEvent.objects.get(kind="changed", list_key="produire")
    assert event.text is not None
    assert list(ledger.disagreements()) == []


def test_a_change_from_another_site_is_refused(confirmed: Confirmed) -> None:
    subscriber = confirmed("lea@exemple.fr")
    client = Client(headers={"Origin": "https://ailleurs.example"})
    assert client.post(manage_address(subscriber), {"erase": "1", "sure": "yes"}).status_code == 403
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()


def test_one_sees_and_exports_all_that_is_held(confirmed: Confirmed) -> None:
    subscriber = confirmed("lea@exemple.fr")
    page = Client().get(manage_address(subscriber))
    assert "lea@exemple.fr" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    response = Client().get(manage_address(subscriber) + "donnees/")
    data = json.loads(response.content)
    assert data["address"] == "lea@exemple.fr"
    assert [event["event"] for event in data["events"]] == ["asked", "sent", "confirmed"]
    assert "Une lettre par mois" in data["events"][-1]["text_agreed_to"]
    assert "attachment" in response["Content-Disposition"]


def test_one_erases_everything_after_ticking_the_box(confirmed: Confirmed) -> None:
    subscriber = confirmed("lea@exemple.fr")
    address = manage_address(subscriber)
    assert Client().post(address, {"erase": "1"}).status_code == 200
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()
    Client().post(address, {"erase": "1", "sure": "yes"})
    assert not Subscriber.objects.exists()
    assert Client().get(address).status_code == 410


@pytest.mark.parametrize("name", ["confirmer", "quitter", "abonnement", "continuer"])
@pytest.mark.parametrize(
    "token", ["x", "a:b:c", "é" * 20, "eyJ1IjoiMSJ9:1:1", "a" * 5000, "..%2F..%2Fadmin"]
)
def test_a_forged_link_gets_a_plain_word(newsletter_page: object, name: str, token: str) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(f"/newsletter/{name}/{token}/")
        assert response.status_code in (400, 404)


def test_a_link_serves_its_own_purpose_only(confirmed: Confirmed) -> None:
    subscriber = confirmed("lea@exemple.fr")
    token = tokens.leave_token(subscriber.uid)
    assert Client().get(f"/newsletter/abonnement/{token}/").status_code == 400
    assert Client().post(f"/newsletter/confirmer/{token}/").status_code == 400


def test_a_link_of_one_address_does_nothing_for_another(
    confirmed: Confirmed, sign_up: SignUp
) -> None:
    lea = confirmed("lea@exemple.fr")
    ask = ConsentEvent.objects.get(subject=lea.uid, kind="asked").ask
    sign_up("leo@exemple.fr")
    outbox.run()
    leo = Subscriber.objects.get(address="leo@exemple.fr")
    assert ask is not None
    Client().post(f"/newsletter/confirmer/{tokens.confirm_token(leo.uid, ask)}/")
    assert states("leo@exemple.fr") == {"general": State.WAITING}


def test_a_confirmation_link_dies_after_seven_days(
    sign_up: SignUp, last_link: Callable[[], str]
) -> None:
    sign_up("lea@exemple.fr")
    outbox.run()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=False):
        assert Client().post(last_link()).status_code == 410
    assert states("lea@exemple.fr") == {"general": State.WAITING}


def test_a_link_to_ones_data_dies_and_the_one_click_never_does(confirmed: Confirmed) -> None:
    lea = confirmed("lea@exemple.fr")
    manage, leave = manage_address(lea), one_click_address()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400), tick=False):
        for path in (manage, f"{manage}donnees/", manage.replace("abonnement", "continuer")):
            answer = Client().get(path)
            assert answer.status_code == 410
            assert "lea@" not in answer.content.decode()
        assert Client().post(manage, {"erase": "1", "sure": "yes"}).status_code == 410
        assert Client().post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert lea.subscriptions.get().state == State.LEFT


def test_an_old_confirmation_link_does_not_bring_back_who_left(
    confirmed: Confirmed, sign_up: SignUp, last_link: Callable[[], str]
) -> None:
    subscriber = confirmed("lea@exemple.fr")
    old = last_link()
    ledger.record(subscriber, Kind.LEFT, [""], source=ConsentEvent.Source.LINK)
    Client().post(old)
    assert states("lea@exemple.fr") == {"general": State.LEFT}
    sign_up("lea@exemple.fr")
    outbox.run()
    Client().post(old)
    assert states("lea@exemple.fr") == {"general": State.WAITING}


def test_pages_of_links_are_not_kept_nor_told_to_others(confirmed: Confirmed) -> None:
    response = Client().get(manage_address(confirmed("lea@exemple.fr")))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
