"""The accessibility statement, its word at the foot of pages, and security.txt."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from home.models import (
    AccessibilityPage,
    EcodesignPage,
    HomePage,
    LegalNoticePage,
    PersonalDataPage,
)
from site_cocagne.core.models import FooterLink, Navigation, Organisation

pytestmark = pytest.mark.django_db


def statement(rate: str | None, days_ago: int | None) -> AccessibilityPage:
    today = timezone.localdate()
    return AccessibilityPage(
        title="Accessibilité",
        slug="accessibilite",
        rate=Decimal(rate) if rate is not None else None,
        audited_on=today - datetime.timedelta(days=days_ago) if days_ago is not None else None,
    )


@pytest.mark.parametrize(
    ("rate", "days_ago", "status"),
    [
        (None, None, "non conforme"),
        ("80", None, "non conforme"),
        (None, 10, "non conforme"),
        ("49.99", 10, "non conforme"),
        ("50", 10, "partiellement conforme"),
        ("99.99", 10, "partiellement conforme"),
        ("100", 10, "totalement conforme"),
        ("100", 3 * 365, "totalement conforme"),
        ("100", 3 * 365 + 2, "non conforme"),
        ("100", -1, "non conforme"),
    ],
)
def test_the_status_follows_from_the_audit(
    rate: str | None, days_ago: int | None, status: str
) -> None:
    assert str(statement(rate, days_ago).status) == status


@pytest.mark.parametrize("rate", ["-1", "100.01"])
def test_a_rate_is_a_percentage(rate: str) -> None:
    with pytest.raises(ValidationError) as error:
        statement(rate, 10).clean_fields(exclude=["path", "depth"])
    assert "rate" in error.value.message_dict


def test_the_foot_of_every_page_says_the_status(home: HomePage, client: Client) -> None:
    page = statement("72.5", 10)
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    navigation: Any = Navigation.for_site(Site.objects.get(is_default_site=True))
    navigation.footer_links = [FooterLink(page_id=page.pk)]
    navigation.save()
    assert "Accessibilité\u00a0: partiellement conforme" in client.get("/").content.decode()
    page.rate = Decimal(100)
    page.save_revision().publish()
    assert "Accessibilité\u00a0: totalement conforme" in client.get("/").content.decode()


def test_the_statement_says_what_the_law_asks(home: HomePage, client: Client) -> None:
    page = statement("72.5", 10)
    page.contact_email = "acces@exemple.fr"
    page.failures = "<p>Les cartes.</p>"
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    text = client.get(page.url or "").content.decode()
    for words in ("partiellement conforme", "72,5", "Les cartes.", "mailto:acces@exemple.fr"):
        assert words in text
    assert "Défenseur des droits" in text
    assert text.count("<h1") == 1


def test_security_txt_says_whom_to_write_to(client: Client, home: HomePage) -> None:
    site = Site.objects.get(is_default_site=True)
    Organisation.objects.filter(site=site).delete()
    assert client.get("/.well-known/security.txt").status_code == 404
    Organisation.objects.create(site=site, email="bonjour@exemple.fr")
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:bonjour@exemple.fr"
    expires = datetime.datetime.fromisoformat(lines["Expires"])
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=365)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def ecodesign(met: int | None, applying: int | None, *, assessed: bool = True) -> EcodesignPage:
    return EcodesignPage(
        title="Écoconception",
        slug="ecoconception",
        criteria_met=met,
        criteria_applying=applying,
        assessed_on=timezone.localdate() if assessed else None,
    )


@pytest.mark.parametrize(
    ("met", "applying", "assessed", "status"),
    [
        (None, None, True, "non évalué"),
        (10, 0, True, "non évalué"),
        (10, 20, False, "non évalué"),
        (0, 78, True, "0\u00a0% des critères"),
        (61, 78, True, "78\u00a0% des critères"),
        (77, 78, True, "98\u00a0% des critères"),
        (78, 78, True, "100\u00a0% des critères"),
    ],
)
def test_the_score_of_ecodesign_follows_from_the_criteria(
    met: int | None, applying: int | None, assessed: bool, status: str
) -> None:
    assert str(ecodesign(met, applying, assessed=assessed).status) == status


def test_no_more_criteria_are_met_than_apply() -> None:
    with pytest.raises(ValidationError) as error:
        ecodesign(79, 78).clean()
    assert "criteria_met" in error.value.message_dict


def test_the_foot_says_how_far_ecodesign_goes(home: HomePage, client: Client) -> None:
    page = ecodesign(61, 78)
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    navigation: Any = Navigation.for_site(Site.objects.get(is_default_site=True))
    navigation.footer_links = [FooterLink(page_id=page.pk)]
    navigation.save()
    assert "Écoconception\u00a0: 78\u00a0% des critères" in client.get("/").content.decode()
    assert "61 des 78 critères" in client.get(page.url or "").content.decode()


def test_a_legal_page_names_what_is_missing_until_it_is_there(
    home: HomePage, client: Client
) -> None:
    page = LegalNoticePage(title="Mentions légales", slug="mentions-legales", siret="1")
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    assert len(page.missing) == 5
    text = client.get(page.url or "").content.decode()
    assert "Reste à compléter par l’association" in text
    assert "hébergeur" in text
    for name in LegalNoticePage.required_facts:
        setattr(page, name, "connu")
    page.save_revision().publish()
    text = client.get(page.url or "").content.decode()
    assert "Reste à compléter" not in text
    assert text.count("connu") == len(LegalNoticePage.required_facts)


def test_personal_data_are_told_line_by_line(home: HomePage, client: Client) -> None:
    line = {
        "when": "écrivez à l’équipe",
        "data": "votre message",
        "purpose": "vous répondre",
        "basis": "votre demande",
        "recipients": "",
        "duration": "un an",
    }
    page = PersonalDataPage(
        title="Données personnelles",
        slug="donnees-personnelles",
        officer_email="donnees@exemple.fr",
        treatments=[{"type": "treatment", "value": line, "id": "1"}],
    )
    page.locale = home.locale
    home.add_child(instance=page)
    page.save_revision().publish()
    text = client.get(page.url or "").content.decode()
    for words in ("Si vous écrivez à l’équipe", "votre demande", "un an", "donnees@exemple.fr"):
        assert words in text
    assert "Qui le voit" not in text
