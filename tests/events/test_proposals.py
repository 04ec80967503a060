"""A member proposes an event: a draft in the workflow, and its fate told by mail."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial.models import Message
from events.models import AgendaPage, EventPage, Proposal
from members.models import User
from members.personal_data import anonymise, export
from tests import factories
from tests.events.conftest import NOON

ADDRESS = "/mon-espace/proposer-un-evenement/"


def in_days(days: int) -> str:
    return (NOON.date() + datetime.timedelta(days=days)).isoformat()


def words(**changes: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "title": "Visite de la serre",
        "summary": "Une demi-journée dans la serre.",
        "kind": "visit",
        "start_date": in_days(40),
        "start_time": "14:00",
        "end_time": "17:00",
        "time_zone": "Europe/Paris",
        "format": "onsite",
        "city": "Vaulx",
        "region": "84",
        "audience": "public",
        "missions": ["produire"],
        "programme": "Accueil <b>café</b>\n\nVisite",
        "note": "Nous pouvons loger dix personnes.",
        **changes,
    }


@pytest.fixture
def team(agenda: AgendaPage, validatrice: User, redactrice: User) -> AgendaPage:
    """An agenda, the people who read, and a mission."""
    factories.mission("produire")
    return agenda


@pytest.fixture
def proposal(team: AgendaPage, adherent: User, logged_in: Any) -> Proposal:
    assert logged_in(adherent).post(ADDRESS, words()).status_code == 302
    return Proposal.objects.get()


def told(person: User) -> list[str]:
    found = Message.objects.filter(recipient=person).order_by("pk")
    return list(found.values_list("subject", flat=True))


def last_letter(person: User) -> str:
    return Message.objects.filter(recipient=person).order_by("pk").reverse()[0].text


def act(browser: Client, event: EventPage, action: str, comment: str = "") -> Any:
    state = EventPage.objects.get(pk=event.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[event.pk, action, state.pk])
    return browser.post(address, {"comment": comment})


def test_a_proposal_is_a_draft_in_the_workflow_and_the_proposer_is_told(
    team: AgendaPage, adherent: User, validatrice: User, logged_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    browser = logged_in(adherent)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(ADDRESS, words())
    event = Proposal.objects.get().page
    assert event is not None
    assert (event.live, event.workflow_in_progress) == (False, True)
    assert event.is_child_of(team)
    assert event.starts_at is not None
    assert [row.mission.slug for row in event.mission_rows.all()] == ["produire"]
    assert event.latest_revision.user == adherent
    assert "Accueil &lt;b&gt;café" in str(event.body)
    assert browser.get("/agenda/visite-de-la-serre/").status_code == 404
    assert told(adherent) == ["Nous avons reçu votre proposition « Visite de la serre »"]
    assert len(told(validatrice)) == 1
    assert [adherent.email] in [message.to for message in mail.outbox]
    page = browser.get(ADDRESS).content.decode()
    assert "Visite de la serre" in page
    assert "en cours de lecture" in page


def test_it_is_published_by_the_team_and_the_proposer_is_told(
    proposal: Proposal, adherent: User, validatrice: User, logged_in: Any
) -> None:
    assert proposal.page is not None
    act(logged_in(validatrice), proposal.page, "approve")
    proposal.refresh_from_db()
    assert proposal.fate == "published"
    assert told(adherent)[-1] == "« Visite de la serre » est à l’agenda"
    assert "/agenda/visite-de-la-serre/" in last_letter(adherent)
    assert len(told(adherent)) == 2  # none of those of the desk, where a member has no key


def test_a_proposer_who_works_on_the_site_does_not_approve_it_alone(
    team: AgendaPage, validatrice: User, logged_in: Any
) -> None:
    from members.models import Affiliation

    Affiliation.objects.create(user=validatrice, garden=factories.garden())
    browser = logged_in(validatrice)
    browser.post(ADDRESS, words())
    event = EventPage.objects.get()
    act(browser, event, "approve")
    assert not EventPage.objects.get().live


def test_what_is_sent_back_is_changed_by_the_proposer_and_read_again(
    proposal: Proposal, adherent: User, validatrice: User, logged_in: Any
) -> None:
    assert proposal.page is not None
    act(logged_in(validatrice), proposal.page, "reject", "Précisez l’heure d’arrivée.")
    proposal.refresh_from_db()
    assert (proposal.fate, proposal.answer) == ("returned", "Précisez l’heure d’arrivée.")
    letter = last_letter(adherent)
    assert "Précisez l’heure d’arrivée." in letter
    browser = logged_in(adherent)
    address = f"{ADDRESS}{proposal.pk}/"
    assert address in letter
    form = browser.get(address).context["form"]
    assert form["programme"].value() == "Accueil <b>café</b>\n\nVisite"
    assert form["missions"].value() == ["produire"]
    browser.post(address, words(start_time="13:30", missions=[]))
    event = EventPage.objects.get()
    assert event.workflow_in_progress
    assert event.get_latest_revision_as_object().start_time == datetime.time(13, 30)
    proposal.refresh_from_db()
    assert proposal.fate == "received"
    act(logged_in(validatrice), event, "approve")
    published = EventPage.objects.get()
    assert (published.live, published.start_time) == (True, datetime.time(13, 30))
    assert not published.mission_rows.exists()


def test_what_is_not_sent_back_is_not_changed_from_outside(
    proposal: Proposal, adherent: User, logged_in: Any
) -> None:
    answer = logged_in(adherent).post(f"{ADDRESS}{proposal.pk}/", words(title="Autre"))
    assert answer.status_code == 302
    assert EventPage.objects.get().title == "Visite de la serre"


def test_nobody_reaches_the_proposal_of_another(proposal: Proposal, logged_in: Any) -> None:
    proposal.meets(Proposal.Fate.RETURNED, "Le titre")
    other = logged_in(factories.member())
    assert other.get(f"{ADDRESS}{proposal.pk}/").status_code == 404
    assert other.post(f"{ADDRESS}{proposal.pk}/", words()).status_code == 404
    assert other.get(ADDRESS).context["proposals"].count() == 0


def test_it_is_declined_with_a_reason_that_the_proposer_reads(
    proposal: Proposal, adherent: User, validatrice: User, logged_in: Any
) -> None:
    assert proposal.page is not None
    address = reverse("events_proposal_for_the_team", args=[proposal.page.pk])
    browser = logged_in(validatrice)
    assert "loger dix personnes" in browser.get(address).content.decode()
    assert "reason" in browser.post(address, {"reason": "non"}).context["form"].errors
    browser.post(address, {"reason": "Le même jour que le forum."})
    assert not EventPage.objects.exists()
    proposal.refresh_from_db()
    assert proposal.fate == "declined"
    assert not Proposal.objects.filter(page__isnull=False).exists()
    assert "Le même jour que le forum." in last_letter(adherent)
    assert len(told(adherent)) == 2
    assert "non retenue" in logged_in(adherent).get(ADDRESS).content.decode()


def test_a_draft_deleted_by_hand_is_a_proposal_declined(proposal: Proposal, adherent: User) -> None:
    assert proposal.page is not None
    proposal.page.delete()
    proposal.refresh_from_db()
    assert proposal.fate == "declined"
    assert told(adherent)[-1] == "Votre proposition « Visite de la serre » n’a pas été retenue"


def test_only_members_propose(
    team: AgendaPage, client: Client, ancien_adherent: User, redactrice: User, logged_in: Any
) -> None:
    assert client.post(ADDRESS, words()).status_code == 302
    for outsider in (ancien_adherent, redactrice):
        assert logged_in(outsider).get(ADDRESS).status_code == 403
        assert logged_in(outsider).post(ADDRESS, words()).status_code == 403
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"summary": ""}, "summary"),
        ({"kind": "fête"}, "kind"),
        ({"start_date": ""}, "start_date"),
        ({"start_date": "0000-01-01"}, "start_date"),
        ({"start_date": "2027-02-30"}, "start_date"),
        ({"start_date": "9999-12-31"}, "start_date"),
        ({"start_date": in_days(-1)}, "start_date"),
        ({"end_date": in_days(39)}, "end_date"),
        ({"end_time": "13:00"}, "end_time"),
        ({"start_time": "25:00"}, "start_time"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"city": ""}, "city"),
        ({"region": "99"}, "region"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"registration_email": "personne"}, "registration_email"),
        ({"registration_deadline": in_days(41)}, "registration_deadline"),
        ({"missions": ["nulle"]}, "missions"),
        ({"programme": "x" * 6001}, "programme"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    team: AgendaPage, adherent: User, logged_in: Any, changes: dict, field: str
) -> None:
    answer = logged_in(adherent).post(ADDRESS, words(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not EventPage.objects.exists()


def test_a_form_of_nothing_and_fields_of_the_admin_are_not_heard(
    team: AgendaPage, adherent: User, logged_in: Any
) -> None:
    browser = logged_in(adherent)
    assert browser.post(ADDRESS, {}).status_code == 422
    browser.post(ADDRESS, words(live="on", slug="pirate", status="cancelled", go_live_at="2020"))
    event = EventPage.objects.get()
    assert (event.live, event.slug, event.status) == (False, "visite-de-la-serre", "confirmed")


def test_a_double_click_is_one_proposal(proposal: Proposal, adherent: User, logged_in: Any) -> None:
    logged_in(adherent).post(ADDRESS, words())
    assert EventPage.objects.count() == 1


def test_nobody_proposes_more_than_five_a_day(
    team: AgendaPage, adherent: User, logged_in: Any
) -> None:
    browser = logged_in(adherent)
    for number in range(5):
        Proposal.objects.create(
            user=adherent, title=f"Visite {number}", start_date=timezone.localdate()
        )
    answer = browser.post(ADDRESS, words())
    assert answer.status_code == 422
    assert "beaucoup" in str(answer.context["form"].errors)
    assert not EventPage.objects.exists()


def test_my_data_hold_my_proposals_and_who_leaves_takes_the_name_away(
    proposal: Proposal, adherent: User
) -> None:
    (kept,) = export(adherent)["event_proposals"]
    assert kept["title"] == "Visite de la serre"
    anonymise(adherent)
    assert not Proposal.objects.exists()
    assert EventPage.objects.exists()
