"""Memberships to chase: how near the end each is, and the reminder that is due."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from . import mails
from .models import Affiliation, Garden, MembershipReminder

logger = logging.getLogger(__name__)
Step = MembershipReminder.Step

# Each step with the days, counted from the last day of the membership, on which its reminder is
# due. A night without the command loses none: the next run sends what is due by then, and only
# the latest step, so that nobody gets two at once.
DUE = (
    (Step.MONTH_BEFORE, -30, -8),
    (Step.WEEK_BEFORE, -7, -1),
    (Step.ON_THE_DAY, 0, 14),
    (Step.AFTER, 15, 30),
)


def step_on(valid_until: datetime.date, day: datetime.date) -> MembershipReminder.Step | None:
    """The reminder due on ``day`` for a membership that runs until ``valid_until``."""
    past = (day - valid_until).days
    return next((step for step, first, last in DUE if first <= past <= last), None)


@dataclass
class Row:
    """A garden to chase, as the team's page shows it."""

    garden: Garden
    until: datetime.date
    step: MembershipReminder.Step | None
    days: int  # until the last day of the membership; negative: ended
    people: list[Affiliation]
    reminders: list[MembershipReminder]

    @property
    def due(self) -> bool:
        """Is a reminder due that has not been sent?"""
        return self.step is not None and self.step not in {each.step for each in self.reminders}

    @property
    def days_past(self) -> int:
        return -self.days


def to_chase(day: datetime.date | None = None) -> list[Row]:
    """Gardens to chase, those that ended first on top; three queries whatever their number."""
    today = day or timezone.localdate()
    contacts = Affiliation.objects.not_ended(today).filter(
        role=Affiliation.Role.REFERENT, user__is_active=True
    )
    gardens = Garden.objects.to_chase(today).prefetch_related(
        Prefetch("affiliations", contacts.select_related("user"), to_attr="contacts"),
        Prefetch("reminders", MembershipReminder.objects.order_by("sent_at")),
    )
    return [_row(garden, today) for garden in gardens]


def _row(garden: Garden, today: datetime.date) -> Row:
    until = garden.membership_valid_until or today
    return Row(
        garden=garden,
        until=until,
        step=step_on(until, today),
        days=(until - today).days,
        people=garden.contacts,  # type: ignore[attr-defined]
        reminders=[each for each in garden.reminders.all() if each.valid_until == until],
    )


@dataclass
class Sent:
    """What became of a run: reminders sent, gardens without anybody to write to, failures."""

    sent: int = 0
    alone: list[Garden] = field(default_factory=list)
    failed: list[Garden] = field(default_factory=list)


def send_reminders(day: datetime.date | None = None) -> Sent:
    """Send what is due and was not sent. It may be stopped anywhere and run again."""
    outcome = Sent()
    for row in to_chase(day):
        if not row.due:
            continue
        if not row.people:
            outcome.alone.append(row.garden)
            continue
        done = _remind(row)
        if done:
            outcome.sent += 1
        elif done is False:
            outcome.failed.append(row.garden)
    return outcome


def _remind(row: Row) -> bool | None:
    """Write the reminder down and send it, both or neither; ``None`` if it was sent meanwhile.

    The row is written first: of two runs at once the second waits, and finds it. Killed while a
    message leaves, at worst that one leaves again.
    """
    with transaction.atomic():
        _reminder, made = MembershipReminder.objects.get_or_create(
            garden=row.garden, valid_until=row.until, step=row.step
        )
        if not made:
            return None
        context = {
            "garden": row.garden,
            "ended": row.days < 0,
            "today": row.days == 0,
            "grace_days": settings.MEMBERSHIP_GRACE_DAYS,
            "link": f"{settings.BASE_URL}{reverse('members:space')}",
        }
        sent = [mails.send("membership_reminder", one.user.email, context) for one in row.people]
        if not any(sent):
            transaction.set_rollback(True)
            return False
        if not all(sent):
            logger.warning("A reminder of membership did not reach everybody of its garden.")
    return True
