"""The team's screens over the subscriptions."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import User
from newsletter import ledger
from newsletter.admin.exchange import safe_cell
from newsletter.models import BulkAction, ConsentEvent, Kind, State, Subscriber
from site_cocagne import roles
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/admin/newsletter/"
LoggedIn = Callable[[User], Client]


def subscriber(address: str, *keys: str) -> Subscriber:
    made = Subscriber.objects.create(address=address, language="fr")
    ledger.record(made, Kind.CHANGED, keys or ["general"], source=ConsentEvent.Source.LINK)
    return made


@pytest.fixture
def validation(validatrice: User, logged_in: LoggedIn) -> Client:
    return logged_in(validatrice)


def test_the_list_finds_an_address_by_a_part_of_it_by_state_and_by_letter(
    validation: Client,
) -> None:
    subscriber("lea@exemple.fr")
    ledger.record(
        subscriber("leo@jardin.fr"), Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK
    )
    for query, shown, hidden in (
        ("q=jardin", "leo@jardin.fr", "lea@exemple.fr"),
        ("state=left", "leo@jardin.fr", "lea@exemple.fr"),
        ("letter=general&state=confirmed", "lea@exemple.fr", "leo@jardin.fr"),
    ):
        text = validation.get(f"{LIST}?{query}").content.decode()
        assert shown in text
        assert hidden not in text
    assert validation.get(f"{LIST}?state=rien&page=x&q=%00").status_code == 200


def test_the_list_costs_the_same_for_one_and_for_fifty(validation: Client) -> None:
    from django.db import connection

    subscriber("lea@exemple.fr")
    validation.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        validation.get(LIST)
    for number in range(49):
        subscriber(f"p{number}@exemple.fr", "general", "membres")
    with CaptureQueriesContext(connection) as fifty:
        validation.get(LIST)
    assert len(one) == len(fifty)


def test_the_plot_and_its_table_count_the_same(validation: Client) -> None:
    for number in range(3):
        subscriber(f"p{number}@exemple.fr")
    response = validation.get(LIST)
    assert response.context["months"][-1].joined == 3
    text = response.content.decode()
    bars = re.findall(r'text-anchor="middle" fill="currentColor">(\d+)</text>', text)
    assert bars == ["0"] * 22 + ["3", "0"]
    assert "Arrivées" in text  # what the colours mean stands beside the plot


def test_the_trail_shows_every_event_and_erasing_ends_it(validation: Client) -> None:
    lea = subscriber("lea@exemple.fr")
    page = validation.get(f"{LIST}{lea.pk}/")
    assert "changement" in page.content.decode()
    assert validation.get(f"{LIST}{lea.pk}/effacer/").status_code == 405
    validation.post(f"{LIST}{lea.pk}/effacer/")  # without the tick
    assert Subscriber.objects.exists()
    validation.post(f"{LIST}{lea.pk}/effacer/", {"sure": "yes"})
    assert not Subscriber.objects.exists()
    assert ConsentEvent.objects.get(kind=Kind.ERASED).source == "team"


def test_what_is_left_of_an_erased_address_is_found_by_who_types_it_in_full(
    validation: Client,
) -> None:
    lea = subscriber("lea@exemple.fr")
    ledger.erase(lea, ConsentEvent.Source.LINK)
    assert "effacée le" not in validation.get(f"{LIST}?q=lea").content.decode()
    text = validation.get(f"{LIST}?q=Lea@Exemple.FR").content.decode()
    assert "effacée le" in text
    address = f"{LIST}efface/{lea.uid}/"
    assert address in text
    page = validation.get(address).content.decode()
    assert "changement" in page
    assert "lea@exemple.fr" not in page
    assert "effacer/" not in page
    for other in (subscriber("leo@exemple.fr").uid, uuid.uuid4()):
        assert validation.get(f"{LIST}efface/{other}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "1/", "export/", "import/", "1/effacer/", f"efface/{uuid.UUID(int=1)}/"]
)
def test_who_has_no_right_over_subscriptions_is_kept_out(
    path: str, in_role: Callable[[roles.Role], User], logged_in: LoggedIn, adherent: User
) -> None:
    for somebody in (in_role(roles.EXPERT), adherent):
        for method in ("get", "post"):
            response = getattr(logged_in(somebody), method)(LIST + path)
            assert response.status_code in (302, 403)
            assert "lea@" not in response.content.decode()


def test_writers_see_and_neither_export_nor_erase(redactrice: User, logged_in: LoggedIn) -> None:
    lea = subscriber("lea@exemple.fr")
    client = logged_in(redactrice)
    assert client.get(LIST).status_code == 200
    assert client.post(f"{LIST}export/").status_code in (302, 403)
    client.post(f"{LIST}{lea.pk}/effacer/", {"sure": "yes"})
    assert Subscriber.objects.count() == 1
    assert BulkAction.objects.count() == 0


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_an_export_is_what_the_filter_shows_and_is_written_down(validation: Client) -> None:
    subscriber("lea@exemple.fr")
    subscriber("leo@jardin.fr", "membres")
    rows = rows_of(validation.post(f"{LIST}export/", {"q": "jardin"}))
    assert [(row["address"], row["letter"], row["state"]) for row in rows] == [
        ("leo@jardin.fr", "membres", "confirmed")
    ]
    record = BulkAction.objects.get()
    assert (record.action, record.rows) == ("export", 1)
    assert "jardin" not in record.detail


def test_an_export_is_one_statement_and_a_stream_however_long_it_is(
    validation: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    monkeypatch.setattr("newsletter.admin.exchange.BATCH", 10)
    for number in range(50):
        subscriber(f"p{number}@exemple.fr", "general", "membres")
    response: Any = validation.post(f"{LIST}export/")
    with CaptureQueriesContext(connection) as queries:
        parts = iter(response.streaming_content)
        next(parts)
        assert len(queries) == 0  # the heading leaves before anything is looked up
        lines = b"".join(parts).decode().splitlines()
    assert len(lines) == 100
    assert len(set(lines)) == 100
    assert len(queries) == 1


def test_an_export_holds_nothing_that_a_spreadsheet_calculates(validation: Client) -> None:
    subscriber("=cmd|calc!a1@exemple.fr")
    subscriber("+33@exemple.fr")
    cells = [row["address"] for row in rows_of(validation.post(f"{LIST}export/"))]
    assert cells == ["'=cmd|calc!a1@exemple.fr", "'+33@exemple.fr"]
    assert [safe_cell(text) for text in ("@x", "-1", "\tx", "a=b")] == ["'@x", "'-1", "'\tx", "a=b"]


def bring_in(client: Client, *lines: str) -> Any:
    head = "address;letters;language;consented_on;proof"
    upload = SimpleUploadedFile("liste.csv", "\n".join([head, *lines]).encode())
    return client.post(f"{LIST}import/", {"file": upload})


def test_an_import_takes_the_lines_with_a_proof_and_names_the_others(validation: Client) -> None:
    factories.mission("produire")
    response = bring_in(
        validation,
        "lea@exemple.fr;general produire;fr;2026-05-31;formulaire papier du forum 2026",
        "leo@exemple.fr;general;fr;2026-05-31;",
        "luc@exemple.fr;general;fr;31/05/2026;formulaire papier du forum 2026",
        "pas une adresse;general;fr;2026-05-31;formulaire papier du forum 2026",
        "zoe@exemple.fr;inconnue;fr;2026-05-31;formulaire papier du forum 2026",
        "ida@exemple.fr;general;fr;2999-05-31;formulaire papier du forum 2026",
    )
    assert [line for line, _words in response.context["report"].errors] == [3, 4, 5, 6, 7]
    assert [each.address for each in Subscriber.objects.all()] == ["lea@exemple.fr"]
    event = ConsentEvent.objects.filter(kind=Kind.CHANGED).first()
    assert event is not None
    assert "formulaire papier" in event.detail
    assert event.source == "import"
    assert list(ledger.disagreements()) == []


def test_an_import_brings_back_nobody_who_left_or_was_erased_since(validation: Client) -> None:
    lea = subscriber("lea@exemple.fr")
    ledger.record(lea, Kind.LEFT, ["general"], source=ConsentEvent.Source.LINK)
    ledger.erase(subscriber("leo@exemple.fr"), ConsentEvent.Source.LINK)
    response = bring_in(
        validation,
        "lea@exemple.fr;general;fr;2020-01-01;ancien fichier de la lettre",
        "leo@exemple.fr;general;fr;2020-01-01;ancien fichier de la lettre",
    )
    assert len(response.context["report"].errors) == 2
    assert lea.subscriptions.get().state == State.LEFT
    assert Subscriber.objects.count() == 1


def test_an_import_with_a_line_that_is_no_csv_or_with_too_many_takes_none(
    validation: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = "lea@exemple.fr;general;fr;2026-05-31;formulaire papier du forum 2026"
    broken = bring_in(validation, good, "x" * 200_000)
    assert [line for line, _words in broken.context["report"].errors] == [3]
    monkeypatch.setattr("newsletter.admin.exchange.MAX_ROWS", 2)
    many = bring_in(validation, good, good, good)
    assert "plus de 2 lignes" in str(many.context["report"].errors)
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"nom;prenom\na;b", b'"' * 50, b"\x00"])
def test_a_file_that_is_no_list_is_told_so(validation: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("liste.csv", content)
    assert validation.post(f"{LIST}import/", {"file": upload}).status_code == 200
    assert Subscriber.objects.count() == 0
