"""A newsletter page in French, and a reader who fills in its form as a browser does."""

from __future__ import annotations

import datetime
import re
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
from newsletter.models import NewsletterPage, Subscriber
from tests import factories

FORM = "/newsletter/inscription/"
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def newsletter_page(home: HomePage) -> NewsletterPage:
    made: NewsletterPage = factories.add_page(
        home,
        NewsletterPage,
        slug="newsletter",
        title="La lettre",
        consent_text="<p>Une lettre par mois, par le réseau. Vous partez quand vous voulez.</p>",
        thanks_text="<p>Regardez votre boîte aux lettres.</p>",
        confirmed_text="<p>C’est confirmé.</p>",
        goodbye_text="<p>Au revoir.</p>",
    )
    return made


@pytest.fixture
def sign_up(newsletter_page: NewsletterPage) -> Callable[..., HttpResponse]:
    """Send the form as the script of the page does: with a token taken a minute ago."""

    def send(address: str, *lists: str, client: Client | None = None, **more: Any) -> HttpResponse:
        with time_machine.travel(timezone.now() - datetime.timedelta(minutes=1), tick=False):
            token = guard.form_token()
        data = {"email": address, "lists": list(lists), "token": token, **more}
        return (client or Client()).post(FORM, data)  # type: ignore[return-value]

    return send


@pytest.fixture
def last_link() -> Callable[[], str]:
    """Path of the first link of the last mail."""

    def find(number: int = -1) -> str:
        found = LINK.search(str(mail.outbox[number].body))
        assert found
        return found.group(1)

    return find


@pytest.fixture
def confirmed(
    sign_up: Callable[..., HttpResponse], last_link: Callable[[], str]
) -> Callable[..., Subscriber]:
    """Somebody who signed up and pressed the button."""

    def make(address: str, *lists: str) -> Subscriber:
        sign_up(address, *lists)
        outbox.run()
        Client().post(last_link())
        return Subscriber.objects.get(address=address)

    return make
