"""The trail says who did what, our own actions too, and leaves as a file that runs nothing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.log_actions import log

from home.models import ContentPage
from members.models import User

TRAIL = "/admin/bureau/trace/"


def test_the_trail_is_filtered_by_action_person_page_and_day(
    submitted: ContentPage, validatrice: User, redactrice: User, logged_in: Any
) -> None:
    browser = logged_in(validatrice)
    browser.post(f"/admin/bureau/pages/{submitted.pk}/verifie/")
    shown = browser.get(TRAIL, {"action": "editorial.verify"}).context["rows"]
    assert [(row[1], row[3]) for row in shown] == [(str(validatrice), submitted.title)]
    assert browser.get(TRAIL, {"personne": redactrice.email}).context["rows"]
    assert not browser.get(TRAIL, {"page": "rien de tel"}).context["rows"]
    assert not browser.get(TRAIL, {"au": "2001-01-01"}).context["rows"]


def test_what_is_not_understood_is_left_out_and_said(validatrice: User, logged_in: Any) -> None:
    answer = logged_in(validatrice).get(TRAIL, {"du": "hier", "action": "x", "p": "²"})
    assert answer.status_code == 200
    assert {"du", "action"} <= set(answer.context["form"].errors)


def test_the_export_is_a_line_of_the_trail_and_runs_no_formula(
    brouillon: ContentPage, validatrice: User, logged_in: Any
) -> None:
    log(instance=brouillon, action="editorial.share", data={"comment": "=HYPERLINK(1)"})
    browser = logged_in(validatrice)
    text = browser.get(f"{TRAIL}export.csv").content.decode()
    assert "HYPERLINK" in text
    assert ";=HYPERLINK" not in text
    (line,) = browser.get(TRAIL, {"action": "editorial.export"}).context["rows"]
    assert line[1] == str(validatrice)
    assert browser.get(f"{TRAIL}export.xlsx").status_code == 200


def test_a_change_of_audience_is_in_the_trail(
    brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any, logged_in: Any
) -> None:
    edit(redactrice, brouillon, title="Un")
    edit(redactrice, brouillon, audience="members")
    shown = logged_in(validatrice).get(TRAIL, {"action": "editorial.audience"}).context["rows"]
    assert len(shown) == 1


def test_an_emergency_is_in_the_trail_with_its_reason(
    brouillon: ContentPage, validatrice: User, edit: Any, logged_in: Any
) -> None:
    edit(validatrice, brouillon, title="Annulation")
    browser = logged_in(validatrice)
    reason = "La visite de demain est annulée."
    browser.post(reverse("editorial:emergency", args=[brouillon.pk]), {"reason": reason})
    answer = browser.get(TRAIL, {"action": "editorial.emergency"})
    ((_when, who, _what, title, *said),) = answer.context["rows"]
    assert (who, title) == (str(validatrice), "Annulation")
    assert any(reason in str(each) for each in said)
    assert reason in browser.get(f"{TRAIL}export.csv").content.decode()


def test_the_trail_is_not_for_members(adherent: User, logged_in: Any) -> None:
    assert logged_in(adherent).get(TRAIL).status_code in (302, 403)
    assert logged_in(adherent).get(f"{TRAIL}export.csv").status_code in (302, 403)
