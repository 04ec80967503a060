"""*État du site*: what the desk adds to what is looked at, and the mail when somebody must act."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Min
from django.dispatch import receiver
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from site_cocagne.core import health
from site_cocagne.core.health import Finding, State
from site_cocagne.core.signals import reporting_health

from .messages import MAIL_ERRORS
from .models import Heartbeat, Message
from .schedule import LATE_AFTER, SCHEDULED_PUBLISHING

logger = logging.getLogger(__name__)

# What is still so is said again after a day.
SAID_AGAIN_AFTER = datetime.timedelta(days=1)
ALARM = "alarm:"
CHECKS = "run_checks"


@receiver(reporting_health, dispatch_uid="editorial.health")
def look(sender: Any, **kwargs: Any) -> list[Finding]:
    return [schedule(), messages(), undeliverable()]


def schedule() -> Finding:
    label = _("Scheduled publishing")
    late = Heartbeat.late(SCHEDULED_PUBLISHING, LATE_AFTER)
    if late:
        words = _("It has not run for more than five minutes: nothing goes online by itself.")
        return Finding(
            "schedule", label, State.BAD, words, _("Start the job of every minute again.")
        )
    return Finding("schedule", label, State.GOOD, _("It runs."))


def messages() -> Finding:
    waiting = Message.objects.filter(sent_at__isnull=True, in_digest=False).exclude(
        pk__in=Message.objects.stuck()
    )
    oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    return health.queue("messages", _("Messages of the desk"), waiting.count(), oldest)


def undeliverable() -> Finding:
    number = Message.objects.stuck().count()
    label = _("Messages nobody received")
    if not number:
        return Finding("undeliverable", label, State.GOOD, _("None."), value=0)
    words = ngettext(
        "{number} message was given up.", "{number} messages were given up.", number
    ).format(number=number)
    advice = _("Look at the addresses of these people, in the list of the desk.")
    return Finding("undeliverable", label, State.LOOK, words, advice, number)


# --- the alarm --------------------------------------------------------------------------------


def tell() -> int:
    """Mail what has become bad since, or still is after a day, and what is good again.

    One mail for all of it; how many findings it told. What could not be sent is told next time.
    """
    if not settings.ALARM_EMAIL:
        return 0
    told = {
        row.name.removeprefix(ALARM): row.beat_at
        for row in Heartbeat.objects.filter(name__startswith=ALARM)
    }
    with translation.override(settings.LANGUAGE_CODE):
        found = health.findings()
        bad = {finding.name: finding for finding in found if finding.state == State.BAD}
        again = timezone.now() - SAID_AGAIN_AFTER
        new = [one for name, one in bad.items() if name not in told or told[name] < again]
        over = [one for one in found if one.name in told and one.name not in bad]
        if not new and not over:
            return 0
        try:
            _mail(new, over).send()
        except MAIL_ERRORS as error:
            logger.warning("An alarm could not be mailed: %s", type(error).__name__)
            return 0
    for finding in new:
        Heartbeat.beat(f"{ALARM}{finding.name}"[:40])
    Heartbeat.objects.filter(name__in=[f"{ALARM}{one.name}"[:40] for one in over]).delete()
    return len(new) + len(over)


def _mail(new: list[Finding], over: list[Finding]) -> EmailMessage:
    lines = [_("The site of the network says how it is: {url}").format(url=settings.BASE_URL), ""]
    for finding in new:
        lines += [f"• {finding.label} – {finding.words}", f"  {finding.advice}"]
    if over:
        lines += ["", _("Good again:")]
        lines += [f"• {finding.label} – {finding.words}" for finding in over]
    subject = (
        _("The site needs somebody: {what}").format(what=", ".join(one.label for one in new))
        if new
        else _("The site is well again")
    )
    return EmailMessage(subject[:200], "\n".join(lines) + "\n", to=[settings.ALARM_EMAIL])
