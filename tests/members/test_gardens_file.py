"""Gardens from a CSV file: every change shown first, clear errors, all of it or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members import gardens_file
from members.models import Garden, GardenImport, User
from site_cocagne import roles
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = "Nom;Adhésion jusqu’au"


@pytest.fixture
def staff(in_role: Callable[[roles.Role], User], logged_in: Callable[[User], Client]) -> Client:
    return logged_in(in_role(roles.NETWORK_LIFE))


def bring(client: Client, text: str | bytes) -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    upload = SimpleUploadedFile("jardins.csv", data, "text/csv")
    return client.post(reverse("gardens_file:bring"), {"file": upload})


def agree(client: Client, address: str) -> Any:
    return client.post(address, {"digest": client.get(address).context["plan"].digest})


def test_each_change_is_shown_before_anything_is_written(staff: Client) -> None:
    old = Garden.objects.create(
        name="Jardin du Haut", membership_valid_until=datetime.date(2026, 12, 31), city="Melle"
    )
    text = (
        f"{HEAD};Commune;Statut;Région;Latitude;e-mail\n"
        "jardin  du HAUT;31/12/2027;;;;;x@exemple.fr\n"
        "Jardin de l’Été;2027-06-30;Niort;projet;Nouvelle-Aquitaine;46,32;\n"
    )
    address = bring(staff, text)["Location"]
    page = staff.get(address).content.decode()
    for words in (
        "<del>31 décembre 2026</del> → <ins>31 décembre 2027</ins>",
        "Jardin de l’Été",
        "Colonnes laissées de côté",
        "e-mail",
        "Jardins créés\u00a0: 1. Jardins modifiés\u00a0: 1.",
    ):
        assert words in page
    old.refresh_from_db()
    assert old.membership_valid_until == datetime.date(2026, 12, 31)
    users = User.objects.count()
    agree(staff, address)
    old.refresh_from_db()
    assert (old.membership_valid_until, old.city) == (datetime.date(2027, 12, 31), "Melle")
    made = Garden.objects.get(name="Jardin de l’Été")
    assert (made.status, made.region, str(made.latitude)) == ("project", "75", "46.32000")
    assert User.objects.count() == users
    record = GardenImport.objects.get()
    assert (record.created, record.changed, record.text) == (1, 1, "")
    assert staff.get(address).status_code == 404  # it is done


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (f"{HEAD}\nJardin de l’Été;2027-01-01".encode("cp1252"), "UTF-8"),
        (f"{HEAD}\nA;2027-01-01".encode("utf-16"), "UTF-8"),
        (b"\x89PNG\x00\x01", "UTF-8"),
        ("Nom;Ville\nA;B", "adhesion_jusqu_au"),
        ("", "vide"),
        ("\n", "Colonnes manquantes"),
        (f"{HEAD}\n", "aucun jardin"),
        (f"{HEAD}\n;;\n\n", "aucun jardin"),
        (f"{HEAD};nom\nA;2027-01-01;B", "deux fois"),
        (f'{HEAD}\n"' + "x" * 200_000 + '";2027-01-01', "pas lisible"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(staff: Client, file: str | bytes, said: str) -> None:
    answer = bring(staff, file)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Garden.objects.exists()
    assert not GardenImport.objects.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A;31/02/2027", "n’est pas un jour qui existe"),
        ("A;2027-13-01", "n’est pas un jour qui existe"),
        ("A;demain", "n’est pas un jour qui existe"),
        ("A;31/12/27", "n’est pas un jour qui existe"),
        ("A;0227-12-31", "trop éloigné"),
        (";31/12/2027", "Le nom du jardin manque"),
        ("Bon;31/12/2027", "deux fois"),
        ("Double;31/12/2027", "Plusieurs jardins portent ce nom"),
        ("A;31/12/2027;inconnu", "n’est pas un statut"),
        ("A;31/12/2027;;Bavière", "n’est pas une région"),
        ("A;31/12/2027;;;95", "n’est pas un nombre"),
        ("A;31/12/2027;;;NaN", "n’est pas un nombre"),
        ("A;31/12/2027;;;;pas une adresse", "URL"),
        ("A;31/12/2027;;;;;en trop", "plus de cases"),
        (f"{'x' * 201};31/12/2027", "200"),
    ],
)
def test_one_line_that_is_wrong_stops_all_of_it(staff: Client, line: str, said: str) -> None:
    factories.garden(name="Double")
    factories.garden(name="double")
    answer = bring(staff, f"{HEAD};statut;region;latitude;site\nBon;31/12/2027\n{line}\n")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Ligne 3" in page
    assert not Garden.objects.filter(name="Bon").exists()
    assert not GardenImport.objects.exists()


def test_ten_thousand_lines_pass_and_one_fault_among_them_writes_none(
    staff: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    lines = [f"Jardin {n};2027-12-31" for n in range(10_000)]
    Garden.objects.bulk_create([Garden(name=f"Jardin {n}") for n in range(5_000)])
    wrong = [*lines[:9_999], "Jardin faux;2027-02-30"]
    assert "10001" in bring(staff, "\n".join([HEAD, *wrong])).content.decode()
    assert not Garden.objects.filter(membership_valid_until__isnull=False).exists()
    with django_assert_max_num_queries(200):  # gardens are written by hundreds
        address = bring(staff, "\n".join([HEAD, *lines]))["Location"]
        agree(staff, address)
    assert Garden.objects.filter(membership_valid_until="2027-12-31").count() == 10_000


def test_more_lines_than_allowed_are_refused(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gardens_file, "MAX_ROWS", 2)
    assert "plus de 2 lignes" in bring(staff, f"{HEAD}\nA;\nB;\nC;").content.decode()


def test_what_was_shown_is_what_is_written(staff: Client) -> None:
    """A garden that somebody changes between the dry run and the agreement is shown again."""
    old = Garden.objects.create(name="A", membership_valid_until="2026-01-01")
    address = bring(staff, f"{HEAD}\nA;2027-12-31")["Location"]
    digest = staff.get(address).context["plan"].digest
    Garden.objects.filter(pk=old.pk).update(membership_valid_until="2028-12-31")
    assert staff.post(address, {"digest": digest})["Location"] == address
    old.refresh_from_db()
    assert str(old.membership_valid_until) == "2028-12-31"
    page = staff.get(address).content.decode()
    assert "se terminerait plus tôt" in page


def test_a_failure_while_writing_leaves_nothing_half_done(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Garden.objects.create(name="A", membership_valid_until="2026-01-01")
    address = bring(staff, f"{HEAD}\nA;2027-12-31\nB;2027-12-31")["Location"]
    digest = staff.get(address).context["plan"].digest

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power is cut")

    monkeypatch.setattr(type(Garden.objects.all()), "update", fails)
    with pytest.raises(RuntimeError):
        staff.post(address, {"digest": digest})
    assert not Garden.objects.filter(name="B").exists()
    assert GardenImport.objects.get().applied_at is None


def test_what_is_exported_comes_back_without_a_change(staff: Client) -> None:
    Garden.objects.create(
        name="=1+1",
        membership_valid_until="2026-01-01",
        region="01",
        longitude="-1.5",
        status="former",
    )
    factories.garden(name="Jardin « du; Bas »", activities="Miel\nPain", website="https://a.fr/")
    answer: Any = staff.get(reverse("gardens_file:export"))
    data = b"".join(answer.streaming_content)
    assert b"'=1+1" in data
    plan = gardens_file.read(gardens_file.decode(data))
    assert (plan.changes, plan.faults, plan.same) == ([], [], 2)


def test_only_who_manages_gardens_enters_and_a_file_is_of_who_brought_it(
    staff: Client,
    redactrice: User,
    in_role: Callable[[roles.Role], User],
    logged_in: Callable[[User], Client],
) -> None:
    address = bring(staff, f"{HEAD}\nA;2027-12-31")["Location"]
    writer = logged_in(redactrice)
    for each in (address, reverse("gardens_file:bring"), reverse("gardens_file:export")):
        assert writer.get(each).status_code in (302, 403)
    assert bring(writer, f"{HEAD}\nB;2027-12-31").status_code in (302, 403)
    other = logged_in(in_role(roles.NETWORK_LIFE))
    assert other.get(address).status_code == 404
    assert other.post(address, {"digest": "x"}).status_code == 404
    assert not Garden.objects.exists()
