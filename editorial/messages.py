"""Who is told what. Messages are written to the outbox, in French, and sent from there."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from .authorship import latest_change
from .models import AdviceTask, DraftLink, Message, Rhythm, RhythmChoice, SubmissionNote

logger = logging.getLogger(__name__)

Kind = Message.Kind
ENTER_ADMIN = "wagtailadmin.access_admin"
# What a mail server that is down, slow or in a bad mood raises.
MAIL_ERRORS = (smtplib.SMTPException, OSError)


# --- to whom ------------------------------------------------------------------------------------


def tell_who_is_asked(state: TaskState) -> None:
    """A step begins: those who may act on it, the author of the change excepted."""
    page = state.workflow_state.content_object
    task = state.task.specific
    if not hasattr(task, "people_asked"):
        return
    advice = isinstance(task, AdviceTask)
    heading = (
        _("Your opinion is asked on “%(page)s”") if advice else _("“%(page)s” waits for approval")
    )
    passed_over = state.workflow_state.task_states.filter(
        status=TaskState.STATUS_SKIPPED, revision=state.revision
    ).select_related("task")
    notes = [f"{row.task.name} : {row.comment}" for row in passed_over if row.comment]
    word = SubmissionNote.of(state.workflow_state)
    if word is not None:
        who = str(word.written_by or "–")
        notes += [_("A word from %(who)s: %(words)s") % {"who": who, "words": word.words}]
        notes += [f"– {line}" for line in word.warnings.splitlines()]
    write(
        Kind.OPINION if advice else Kind.ASKED,
        task.people_asked(page),
        heading,
        page,
        state.revision,
        by=state.workflow_state.requested_by,
        notes=notes,
    )


def tell_of_return(state: TaskState, user: Any) -> None:
    """Changes are asked for: who submitted and who wrote, with the comment."""
    write(
        Kind.RETURNED,
        people_behind(state.workflow_state, besides=user),
        _("Changes are asked for on “%(page)s”"),
        state.workflow_state.content_object,
        state.revision,
        by=user,
        comment=state.comment,
    )


def tell_of_approval(state: TaskState, user: Any) -> None:
    """One step of several is approved: who submitted and who wrote."""
    if state.workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        return  # the last step: publication has its own message
    write(
        Kind.APPROVED,
        people_behind(state.workflow_state, besides=user),
        _("“%(page)s” has passed a step: ") + state.task.name,
        state.workflow_state.content_object,
        state.revision,
        by=user,
        comment=state.comment,
    )


def tell_of_publication(page: Page, revision: Revision, *, scheduled: bool = False) -> None:
    """Online, or planned: who submitted and who wrote, when it came through a workflow."""
    state = (
        TaskState.objects.filter(
            revision=revision,
            status=TaskState.STATUS_APPROVED,
            workflow_state__status=WorkflowState.STATUS_APPROVED,
        )
        .select_related("workflow_state", "finished_by")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if state is None:
        return
    write(
        Kind.SCHEDULED if scheduled else Kind.PUBLISHED,
        people_behind(state.workflow_state, besides=state.finished_by),
        _("“%(page)s” is scheduled") if scheduled else _("“%(page)s” is online"),
        page,
        revision,
        by=state.finished_by,
        comment=state.comment,
    )


def tell_of_emergency(page: Page, revision: Revision, user: Any, reason: str) -> None:
    """Everybody who would have been asked to approve learns of it, and why."""
    workflow = page.get_workflow()
    people: dict[int, Any] = {}
    for task in workflow.tasks.specific() if workflow else []:
        if hasattr(task, "people_asked") and not isinstance(task, AdviceTask):
            members = get_user_model()._default_manager.filter(
                groups__in=task.groups.all(), is_active=True
            )
            people |= {person.pk: person for person in members}
    people.pop(user.pk, None)
    heading = _("“%(page)s” was published in an emergency")
    write(Kind.EMERGENCY, people.values(), heading, page, revision, by=user, comment=reason)


def tell_of_outside_word(link: DraftLink, name: str, words: str) -> None:
    """Whoever showed the draft learns at once, or in their digest, what its reader said."""
    person = link.created_by
    if person is None or not person.is_active:
        return
    heading = _("Somebody you showed “%(page)s” has left a word")
    who = f"{name} ({link.for_whom})"
    write(Kind.OUTSIDE, [person], heading, link.page, link.revision, by=who, comment=words)


def people_behind(workflow_state: WorkflowState, *, besides: Any) -> list[Any]:
    """Who submitted the page and who made its latest change, each once, not the one who acts."""
    page = workflow_state.content_object
    change = latest_change(page) if page is not None else None
    people = {
        person.pk: person
        for person in (workflow_state.requested_by, change.user if change else None)
        # A member who proposed a page has no desk, and is told in other words.
        if person is not None and person.is_active and person.has_perm(ENTER_ADMIN)
    }
    people.pop(getattr(besides, "pk", None), None)
    return list(people.values())


# --- what -----------------------------------------------------------------------------------------


def write(  # noqa: PLR0913 (who, what, about what, by whom, in which words)
    kind: str,
    people: Iterable[Any],
    heading: str,
    page: Page | None,
    revision: Revision,
    *,
    by: Any = None,
    comment: str = "",
    notes: Iterable[str] = (),
) -> None:
    """Put one message a person in the outbox; sent once the transaction is through."""
    if page is None:
        return
    written: list[int] = []
    with translation.override(settings.LANGUAGE_CODE):
        title = page.specific_deferred.get_admin_display_title()
        subject = " ".join((heading % {"page": title}).split())
        context = {
            "heading": subject,
            "kind": kind,
            "page": page,
            "by": by,
            "comment": comment,
            "notes": list(notes),
            "edit_url": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk])),
            "compare_url": compare_url(page, revision),
            "live_url": page.full_url if page.live else "",
            "account_url": absolute(reverse("wagtailadmin_account")),
        }
        for person in people:
            if not person.email:
                continue
            context["person"] = person
            message = Message.objects.create(
                recipient=person,
                kind=kind,
                subject=subject[:255],
                text=render_to_string("emails/editorial/message.txt", context),
                html=render_to_string("emails/editorial/message.html", context),
                in_digest=Rhythm.of(person) == RhythmChoice.DAILY,
            )
            if not message.in_digest:
                written.append(message.pk)
    if written:
        transaction.on_commit(lambda: send(Message.objects.filter(pk__in=written).due()))


def write_notice(person: Any, subject: str, text: str) -> None:
    """A message of another app to a member, in plain text; sent once the transaction is through."""
    if not (person.is_active and person.email):
        return
    message = Message.objects.create(
        recipient=person, kind=Kind.NOTICE, subject=subject[:255], text=text, html=""
    )
    transaction.on_commit(lambda: send(Message.objects.filter(pk=message.pk).due()))


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def compare_url(page: Page, revision: Revision) -> str:
    """What the change is: against what is online, or against the first draft."""
    before = "live" if page.live else "earliest"
    return absolute(
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, before, revision.pk])
    )


# --- sending --------------------------------------------------------------------------------------


def send(messages: Any) -> tuple[int, int]:
    """Send these messages; gives how many went and how many were put off.

    A server that is down costs the one who approves nothing: the message waits in the outbox.
    """
    sent = put_off = 0
    batch = list(messages.select_related("recipient"))
    if not batch:
        return 0, 0
    connection = get_connection()
    try:
        connection.open()
    except MAIL_ERRORS as error:
        logger.warning("The mail server does not answer: %s", error)
        for message in batch:
            message.put_off(error)
        return 0, len(batch)
    try:
        for message in batch:
            try:
                as_mail(message, connection).send()
            except MAIL_ERRORS as error:
                logger.warning("Message %s could not be sent: %s", message.pk, error)
                message.put_off(error)
                put_off += 1
            else:
                message.mark_sent()
                sent += 1
    finally:
        connection.close()
    return sent, put_off


def as_mail(message: Message, connection: Any) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.recipient.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def gather_digests() -> int:
    """One message a person out of those that wait for the daily one; gives how many were made.

    With nothing waiting for somebody, nothing is sent to them.
    """
    by_person: dict[int, list[Message]] = {}
    for message in Message.objects.for_digest().select_related("recipient"):
        by_person.setdefault(message.recipient_id, []).append(message)
    for waiting in by_person.values():
        with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
            person = waiting[0].recipient
            subject = _("Editorial desk: your messages of the day (%(number)d)") % {
                "number": len(waiting)
            }
            context = {
                "heading": subject,
                "person": person,
                "messages": waiting,
                "account_url": absolute(reverse("wagtailadmin_account")),
            }
            if person.is_active and person.email:
                Message.objects.create(
                    recipient=person,
                    kind=Kind.DIGEST,
                    subject=subject,
                    text=render_to_string("emails/editorial/digest.txt", context),
                    html=render_to_string("emails/editorial/digest.html", context),
                )
            for message in waiting:
                message.mark_sent()
    return len(by_person)
