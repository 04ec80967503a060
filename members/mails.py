"""Messages that the member's pages send, each a text template whose first line is the subject."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

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
