"""Letters: composed from what is new, sent to lists, nothing reserved in open ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from events.models import AgendaPage
from members.models import User
from newsletter import ledger, letters, outbox
from newsletter.models import (
    ConsentEvent,
    Kind,
    LetterPage,
    NewsletterPage,
    Outgoing,
    Sending,
    State,
    Subscriber,
)
from resources.models import ToolboxPage
from tests import factories

pytestmark = pytest.mark.django_db

LoggedIn = Callable[[User], Client]


def subscriber(address: str, *keys: str, language: str = "fr") -> Subscriber:
    made = Subscriber.objects.create(address=address, language=language)
    ledger.record(made, Kind.CHANGED, keys or ["general"], source=ConsentEvent.Source.LINK)
    return made


def letter_with(parent: NewsletterPage, *pages: Any, **fields: Any) -> LetterPage:
    fields.setdefault("title", "Les nouvelles de mai")
    sections = [("pages", {"title": "À lire", "pages": list(pages)}), *fields.pop("more", [])]
    made: LetterPage = factories.add_page(
        parent,
        LetterPage,
        introduction='<p>Bonjour <a href="/agenda/">à vous</a></p>',
        sections=sections,
        **fields,
    )
    return made


def test_a_letter_reaches_the_readers_of_its_lists_and_language_once(
    newsletter_page: NewsletterPage,
) -> None:
    subscriber("lea@exemple.fr", "general", "produire")
    subscriber("leo@exemple.fr", "produire")
    subscriber("zoe@exemple.fr", "insertion")
    subscriber("ann@exemple.fr", language="en")
    ledger.record(
        subscriber("luc@exemple.fr"), Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK
    )
    letters.start(letter_with(newsletter_page), ["general", "produire"], None)
    outbox.run()
    outbox.run()
    assert sorted(message.to[0] for message in mail.outbox) == ["lea@exemple.fr", "leo@exemple.fr"]


def test_who_leaves_while_a_letter_is_on_its_way_does_not_get_it(
    newsletter_page: NewsletterPage,
) -> None:
    lea = subscriber("lea@exemple.fr")
    letters.start(letter_with(newsletter_page), ["general"], None)
    letters.fill()
    ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.ONE_CLICK)
    outbox.run()
    assert mail.outbox == []


def test_each_reader_gets_links_of_their_own_and_full_addresses(
    newsletter_page: NewsletterPage, toolbox: ToolboxPage
) -> None:
    sheet = factories.resource(toolbox, title="Fiche paillage", summary="Pailler sans plastique.")
    subscriber("lea@exemple.fr")
    letters.start(letter_with(newsletter_page, sheet), ["general"], None)
    outbox.run()
    message: Any = mail.outbox[0]
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert ".invalid" not in text
        assert "Fiche paillage" in text
        assert "Pailler sans plastique." in text
        assert "http://testserver/agenda/" in text
        assert "http://testserver/newsletter/quitter/" in text
    assert 'class="' not in html
    assert 'style="' in html
    assert "<img" not in html
    link = message.extra_headers["List-Unsubscribe"].strip(" <>").removeprefix("http://testserver")
    Client().post(link, {"List-Unsubscribe": "One-Click"})
    assert Subscriber.objects.in_state(State.LEFT).count() == 1


def test_each_section_of_a_letter_is_written_once_and_nothing_beside_it(
    newsletter_page: NewsletterPage, agenda: AgendaPage
) -> None:
    event = factories.event(agenda, title="Visite", status="cancelled", status_note="Gel")
    composed = letters.compose(
        letter_with(
            newsletter_page,
            event,
            more=[("text", {"title": "Édito", "text": "<p>Les <b>serres</b> chauffent.</p>"})],
        )
    )
    soup = BeautifulSoup(composed.html, "html.parser")
    assert [each.get_text(strip=True) for each in soup.find_all("h2")] == ["À lire", "Édito"]
    assert [each.get_text(strip=True) for each in soup.find_all("h3")] == ["Visite"]
    assert all(link["href"] for link in soup.find_all("a"))
    assert "Annulé – " in composed.text  # no letter announces as if nothing had happened
    assert composed.text.count("serres chauffent") == 1


def test_nothing_reserved_leaves_in_an_open_letter(
    newsletter_page: NewsletterPage, toolbox: ToolboxPage
) -> None:
    teaser = factories.resource(toolbox, title="Secret entrouvert", audience="members")
    hidden = factories.resource(toolbox, title="Secret caché", audience="members", door="hidden")
    later = factories.resource(toolbox, title="Réservé depuis")
    letter = letter_with(newsletter_page, teaser, hidden, later)
    later.audience = "members"
    later.save_revision().publish()
    composed = letters.compose(letter)
    for word in ("Secret", "Réservé"):
        assert word not in composed.html
        assert word not in composed.text


def test_a_reserved_letter_reaches_current_members_of_the_members_list_only(
    newsletter_page: NewsletterPage,
    toolbox: ToolboxPage,
    adherent: User,
    ancien_adherent: User,
) -> None:
    sheet = factories.resource(toolbox, title="Fiche réservée", audience="members")
    subscriber(adherent.email, "membres")
    subscriber(ancien_adherent.email, "membres")
    subscriber("inconnue@exemple.fr", "membres", "general")
    letter = letter_with(newsletter_page, sheet, audience="members")
    letters.start(letter, ["general", "membres"], None)
    outbox.run()
    assert [message.to for message in mail.outbox] == [[adherent.email]]
    assert "Fiche réservée" in str(mail.outbox[0].body)
    assert Client().get(letter.url).status_code == 302


def test_an_open_letter_is_archived_on_the_site(newsletter_page: NewsletterPage) -> None:
    letter = letter_with(newsletter_page, title="Lettre de mai")
    assert "Bonjour" in Client().get(letter.url).content.decode()
    assert "Lettre de mai" in Client().get("/newsletter/").content.decode()


def test_ticking_what_is_new_makes_a_draft(
    newsletter_page: NewsletterPage,
    toolbox: ToolboxPage,
    agenda: AgendaPage,
    redactrice: User,
    logged_in: LoggedIn,
) -> None:
    sheet = factories.resource(toolbox, title="Fiche paillage")
    event = factories.event(agenda, title="Journée technique")
    client = logged_in(redactrice)
    assert "Fiche paillage" in client.get("/admin/newsletter/lettre/").content.decode()
    response = client.post(
        "/admin/newsletter/lettre/", {"title": "Lettre de mai", "pages": [sheet.pk, event.pk]}
    )
    letter = LetterPage.objects.get()
    assert response["Location"] == f"/admin/pages/{letter.pk}/edit/"
    assert not letter.live
    assert len(letter.sections) == 2
    assert letter.audience == "public"
    assert client.get(response["Location"]).status_code == 200


def test_a_draft_with_a_reserved_page_is_reserved(
    newsletter_page: NewsletterPage, toolbox: ToolboxPage, redactrice: User
) -> None:
    sheet = factories.resource(toolbox, audience="members")
    letter = letters.draft_from(newsletter_page, [sheet], "Lettre", redactrice)
    assert letter.audience == "members"
    assert letters.allowed_lists(letter, {"general": "G", "membres": "M"}) == {"membres": "M"}


def test_a_copy_of_the_draft_goes_to_oneself_alone(
    newsletter_page: NewsletterPage, redactrice: User, logged_in: LoggedIn
) -> None:
    subscriber("lea@exemple.fr")
    letter = letter_with(newsletter_page, live=False)
    client = logged_in(redactrice)
    client.post(f"/admin/newsletter/lettre/{letter.pk}/essai/", {"to": "autre@exemple.fr"})
    assert [message.to for message in mail.outbox] == [[redactrice.email]]
    message: Any = mail.outbox[0]
    assert message.subject == "[Essai] Les nouvelles de mai"
    for text in (message.body, message.alternatives[0].content):
        assert ".invalid" not in text
        assert "http://testserver/newsletter/" in text


def test_writers_try_and_only_approvers_send(
    newsletter_page: NewsletterPage, redactrice: User, validatrice: User, logged_in: LoggedIn
) -> None:
    letter = letter_with(newsletter_page)
    address, form = f"/admin/newsletter/lettre/{letter.pk}/", {"lists": ["general"], "sure": "on"}
    assert logged_in(redactrice).get(address).status_code == 200
    assert logged_in(redactrice).post(address, form).status_code in (302, 403)
    assert Sending.objects.count() == 0
    client = logged_in(validatrice)
    assert client.post(address, {"lists": ["general"]}).status_code == 200
    assert Sending.objects.count() == 0
    client.post(address, form)
    assert Sending.objects.count() == 1


def test_a_second_click_sends_nothing_and_a_second_sending_is_asked_for(
    newsletter_page: NewsletterPage, validatrice: User, logged_in: LoggedIn
) -> None:
    letter, client = letter_with(newsletter_page), logged_in(validatrice)
    address, form = f"/admin/newsletter/lettre/{letter.pk}/", {"lists": ["general"], "sure": "on"}
    assert client.post(address, form).status_code == 302
    answer = client.post(address, form)
    assert Sending.objects.count() == 1
    assert "déjà partie" in answer.text
    assert 'name="again"' in answer.text
    assert 'value="general" checked' in answer.text
    client.post(address, {**form, "lists": ["general", "membres"]})
    assert Sending.objects.count() == 1
    assert client.post(address, {**form, "lists": ["membres"]}).status_code == 302
    assert client.post(address, {**form, "again": "on"}).status_code == 302
    assert [sending.lists for sending in Sending.objects.order_by("pk")] == [
        ["general"],
        ["membres"],
        ["general"],
    ]


def test_a_draft_is_not_sent(
    newsletter_page: NewsletterPage, validatrice: User, logged_in: LoggedIn
) -> None:
    letter = letter_with(newsletter_page, live=False)
    form = {"lists": ["general"], "sure": "on"}
    logged_in(validatrice).post(f"/admin/newsletter/lettre/{letter.pk}/", form)
    assert Sending.objects.count() == 0


def test_filling_the_outbox_goes_on_where_it_was_stopped(newsletter_page: NewsletterPage) -> None:
    for number in range(25):
        subscriber(f"p{number}@exemple.fr")
    sending = letters.start(letter_with(newsletter_page), ["general"], None)
    letters._fill_batch(10)
    assert Outgoing.objects.filter(sending=sending).count() == 10
    Sending.objects.update(cursor=0)  # as if the mark of how far it went had been lost
    letters.fill(10)
    assert Outgoing.objects.filter(sending=sending).count() == 25


@pytest.mark.parametrize("mode", ["", "mail", "text"])
def test_a_letter_is_previewed_on_the_site_and_as_a_mail(
    newsletter_page: NewsletterPage, mode: str
) -> None:
    letter = letter_with(newsletter_page)
    response: Any = letter.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    assert b"Bonjour" in getattr(response, "rendered_content", response.content.decode()).encode()


def test_an_empty_draft_has_its_previews(newsletter_page: NewsletterPage) -> None:
    letter = factories.add_page(newsletter_page, LetterPage, title="Vide", live=False)
    assert letters.compose(letter).subject == "Vide"
