"""Who is told what, when, and what happens when the mail server is down."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from editorial.models import Message, Rhythm, RhythmChoice
from home.models import ContentPage
from members.models import User

BROKEN = "tests.editorial.broken_mail.Backend"


def kinds_for(person: User) -> list[str]:
    told = Message.objects.filter(recipient=person).order_by("pk")
    return list(told.values_list("kind", flat=True))


def test_those_who_approve_are_asked_once_each_and_nobody_else(
    redactrice: User, validatrice: User, autre_validatrice: User, superuser: User,
    submitted: ContentPage,
) -> None:  # fmt: skip
    assert sorted(Message.objects.values_list("recipient", flat=True)) == sorted(
        [validatrice.pk, autre_validatrice.pk]
    )
    assert kinds_for(superuser) == []


def test_a_message_is_in_french_with_its_comment_and_a_link_to_the_comparison(
    submitted: ContentPage, redactrice: User, validatrice: User, judge: Any
) -> None:
    judge(validatrice, submitted, "reject", "Ajoutez la <date>.")
    message = Message.objects.get(recipient=redactrice)
    assert message.kind == "returned"
    assert message.subject == "Des changements sont demandés pour « Accompagnement individuel »"
    assert "Ajoutez la <date>." in message.text
    assert "Ajoutez la &lt;date&gt;." in message.html
    compare = (
        f"/admin/pages/{submitted.pk}/revisions/compare/earliest...{submitted.latest_revision_id}/"
    )
    assert compare in message.text
    assert compare in message.html


def test_the_author_is_told_of_publication_and_not_the_one_who_approved(
    redactrice: User, validatrice: User, submitted: ContentPage, judge: Any
) -> None:
    judge(validatrice, submitted, "approve", "Bravo !")
    assert kinds_for(redactrice) == ["published"]
    assert kinds_for(validatrice) == ["asked"]


def test_a_page_planned_for_later_says_so_then_says_that_it_is_online(
    brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any, judge: Any
) -> None:
    later = timezone.localtime() + datetime.timedelta(days=2)
    edit(redactrice, brouillon, "action-submit", go_live_at=later.strftime("%Y-%m-%d %H:%M"))
    judge(validatrice, brouillon)
    assert kinds_for(redactrice) == ["scheduled"]
    assert not ContentPage.objects.get(pk=brouillon.pk).live
    with time_machine.travel(later + datetime.timedelta(minutes=1)):
        call_command("publish_scheduled")
    assert ContentPage.objects.get(pk=brouillon.pk).live
    assert kinds_for(redactrice) == ["scheduled", "published"]


def test_messages_leave_when_the_transaction_is_through(
    brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        edit(redactrice, brouillon, "action-submit", title="À relire")
    (sent,) = mail.outbox
    assert sent.to == [validatrice.email]
    assert isinstance(sent, mail.EmailMultiAlternatives)
    assert sent.alternatives[0][1] == "text/html"
    assert Message.objects.get().sent_at is not None


@pytest.mark.parametrize("when", ["open", "send"])
def test_a_mail_server_that_is_down_loses_nothing(
    when: str, brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any,
    settings: Any, django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"tests.editorial.broken_mail.Refuses{when.title()}"
    with django_capture_on_commit_callbacks(execute=True):
        edit(redactrice, brouillon, "action-submit", title="À relire")
    message = Message.objects.get()
    assert (message.sent_at, message.tries) == (None, 1)
    settings.EMAIL_BACKEND = backend
    call_command("send_outbox", stdout=io.StringIO())
    assert mail.outbox == []  # too early
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2)):
        call_command("send_outbox", stdout=io.StringIO())
    assert len(mail.outbox) == 1


def test_the_daily_digest_gathers_messages_and_is_not_sent_empty(
    brouillon: ContentPage, redactrice: User, validatrice: User, edit: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    Rhythm.objects.create(user=validatrice, choice=RhythmChoice.DAILY)
    with django_capture_on_commit_callbacks(execute=True):
        edit(redactrice, brouillon, "action-submit", title="À relire")
    assert mail.outbox == []
    call_command("send_digests", stdout=io.StringIO())
    (sent,) = mail.outbox
    assert "À relire" in sent.body
    call_command("send_digests", stdout=io.StringIO())
    assert len(mail.outbox) == 1
