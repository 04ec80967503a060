"""The team's switch during an attack: each sign-up costs a calculation (ALTCHA), of our own."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from newsletter import guard
from newsletter.models import NewsletterPage, NewsletterSettings, SignupRequest
from tests.newsletter.conftest import FORM

pytestmark = pytest.mark.django_db

SignUp = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def switched_on(newsletter_page: NewsletterPage, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    options = NewsletterSettings.for_site(Site.objects.get(is_default_site=True))
    options.proof_of_work = True
    options.save()
    monkeypatch.setattr(guard, "POW_MAX_NUMBER", 300)
    return iter([None])


def solve(challenge: dict[str, Any], **wrong: Any) -> str:
    """What newsletter/signup.js calculates."""
    last = int(challenge.get("maxnumber") or challenge["maxNumber"])
    number = next(
        each
        for each in range(last + 1)
        if hashlib.sha256(f"{challenge['salt']}{each}".encode()).hexdigest()
        == challenge["challenge"]
    )
    kept = {key: challenge[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**kept, "number": number, **wrong}).encode()).decode()


def challenge() -> dict[str, Any]:
    answer = Client().get("/newsletter/jeton/")
    assert "no-store" in answer["Cache-Control"]
    found: dict[str, Any] = answer.json()["challenge"]
    return found


def test_who_has_calculated_signs_up_and_not_twice_with_one_answer(sign_up: SignUp) -> None:
    answer = solve(challenge())
    assert sign_up("lea@exemple.fr", altcha=answer).status_code == 302
    respelt = base64.b64encode(base64.b64decode(answer) + b" ").decode()
    for again in (answer, respelt):
        assert sign_up("autre@exemple.fr", altcha=again).status_code == 200  # the second step
    assert SignupRequest.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"number": -1}, {"signature": "0" * 64}, {"salt": "x"}])
def test_a_wrong_answer_leads_to_the_second_step(sign_up: SignUp, wrong: dict[str, Any]) -> None:
    assert sign_up("lea@exemple.fr", altcha=solve(challenge(), **wrong)).status_code == 200
    assert SignupRequest.objects.count() == 0


@pytest.mark.parametrize("junk", ["", "junk", "e30=", "W10=", "bnVsbA==", "MQ==", "é" * 50])
def test_junk_leads_to_the_second_step(sign_up: SignUp, junk: str) -> None:
    assert sign_up("lea@exemple.fr", altcha=junk).status_code == 200
    assert SignupRequest.objects.count() == 0


def test_an_answer_that_comes_too_late_counts_no_more(sign_up: SignUp) -> None:
    answer = solve(challenge())
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=31), tick=False):
        assert sign_up("lea@exemple.fr", altcha=answer).status_code == 200


def test_without_script_the_second_step_takes_its_place_for_a_few(newsletter_page: Any) -> None:
    step = Client().post(FORM, {"email": "lea@exemple.fr", "short": "1"})
    token = step.context["form"].initial["token"]
    taken = 0
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=5), tick=False):
        for number in range(33):
            data = {"email": f"p{number}@exemple.fr", "token": token, "second_step": "1"}
            answer = Client(REMOTE_ADDR=f"10.0.{number}.1").post(FORM, data)
            taken += answer.status_code == 302
    assert taken == SignupRequest.objects.count() == guard.WITHOUT_PROOF[0].count


def test_nothing_of_another_host_is_asked(newsletter_page: Any) -> None:
    response = Client().get("/newsletter/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "altcha.org" not in response.content.decode()
