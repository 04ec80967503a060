"""Memberships to chase: each reminder once, to the right people, whatever happens to a run."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import chase, mails
from members.models import AccessRequest, Affiliation, Garden, MembershipReminder, User
from site_cocagne import roles
from tests import factories

pytestmark = pytest.mark.django_db

REFERENT = Affiliation.Role.REFERENT
TODAY = datetime.date(2026, 6, 15)


@pytest.fixture
def staff(in_role: Callable[[roles.Role], User], logged_in: Callable[[User], Client]) -> Client:
    return logged_in(in_role(roles.NETWORK_LIFE))


def ending(in_days: int, **fields: Any) -> Garden:
    """A garden with a contact person, whose membership ends ``in_days`` days from today."""
    garden = factories.garden(valid_for=in_days, **fields)
    factories.member(garden, role=REFERENT)
    return garden


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


@pytest.mark.parametrize(
    ("past", "step"),
    [
        (-31, None),
        (-30, "before-30"),
        (-8, "before-30"),
        (-7, "before-7"),
        (-1, "before-7"),
        (0, "on-0"),
        (14, "on-0"),
        (15, "after-15"),
        (30, "after-15"),
        (31, None),
    ],
)
def test_each_day_has_its_reminder(past: int, step: str | None) -> None:
    assert chase.step_on(TODAY - datetime.timedelta(days=past), TODAY) == step


def test_over_a_whole_year_a_garden_gets_four_messages_and_each_once() -> None:
    garden = ending(40)
    for offset in [*range(100), *range(100)]:  # each morning, and all of it run again
        chase.send_reminders(day(offset))
    steps = list(garden.reminders.order_by("pk").values_list("step", flat=True))
    assert steps == ["before-30", "before-7", "on-0", "after-15"]
    assert len(mail.outbox) == 4
    subjects = [message.subject for message in mail.outbox]
    assert "se termine aujourd’hui" in subjects[2]
    assert "a pris fin le" in subjects[3]


def test_a_renewed_membership_is_reminded_again_at_its_own_end() -> None:
    garden = ending(5)
    chase.send_reminders()
    garden.membership_valid_until = day(370)
    garden.save()
    assert chase.send_reminders().sent == 0
    assert chase.send_reminders(day(365)).sent == 1


def test_it_goes_to_the_contact_persons_of_the_garden_only() -> None:
    garden = ending(5)
    factories.member(garden)
    gone = factories.member(garden, role=REFERENT)
    Affiliation.objects.filter(user=gone).update(ended_on="2020-01-01")
    factories.member(garden, role=REFERENT, name="seconde")
    chase.send_reminders()
    contacts = Affiliation.objects.not_ended().filter(garden=garden, role=REFERENT)
    expected = {row.user.email for row in contacts}
    assert {message.to[0] for message in mail.outbox} == expected
    assert len(expected) == 2


def test_former_gardens_and_those_without_a_date_are_left_alone() -> None:
    ending(5, status=Garden.Status.FORMER)
    Garden.objects.filter(pk=ending(5).pk).update(membership_valid_until=None)
    assert chase.send_reminders() == chase.Sent()


def test_a_run_that_is_killed_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    for _n in range(3):
        ending(5)
    sent: list[str] = []

    def killed_at_the_second(template: str, to: str, context: dict[str, Any]) -> bool:
        if len(sent) == 1:
            raise KeyboardInterrupt
        sent.append(to)
        return True

    monkeypatch.setattr(mails, "send", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        chase.send_reminders()
    assert MembershipReminder.objects.count() == 1
    monkeypatch.undo()
    assert chase.send_reminders().sent == 2
    assert sent[0] not in {message.to[0] for message in mail.outbox}


def test_a_mail_server_that_is_down_is_said_and_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    garden = ending(5, name="Jardin du Bas")
    monkeypatch.setattr(mails, "send", lambda *a: False)
    with pytest.raises(CommandError, match="Jardin du Bas"):
        call_command("send_membership_reminders", stdout=StringIO())
    assert not garden.reminders.exists()
    monkeypatch.undo()
    said = StringIO()
    call_command("send_membership_reminders", stdout=said)
    assert "1 reminders sent" in said.getvalue()


def test_a_garden_without_a_contact_person_is_named() -> None:
    factories.garden(valid_for=5, name="Jardin seul")
    said = StringIO()
    call_command("send_membership_reminders", stdout=said)
    assert "nobody to write to: Jardin seul" in said.getvalue()


def test_the_page_shows_each_step_and_costs_the_same_for_many(
    staff: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    address = reverse("memberships:chase")
    for days in (20, 5, 0, -16, -40):
        ending(days, name=f"Fin {days}")
    factories.garden(valid_for=3, name="Seul")
    chase.send_reminders()
    staff.get(address)
    with django_assert_max_num_queries(40) as few:
        page = staff.get(address).content.decode()
    for days in (20, 5, 0, -16, -40):
        assert f"Fin {days}" in page
    assert "invitez un·e référent·e" in page
    assert "terminée depuis 16 jours" in page
    for _n in range(20):
        ending(5)
    with django_assert_max_num_queries(40) as many:
        staff.get(address)
    assert len(few) == len(many)


def test_a_writer_sees_none_of_it(redactrice: User, logged_in: Callable[[User], Client]) -> None:
    asked = waiting()
    browser = logged_in(redactrice)
    for address in (
        reverse("memberships:chase"),
        reverse("accessrequest:refuse", args=[asked.pk]),
        reverse("brandacceptance:index"),
    ):
        assert browser.get(address).status_code in (302, 403)
    browser.post(reverse("accessrequest:refuse", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.status == AccessRequest.Status.WAITING


# --- turning a request down -------------------------------------------------------------------


def waiting() -> AccessRequest:
    return AccessRequest.objects.create(
        email="maia@exemple.fr", first_name="Maïa", last_name="Renard", garden_name="Bas & Haut"
    )


def test_a_request_is_turned_down_once_by_a_message_that_was_shown(staff: Client) -> None:
    asked = waiting()
    address = reverse("accessrequest:refuse", args=[asked.pk])
    for listing in (
        reverse("accessrequest:index"),
        reverse("accessrequest:inspect", args=[asked.pk]),
    ):
        assert address in staff.get(listing).content.decode()
    assert "Bas &amp; Haut" in staff.get(address).content.decode()
    staff.post(address)
    staff.post(address)
    asked.refresh_from_db()
    assert asked.status == AccessRequest.Status.REFUSED
    assert asked.handled_by is not None
    assert [message.to for message in mail.outbox] == [["maia@exemple.fr"]]
    assert "Bas & Haut" in str(mail.outbox[0].body)
    assert address not in staff.get(reverse("accessrequest:index")).content.decode()


def test_a_message_that_cannot_leave_keeps_the_request_waiting(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = waiting()
    monkeypatch.setattr(mails, "send", lambda *a: False)
    staff.post(reverse("accessrequest:refuse", args=[asked.pk]))
    asked.refresh_from_db()
    assert (asked.status, asked.handled_at) == (AccessRequest.Status.WAITING, None)


def test_inviting_from_a_request_brings_its_address(staff: Client) -> None:
    page = staff.get(reverse("invitation:add"), {"email": "maia@exemple.fr"}).content.decode()
    assert 'value="maia@exemple.fr"' in page


def test_who_accepted_the_rules_is_read_and_never_written(staff: Client, adherent: User) -> None:
    adherent.accept_brand_rules("0123456789abcdef")
    assert adherent.email in staff.get(reverse("brandacceptance:index")).content.decode()
    assert staff.get(reverse("brandacceptance:add")).status_code == 302
    row = adherent.brand_acceptances.get()
    assert staff.get(reverse("brandacceptance:edit", args=[row.pk])).status_code == 302
