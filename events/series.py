"""Dates of a repeated event: made in one go, changed and cancelled together.

Everything here ends in drafts. What goes online is decided by the workflow, page by page, as for
any other change; and either all pages of a request are written or none.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from site_cocagne.core.signals import checking_submission

from .models import EventFile, EventMission, EventPage, SeriesDate

if TYPE_CHECKING:
    from django.db.models import QuerySet

MAX_DATES = 60  # more than a year of weeks; nobody reads through a longer list


class Scope(models.TextChoices):
    THIS = "this", _("this date alone")
    FOLLOWING = "following", _("this date and the following ones")
    ALL = "all", _("all dates to come")


class Part(models.TextChoices):
    """What of an event is carried over to the other dates of its series."""

    WORDS = "words", _("title, summary, picture, kind, missions and programme")
    HOURS = "hours", _("hours, and how many days it lasts")
    PLACE = "place", _("format, place, online link, access for all")
    ORGANISATION = "organisation", _("organiser, contact, price and registration")
    FILES = "files", _("documents")
    STATUS = "status", _("status, and what is said about it")
    AUDIENCE = "audience", _("audience")


FIELDS = {
    Part.WORDS: ("title", "short_title", "summary", "picture", "kind", "body"),
    Part.HOURS: ("start_time", "end_time", "time_zone"),
    Part.PLACE: (
        *("format", "place", "address", "postcode", "city", "region", "latitude", "longitude"),
        *("online_link", "access_needs"),
    ),
    Part.ORGANISATION: (
        *("organiser", "contact", "price", "registration_url", "registration_email"),
    ),
    Part.FILES: (),
    Part.STATUS: ("status", "status_note"),
    Part.AUDIENCE: ("audience", "door"),
}


class SeriesError(Exception):
    """Why nothing was done, a sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems = problems


# --- making dates -------------------------------------------------------------------------------


@transaction.atomic
def make_dates(
    source: EventPage, days: Sequence[datetime.date], user: Any, *, submit: bool
) -> list[EventPage]:
    """A draft of the event for each day, at the same local hours; with ``submit`` in the workflow.

    The draft of ``source`` is what is copied. Refused as a whole where a day has a date already.
    """
    # Two clicks at once: the second waits here, and finds the days taken.
    Page.objects.select_for_update().get(pk=source.pk)
    refuse_days(source, days)
    draft = source.get_latest_revision_as_object()
    series = SeriesDate.objects.series_of(source)
    made = []
    for day in days:
        page = _copy(draft, day, user)
        SeriesDate.objects.create(page=page, series=series)
        made.append(page)
    if submit:
        send_for_review(made, user)
    return made


def refuse_days(source: EventPage, days: Sequence[datetime.date]) -> None:
    """Raise ``SeriesError`` for days that cannot become dates of this event."""
    draft = source.get_latest_revision_as_object()
    if draft.start_date is None:
        raise SeriesError(_now("Give the event its first day, then make the others."))
    dates = list(SeriesDate.objects.events_with(source).values_list("start_date", flat=True))
    if len(dates) + len(days) > MAX_DATES:
        raise SeriesError(
            _now("A series has at most {most} dates; this would make {number}.").format(
                most=MAX_DATES, number=len(dates) + len(days)
            )
        )
    problems = []
    today = timezone.localdate()
    for day in days:
        words = date_format(day, "l j F Y")
        if day in {*dates, draft.start_date}:
            problems.append(_now("{day}: there is a date on that day already.").format(day=words))
        elif day < today:
            problems.append(_now("{day}: this day has passed.").format(day=words))
        else:
            problems += [f"{words} : {error}" for error in _contradictions(draft, day)]
    if problems:
        raise SeriesError(*problems)


def _contradictions(draft: EventPage, day: datetime.date) -> list[str]:
    """What the rules of an event say against this day: hours the clock change leaves out."""
    try:
        other = EventPage(**{name: getattr(draft, name) for name in _DATED}, **_moved(draft, day))
    except OverflowError:
        return [_now("This lies beyond the calendar.")]
    return [str(error) for error in other.contradictions().values()]


_DATED = ("start_time", "end_time", "time_zone", "latitude", "longitude")


def _moved(draft: EventPage, day: datetime.date) -> dict[str, Any]:
    """The dates of an event moved to another first day."""
    assert draft.start_date is not None  # noqa: S101 (refused before)
    shift = day - draft.start_date
    deadline = draft.registration_deadline
    return {
        "start_date": day,
        "end_date": draft.end_date + shift if draft.end_date else None,
        "registration_deadline": deadline + shift if deadline else None,
    }


def _copy(draft: EventPage, day: datetime.date, user: Any) -> EventPage:
    """A draft of the same event on another day: announced by nobody yet, and held by nobody."""
    page: EventPage = draft.copy(
        to=Page.objects.get(pk=draft.get_parent().pk),
        recursive=False,
        copy_revisions=False,
        keep_live=False,
        user=user,
        update_attrs={
            **_moved(draft, day),
            "slug": _slug(draft, day),
            "status": EventPage.Status.CONFIRMED,
            "status_note": "",
            "previous_date": None,
            "report": [],
            "go_live_at": None,
            "expire_at": None,
            "locked": False,
            "locked_at": None,
            "locked_by": None,
        },
    )
    return page


def _slug(draft: EventPage, day: datetime.date) -> str:
    stem = f"{draft.slug[:200]}-{day.isoformat()}"
    taken = set(draft.get_siblings().filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug
        for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )


# --- changing and cancelling together -----------------------------------------------------------


def dates_in(event: EventPage, scope: str) -> list[EventPage]:
    """The dates of the series that a scope names; those that are over stay as they are."""
    if scope == Scope.THIS:
        return [event]
    found: QuerySet[Any] = SeriesDate.objects.events_with(event).exclude(
        over_at__lte=timezone.now()
    )
    if scope == Scope.FOLLOWING and event.starts_at is not None:
        found = found.filter(starts_at__gte=event.starts_at)
    return list(found)


@transaction.atomic
def cancel(
    event: EventPage, scope: str, reason: str, user: Any, *, submit: bool
) -> list[EventPage]:
    """Drafts that say *cancelled*, and why, for the dates of a scope; gives those changed."""
    pages = dates_in(event, scope)
    _refuse_closed(pages, user)
    changed = []
    for page in pages:
        draft = page.get_latest_revision_as_object()
        if draft.is_cancelled and draft.status_note == reason:
            continue
        draft.status, draft.status_note = EventPage.Status.CANCELLED, reason
        _save_draft(draft, user)
        changed.append(draft)
    if submit:
        send_for_review(changed, user)
    return changed


@transaction.atomic
def carry_over(
    event: EventPage, scope: str, parts: Iterable[str], user: Any, *, submit: bool
) -> list[EventPage]:
    """Drafts of the other dates that say the same as this one's draft; gives those changed."""
    source = event.get_latest_revision_as_object()
    pages = [page for page in dates_in(event, scope) if page.pk != event.pk]
    _refuse_closed(pages, user)
    changed = []
    for page in pages:
        draft = page.get_latest_revision_as_object()
        before = draft.serializable_data()
        for part in parts:
            _carry(source, draft, Part(part))
        if _same(before, draft.serializable_data()):
            continue
        _save_draft(draft, user)
        changed.append(draft)
    if submit:
        send_for_review(changed, user)
    return changed


@transaction.atomic
def approve(event: EventPage, scope: str, user: Any) -> tuple[list[EventPage], list[EventPage]]:
    """Approve the running step of each date of a scope; gives those approved, and those left.

    Each goes through the gate of the workflow: what this person changed last is left to others.
    """
    approved, left = [], []
    for page in dates_in(event, scope):
        state = page.current_workflow_task_state
        if state is None:
            continue
        task = state.task.specific
        if "approve" in {name for name, *_rest in task.get_actions(page, user)}:
            task.on_action(state, user, "approve")
            approved.append(page)
        else:
            left.append(page)
    return approved, left


def _carry(source: EventPage, draft: EventPage, part: Part) -> None:
    for name in FIELDS[part]:
        setattr(draft, name, getattr(source, name))
    if source.start_date is None or draft.start_date is None:
        return
    shift = draft.start_date - source.start_date
    if part is Part.HOURS:
        draft.end_date = source.end_date + shift if source.end_date else None
    elif part is Part.ORGANISATION:
        deadline = source.registration_deadline
        draft.registration_deadline = deadline + shift if deadline else None
    elif part is Part.WORDS:
        rows = source.mission_rows.all()
        draft.mission_rows.set(
            [EventMission(mission_id=row.mission_id, sort_order=row.sort_order) for row in rows]
        )
    elif part is Part.FILES:
        draft.file_rows.set(
            [
                EventFile(document_id=row.document_id, label=row.label, sort_order=row.sort_order)
                for row in source.file_rows.all()
            ]
        )


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    def plain(value: Any) -> Any:
        if isinstance(value, list):  # child rows: their keys say nothing
            return [
                {k: v for k, v in row.items() if k not in {"pk", "page"}}
                if isinstance(row, dict)
                else row
                for row in value
            ]
        return value

    return all(plain(value) == plain(after.get(name)) for name, value in before.items())


def _refuse_closed(pages: Iterable[EventPage], user: Any) -> None:
    """Raise ``SeriesError`` naming the dates that this person may not change now."""
    closed = []
    for page in pages:
        lock = page.get_lock()
        locked = lock is not None and lock.for_user(user)
        if locked or not page.permissions_for_user(user).can_edit():
            closed.append(_name(page))
    if closed:
        raise SeriesError(
            _now("Locked, or under review by others: {dates}. Nothing was changed.").format(
                dates=" ; ".join(closed)
            )
        )


def _save_draft(draft: EventPage, user: Any) -> None:
    """As the editor saves: the row too, of a page that is not online."""
    try:
        draft.settle_dates()
        draft.full_clean()
    except ValidationError as error:
        raise SeriesError(*(f"{_name(draft)} : {words}" for words in error.messages)) from error
    if not draft.live:
        draft.save(clean=False)
    draft.save_revision(user=user, clean=False, log_action=True)


def send_for_review(pages: Sequence[EventPage], user: Any) -> None:
    """Into the workflow, through the gate of quality, as the button of the editor does."""
    problems = []
    for page in pages:
        answers: list[tuple[Any, Any]] = checking_submission.send(type(page), page=page, form=None)
        faults = [fault for _receiver, found in answers for fault in found or [] if fault.blocks]
        problems += [f"{_name(page)} : {fault.message}" for fault in faults]
    if problems:
        raise SeriesError(*problems)
    for page in pages:
        fresh = EventPage.objects.get(pk=page.pk)
        state = fresh.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        elif state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
            workflow = fresh.get_workflow()
            if workflow is None:
                raise SeriesError(_now("There is no workflow for the agenda."))
            workflow.start(fresh, user)


def _name(page: EventPage) -> str:
    day = date_format(page.start_date, "j F Y") if page.start_date else _now("no date")
    return f"{page.title} ({day})"
