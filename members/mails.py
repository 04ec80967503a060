"""Messages that the member's pages send, each a text template whose first line is the subject."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)


def send(template: str, to: str, context: dict[str, Any]) -> bool:
    """Send ``emails/<template>.txt``; whether the mail server took it.

    A mail server that is down loses a message, never the work of who caused it: the callers
    say it on the page, and every one of these messages can be sent again.
    """
    text = render_to_string(
        f"emails/{template}.txt",
        {**context, "site": settings.BASE_URL, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    subject, _newline, body = text.strip().partition("\n")
    message = EmailMessage(subject=" ".join(subject.split()), body=body.strip() + "\n", to=[to])
    try:
        return bool(message.send())
    except Exception as error:  # noqa: BLE001 (any failure of any mail backend)
        logger.warning("A message could not be sent (%s): %s", template, type(error).__name__)
        return False


# Minutes until the next try of a mail of allauth's. A link to a new password is good for a day.
TRIED_AGAIN_AFTER = (1, 5, 15, 60, 240, 240)


def deliver(message: EmailMessage) -> None:
    """Send a mail that its visitor was told of; while the mail server is away it waits."""
    _try(str(message.subject), str(message.body), list(message.to), 0)


@task(backend="later")
def deliver_later(subject: str, body: str, to: list[str], tries: int) -> None:
    _try(subject, body, to, tries)


def _try(subject: str, body: str, to: list[str], tries: int) -> None:
    try:
        EmailMessage(subject=subject, body=body, to=to).send()
    except Exception as error:
        if tries == len(TRIED_AGAIN_AFTER):
            raise
        logger.warning("A message waits for the mail server: %s", type(error).__name__)
        then = timezone.now() + datetime.timedelta(minutes=TRIED_AGAIN_AFTER[tries])
        deliver_later.using(run_after=then).enqueue(subject, body, to, tries + 1)
