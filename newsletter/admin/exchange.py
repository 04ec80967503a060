"""Subscriptions in and out as CSV."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import ledger
from ..addresses import address_key, is_disposable, normalise_address
from ..lists import Lists
from ..models import ConsentEvent, Kind, Subscriber, Subscription

COLUMNS = ("address", "letters", "language", "consented_on", "proof")
MIN_PROOF = 10  # characters: "form", "ok" prove nothing
BATCH = 2000
MAX_ROWS = 5000  # each is a transaction of its own, and somebody waits for the answer
# A cell that begins so is a formula to a spreadsheet (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet calculates: an apostrophe before what would be a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """A file that gives back what is written, for the stream."""

    def write(self, value: str) -> str:
        return value


def export_rows(subscribers: QuerySet[Subscriber]) -> Iterator[str]:
    """Lines of the export, one a subscription: one statement, read as a stream."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(["address", "letter", "state", "since", "language"])
    rows = (
        Subscription.objects.filter(subscriber__in=subscribers.order_by().values("pk"))
        .order_by("subscriber_id", "pk")
        .values_list("subscriber__address", "list_key", "state", "since", "subscriber__language")
    )
    for address, key, state, since, language in rows.iterator(chunk_size=BATCH):
        cells = (address, key, state, since.isoformat(timespec="seconds"), language)
        yield writer.writerow(safe_cell(value) for value in cells)


@dataclass
class ImportReport:
    """What became of the lines of an import; errors as (line number, what is wrong)."""

    taken: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)


def import_rows(text: str, lists: Lists, user: Any) -> ImportReport:
    """Take the lines that carry a proof of consent; say what is wrong with the others."""
    report = ImportReport()
    reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    except csv.Error:
        missing = [*COLUMNS]
    if missing:
        report.errors.append((1, _("Missing columns: %s") % ", ".join(missing)))
        return report
    try:
        rows = [(reader.line_num, row) for row in itertools.islice(reader, MAX_ROWS + 1)]
    except csv.Error as error:
        report.errors.append((reader.reader.line_num, _("This line cannot be read (%s).") % error))
        return report
    if len(rows) > MAX_ROWS:
        message = _("The file has more than %d lines: cut it into several.")
        report.errors.append((reader.line_num, message % MAX_ROWS))
        return report
    for line, row in rows:
        try:
            _take(row, lists, user)
        except ValidationError as error:
            report.errors.append((line, " ".join(error.messages)))
        else:
            report.taken += 1
    return report


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") >= head.count(",") else ","


def _take(row: dict[str, Any], lists: Lists, user: Any) -> None:
    values = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    address = normalise_address(values["address"])
    if is_disposable(address):
        raise ValidationError(_("This is a throw-away address."))
    keys = values["letters"].split()
    if unknown := [key for key in keys if key not in lists] or ([""] if not keys else []):
        raise ValidationError(_("Unknown letters: “%s”") % " ".join(unknown))
    language = values["language"] or settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        raise ValidationError(_("Unknown language: “%s”") % language)
    agreed = _day(values["consented_on"])
    if len(values["proof"]) < MIN_PROOF:
        raise ValidationError(_("The proof of consent is missing or says too little."))
    _refuse_older_than_departure(address, keys, agreed)
    _write(address, keys, language, f"{agreed.isoformat()} {values['proof']} ({user})")


def _day(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("The day of the consent must look like 2026-05-31.")) from None
    if day > timezone.localdate():
        raise ValidationError(_("The day of the consent is in the future."))
    return day


def _refuse_older_than_departure(address: str, keys: list[str], agreed: datetime.date) -> None:
    """Who left, bounced or was erased is not brought back by an older consent."""
    erased = ConsentEvent.objects.filter(
        address_key=address_key(address), kind=Kind.ERASED, at__date__gte=agreed
    )
    gone = Subscription.objects.filter(
        subscriber__address=address,
        list_key__in=keys,
        state__in=["left", "bounced"],
        since__date__gte=agreed,
    )
    if erased.exists() or gone.exists():
        raise ValidationError(_("This person left after that consent."))


@transaction.atomic
def _write(address: str, keys: list[str], language: str, detail: str) -> None:
    subscriber, _made = Subscriber.objects.get_or_create(
        address=address, defaults={"language": language}
    )
    confirmed = set(
        subscriber.subscriptions.filter(state="confirmed").values_list("list_key", flat=True)
    )
    if new := [key for key in keys if key not in confirmed]:
        ledger.record(
            subscriber,
            Kind.CHANGED,
            new,
            source=ConsentEvent.Source.IMPORT,
            detail=detail[:500],
        )
