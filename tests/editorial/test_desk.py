"""The desk: what waits, for whom, at a constant cost; exports, review dates, the heartbeat."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import Translation

from editorial.models import Heartbeat, Review, Rhythm
from editorial.views.guide import as_html
from events.models import AgendaPage
from home.models import ContentPage, HomePage
from members.models import User
from site_cocagne.core.models import Mission
from tests import factories
from tests.languages.test_treatment import translate

Browser = Callable[[User], Client]
DESK = "/admin/bureau/"
URL = "https://inscription.exemple.fr/"


def titles(answer: Any, name: str) -> list[str]:
    (shown,) = [each for each in answer.context["lists"] if each["name"] == name]
    return [row.title for row in shown["rows"]]


def counted(answer: Any, name: str) -> int:
    (shown,) = [each for each in answer.context["lists"] if each["name"] == name]
    return int(shown["count"])


def test_the_desk_shows_what_waits_to_those_who_are_asked(
    submitted: ContentPage, validatrice: User, redactrice: User, logged_in: Browser
) -> None:
    assert titles(logged_in(validatrice).get(DESK), "attente") == ["Accompagnement individuel"]
    answer = logged_in(redactrice).get(DESK)
    assert titles(answer, "attente") == []
    assert titles(answer, "soumis") == ["Accompagnement individuel"]


def test_an_opinion_waits_for_the_referente_of_its_mission_only(
    referente: User, home: HomePage, mission: Mission, redactrice: User, logged_in: Browser,
    in_role: Any,
) -> None:  # fmt: skip
    from site_cocagne import roles

    page = factories.resource(
        factories.toolbox(home), missions=(mission,), live=False, title="Fiche"
    )
    page.save_revision(user=redactrice)
    page.get_workflow().start(page, redactrice)
    assert titles(logged_in(referente).get(DESK), "attente") == ["Fiche"]
    assert titles(logged_in(in_role(roles.EXPERT)).get(DESK), "attente") == []


def test_the_first_page_after_login_shows_what_waits(
    submitted: ContentPage, validatrice: User, logged_in: Browser
) -> None:
    answer = logged_in(validatrice).get("/admin/")
    assert "Accompagnement individuel" in answer.content.decode()
    assert DESK in answer.content.decode()


@pytest.mark.parametrize("name", ["adherent", "sans_affiliation"])
def test_others_do_not_reach_the_desk(name: str, logged_in: Browser, request: Any) -> None:
    browser = logged_in(request.getfixturevalue(name))
    for address in (DESK, f"{DESK}attente.csv"):
        assert browser.get(address).status_code == 302


def fill(home: HomePage, redactrice: User, number: int) -> None:
    agenda = factories.agenda(home) if number == 1 else home.get_children().get(slug="agenda")
    for _each in range(number):
        page = factories.content(home, summary="Un résumé.")
        draft = page.get_latest_revision_as_object()
        draft.title = "Changé"
        draft.save_revision(user=redactrice)
        page.get_workflow().start(page, redactrice)
        event = factories.event(agenda.specific, in_days=3)
        old = factories.content(home, summary="Un résumé.", live=False)
        long_ago = timezone.now() - datetime.timedelta(days=90)
        Page.objects.filter(pk=old.pk).update(latest_revision_created_at=long_ago)
        Review.objects.filter(page=page).update(due_on="2020-01-01")
        assert event.live


def test_the_desk_costs_the_same_however_full_it_is(
    home: HomePage, redactrice: User, validatrice: User, logged_in: Browser
) -> None:
    browser = logged_in(validatrice)
    fill(home, redactrice, 1)
    browser.get(DESK)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(DESK)
    fill(home, redactrice, 12)
    with CaptureQueriesContext(connection) as many:
        answer = browser.get(DESK)
    for name in ("attente", "evenements", "revoir", "brouillons"):
        assert (len(titles(answer, name)), counted(answer, name)) == (10, 13)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "query", ["langue=xx", "section=999999", "section=a", "personne=%20", "langue=&section=&x=1"]
)
def test_a_filter_that_means_nothing_is_left_out(
    query: str, submitted: ContentPage, validatrice: User, logged_in: Browser
) -> None:
    answer = logged_in(validatrice).get(f"{DESK}?{query}")
    assert answer.status_code == 200
    assert titles(answer, "attente") == ["Accompagnement individuel"]


def test_the_desk_is_filtered_by_language_section_and_person(
    submitted: ContentPage, redactrice: User, validatrice: User, logged_in: Browser
) -> None:
    browser = logged_in(validatrice)
    for query, shown in (
        ("langue=fr", True),
        ("langue=en", False),
        (f"section={submitted.pk}", True),
        (f"personne={redactrice.email}", True),
        ("personne=quelqu’un d’autre", False),
    ):
        assert bool(titles(browser.get(f"{DESK}?{query}"), "attente")) is shown


def test_exports_never_hold_a_formula_and_are_written_in_the_history(
    brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any, logged_in: Browser
) -> None:
    edit(redactrice, brouillon, "action-submit", title="=1+1")
    browser = logged_in(validatrice)
    text = browser.get(f"{DESK}attente.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=1+1;")
    book = load_workbook(io.BytesIO(browser.get(f"{DESK}attente.xlsx").content))
    assert book.worksheets[0]["A2"].value == "'=1+1"
    assert PageLogEntry.objects.filter(action="editorial.export", user=validatrice).count() == 2


def test_an_export_of_a_list_that_does_not_exist_is_404(
    validatrice: User, logged_in: Browser
) -> None:
    assert logged_in(validatrice).get(f"{DESK}rien.csv").status_code == 404


# --- what lies still, lacks something, or stays behind ------------------------------------------


def notes(answer: Any, name: str) -> dict[str, str]:
    (shown,) = [each for each in answer.context["lists"] if each["name"] == name]
    return {row.title: row.note for row in shown["rows"]}


def test_a_draft_untouched_for_a_month_sleeps_until_somebody_touches_or_submits_it(
    brouillon: ContentPage, home: HomePage, redactrice: User, validatrice: User, edit: Any,
    logged_in: Browser,
) -> None:  # fmt: skip
    factories.content(home, title="En ligne", summary="Un résumé.")
    edit(redactrice, brouillon, title="Ébauche")
    later = timezone.now() + datetime.timedelta(days=31)
    browser = logged_in(validatrice)
    assert titles(browser.get(DESK), "brouillons") == []
    with time_machine.travel(later):
        browser = logged_in(validatrice)
        answer = browser.get(DESK)
        assert titles(answer, "brouillons") == ["Ébauche"]
        (shown,) = [each for each in answer.context["lists"] if each["name"] == "brouillons"]
        assert shown["rows"][0].who == str(redactrice)
        edit(redactrice, brouillon, title="Ébauche reprise")
        assert titles(browser.get(DESK), "brouillons") == []
    with time_machine.travel(later + datetime.timedelta(days=31)):
        browser = logged_in(validatrice)
        assert titles(browser.get(DESK), "brouillons") == ["Ébauche reprise"]
        edit(redactrice, brouillon, "action-submit", title="Ébauche reprise")
        answer = browser.get(DESK)
        assert titles(answer, "brouillons") == []
        assert titles(answer, "attente") == ["Ébauche reprise"]


def test_events_soon_say_what_they_lack(
    un_agenda: Any, validatrice: User, logged_in: Browser
) -> None:
    found = {"place": "Salle des fêtes", "organiser": "Le réseau"}
    for title, fields in (
        ("Complet", found),
        ("Sans lieu", {"organiser": "Le réseau"}),
        ("Sans lien", {"organiser": "Le réseau", "format": "online"}),
        ("Inscription pour lien", {"organiser": "A", "format": "online", "registration_url": URL}),
        ("Sans personne", {"place": "Salle des fêtes"}),
        ("Hybride sans rien", {"format": "hybrid"}),
        ("Annulé", {"status": "cancelled"}),
        ("Plus tard", {"in_days": 45}),
        ("Passé", {"in_days": -3}),
    ):
        factories.event(un_agenda, title=title, **fields)
    answer = logged_in(validatrice).get(DESK)
    assert notes(answer, "evenements") == {
        "Sans lieu": "pas de lieu",
        "Sans lien": "pas de lien",
        "Sans personne": "pas de contact",
        "Hybride sans rien": "pas de lieu, pas de lien, pas de contact",
    }


def test_a_translation_is_behind_until_it_is_brought_up_to_date(
    home: HomePage, validatrice: User, logged_in: Browser
) -> None:
    translate(home)
    page = factories.content(home, title="Une page", summary="Un résumé.")
    translate(page)
    browser = logged_in(validatrice)
    assert titles(browser.get(DESK), "traductions") == []
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1)):
        page.title = "Une page changée"
        page.save_revision().publish()
        answer = browser.get(DESK)
        assert notes(answer, "traductions") == {"Une page changée": "Anglais"}
        number = Translation.objects.get(source__object_id=page.translation_key).pk
        browser.post(reverse("editorial:translation_sync", args=[number]))
        assert titles(browser.get(DESK), "traductions") == []


# --- review dates -------------------------------------------------------------------------------


def test_a_page_that_goes_online_is_due_for_review_a_year_later(home: HomePage) -> None:
    with time_machine.travel("2024-02-29 12:00+01:00"):
        page = factories.content(home)
    assert Review.objects.get(page=page).due_on == datetime.date(2025, 2, 28)


def test_one_click_verifies_a_page_without_publishing_it(
    home: HomePage, redactrice: User, logged_in: Browser
) -> None:
    page = factories.content(home)
    Review.objects.filter(page=page).update(due_on="2020-01-01")
    before = page.latest_revision_id
    logged_in(redactrice).post(reverse("editorial:verify", args=[page.pk]))
    review = Review.objects.get(page=page)
    assert (review.verified_on, review.verified_by) == (timezone.localdate(), redactrice)
    assert review.due_on
    assert review.due_on > timezone.localdate()
    assert Page.objects.get(pk=page.pk).latest_revision_id == before
    assert PageLogEntry.objects.filter(page=page.pk, action="editorial.verify").exists()


def test_verifying_needs_the_right_to_edit(
    home: HomePage, responsable_marque: User, logged_in: Browser
) -> None:
    page = factories.content(home)
    Review.objects.filter(page=page).update(due_on="2020-01-01")
    logged_in(responsable_marque).post(reverse("editorial:verify", args=[page.pk]))
    assert str(Review.objects.get(page=page).due_on) == "2020-01-01"


# --- the schedule ---------------------------------------------------------------------------------


def test_the_desk_and_the_readiness_address_say_when_the_schedule_is_late(
    validatrice: User, logged_in: Browser, client: Client
) -> None:
    call_command("run_schedule", stdout=io.StringIO())
    assert client.get("/sante/pret/").status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6)):
        answer = client.get("/sante/pret/")
        assert (answer.status_code, answer.json()["late"]) == (503, ["scheduled_publishing"])
        assert logged_in(validatrice).get(DESK).context["late"]
        call_command("run_schedule", stdout=io.StringIO())
        assert client.get("/sante/pret/").status_code == 200
    assert Heartbeat.objects.count() == 1


def test_a_schedule_that_is_over_does_not_block_the_next_save(
    home: HomePage, redactrice: User, edit: Any
) -> None:
    page = factories.content(home, summary="Un résumé.")
    past = timezone.now() - datetime.timedelta(days=1)
    Page.objects.filter(pk=page.pk).update(expire_at=past, go_live_at=past)
    shown = timezone.localtime(past).strftime("%Y-%m-%d %H:%M")
    edit(redactrice, page, title="Après", expire_at=shown, go_live_at=shown)
    draft = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.title, draft.expire_at) == ("Après", None)


def test_somebody_chooses_the_daily_digest_in_the_account(
    validatrice: User, logged_in: Browser
) -> None:
    browser = logged_in(validatrice)
    form = browser.get("/admin/account/").content.decode()
    assert 'name="editorial_rhythm-choice"' in form
    browser.post(
        "/admin/account/",
        {
            "name_email-first_name": "Ada",
            "name_email-last_name": "V",
            "name_email-email": validatrice.email,
            "editorial_rhythm-choice": "daily",
            "locale-preferred_language": "",
            "locale-current_time_zone": "Europe/Paris",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert Rhythm.of(validatrice) == "daily"


def test_the_weekly_digest_goes_to_the_owner_else_the_deputy_else_the_team(
    home: HomePage, redactrice: User, validatrice: User, in_role: Any
) -> None:
    from site_cocagne import roles

    gone = factories.user(is_active=False)
    deputy = in_role(roles.WRITER)
    for title, owner, second in (
        ("À elle", redactrice, deputy),
        ("À son adjoint", gone, deputy),
        ("À personne", gone, None),
    ):
        page = factories.content(home, title=title)
        Review.objects.filter(page=page).update(due_on="2020-01-01", owner=owner, deputy=second)
    call_command("send_digests", weekly=True, stdout=io.StringIO())
    sent = {message.to[0]: message.body for message in mail.outbox}
    assert sent.keys() == {redactrice.email, deputy.email, validatrice.email}
    assert "À elle" in sent[redactrice.email]
    assert "À son adjoint" in sent[deputy.email]
    assert "À personne" in sent[validatrice.email]


def test_the_weekly_digest_with_nothing_in_it_is_not_sent(validatrice: User) -> None:
    call_command("send_digests", weekly=True, stdout=io.StringIO())
    assert mail.outbox == []


def test_the_guide_is_shown_inside_the_admin(redactrice: User, logged_in: Browser) -> None:
    text = logged_in(redactrice).get(reverse("editorial:guide")).content.decode()
    assert "<em>Validation</em> peut" in text
    assert "Garder le site à jour" in text


def test_every_page_of_the_guide_is_shown_inside_the_admin(
    redactrice: User, logged_in: Browser
) -> None:
    browser = logged_in(redactrice)
    first = browser.get(reverse("editorial:guide")).content.decode()
    for name in ("agenda", "boite-a-outils", "lettre", "vie-du-reseau"):
        address = reverse("editorial:guide_page", args=[name])
        assert f'href="{address}"' in first
        text = browser.get(address).content.decode()
        assert "<h2" in text
        assert "**" not in text
    assert browser.get(reverse("editorial:guide_page", args=["absente"])).status_code == 404


def test_the_guide_says_lists_and_emphasis_and_escapes_the_rest() -> None:
    text = (
        "# Titre\n\n## Suite\nUn *mot*, **fort**\net la suite <b>.\n"
        "- un\n  encore\n- deux\n\n1. trois\n2. quatre"
    )
    assert as_html(text).splitlines() == [
        "<h2>Suite</h2>",
        "<p>Un <em>mot</em>, <strong>fort</strong> et la suite &lt;b&gt;.</p>",
        '<ul class="w-list-disc w-pl-5"><li>un encore</li><li>deux</li></ul>',
        '<ol class="w-list-decimal w-pl-5"><li>trois</li><li>quatre</li></ol>',
    ]


def test_an_event_of_whole_days_has_no_hour_on_the_desk(
    agenda: AgendaPage, validatrice: User, logged_in: Browser
) -> None:
    factories.event(agenda, title="Toute la journée")
    text = logged_in(validatrice).get("/admin/bureau/").content.decode()
    assert text.count("Toute la journée") >= 2  # planned, and nobody to ask
    assert "00:00" not in text
