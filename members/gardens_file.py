"""Gardens and their membership dates in a CSV file: read, compared, written, whole or not at all.

A file names gardens and nothing else: no column of it reaches an account.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from site_cocagne.core.regions import Region

from .models import Garden

# The columns in the team's language, each with the field it fills.
COLUMNS = {
    "nom": "name",
    "adhesion_jusqu_au": "membership_valid_until",
    "statut": "status",
    "region": "region",
    "adresse": "address",
    "code_postal": "postcode",
    "commune": "city",
    "latitude": "latitude",
    "longitude": "longitude",
    "site": "website",
    "activites": "activities",
}
REQUIRED = ("nom", "adhesion_jusqu_au")
STATUS_WORDS = {"adherent": "member", "projet": "project", "ancien": "former"}
BOUNDS = {"latitude": 90, "longitude": 180}
MAX_ROWS = 20_000
BATCH = 500
# A cell that begins so is a formula to a spreadsheet; a number is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"^[+-]?[\d.,]+$")


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Fault:
    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Change:
    """What one line does: ``values`` are the fields that differ, by name."""

    line: int
    garden: Garden
    values: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.garden.pk is None

    @property
    def shortens(self) -> bool:
        """Does it put the end of a membership to an earlier day?"""
        before, after = self.garden.membership_valid_until, self.values.get(DATE)
        return bool(before and after and after < before)

    def words(self) -> Iterator[tuple[str, str, str]]:
        """(field, before, after) of each difference, in words."""
        for name, value in self.values.items():
            label = capfirst(str(Garden._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            before = "" if self.is_new else _in_words(name, getattr(self.garden, name))
            yield label, before, _in_words(name, value)


@dataclass
class Plan:
    """What a file would do to the gardens as they are now."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def created(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.created

    @property
    def digest(self) -> str:
        """Changes with what would be done: an agreement to one plan is none to another."""
        said = [
            (
                one.garden.pk,
                one.garden.name,
                sorted((name, getattr(one.garden, name), new) for name, new in one.values.items()),
            )
            for one in self.changes
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


DATE = "membership_valid_until"


def decode(data: bytes) -> str:
    """The text of a file; only UTF-8 is believed, for a guess would spoil names silently."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise UnreadableFileError(
            _("The file is not in UTF-8: in the spreadsheet, choose “Save as”, then “CSV UTF-8”.")
        )
    return text


def read(text: str) -> Plan:
    """Compare the lines with the gardens of today. Nothing is written."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = next(reader, [])
        columns = _columns(header)
        plan = Plan(ignored=[name.strip() for name in header if name and key(name) not in COLUMNS])
        known: defaultdict[str, list[Garden]] = defaultdict(list)
        for garden in Garden.objects.all():
            known[key(garden.name)].append(garden)
        seen: Counter[str] = Counter()
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS:
                message = _("The file has more than %d lines: cut it into several.")
                raise UnreadableFileError(message % MAX_ROWS)
            if any(cell.strip() for cell in cells):
                _read_line(reader.line_num, cells, columns, plan, known, seen)
    except csv.Error as error:
        message = _("Line %(line)d cannot be read as CSV (%(error)s).")
        raise UnreadableFileError(message % {"line": reader.line_num, "error": error}) from error
    if not plan.changes and not plan.faults and not plan.same:
        raise UnreadableFileError(_("The file holds no garden."))
    return plan


def key(words: str) -> str:
    """How names and headings are compared: without case, accents, or kinds of blank and dash."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return "_".join(re.findall(r"[^\W_]+", letters))


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count)


def _columns(header: list[str]) -> list[str]:
    """The field of each column, empty where it is none of ours."""
    keys = [key(name) for name in header]
    if missing := [name for name in REQUIRED if name not in keys]:
        raise UnreadableFileError(_("Missing columns: %s.") % ", ".join(missing))
    if twice := [name for name, n in Counter(keys).items() if n > 1 and name in COLUMNS]:
        raise UnreadableFileError(_("Columns that stand there twice: %s.") % ", ".join(twice))
    return [name if name in COLUMNS else "" for name in keys]


def _read_line(
    line: int,
    cells: list[str],
    columns: list[str],
    plan: Plan,
    known: dict[str, list[Garden]],
    seen: Counter[str],
) -> None:
    """One line into ``plan``: its change, its faults, or one more that changes nothing."""
    before = len(plan.faults)
    values: dict[str, Any] = {}
    if any(cell.strip() for cell in cells[len(columns) :]):
        plan.faults.append(Fault(line, "", _("There are more cells than columns.")))
    for column, cell in zip(columns, cells, strict=False):
        text = _bare(cell)
        if column and text:  # an empty cell leaves what is there as it is
            try:
                values[COLUMNS[column]] = _value(COLUMNS[column], text)
            except ValidationError as error:
                plan.faults.append(Fault(line, column, " ".join(error.messages)))
    name = key(values.get("name", ""))
    if not name:
        plan.faults.append(Fault(line, "nom", _("The name of the garden is missing.")))
    elif seen[name]:
        plan.faults.append(Fault(line, "nom", _("This garden stands in the file twice.")))
    elif len(known.get(name, [])) > 1:
        message = _("Several gardens bear this name: change them by hand.")
        plan.faults.append(Fault(line, "nom", message))
    seen[name] += 1
    if len(plan.faults) == before:
        _compare(line, known.get(name, []), values, plan)


def _compare(line: int, found: list[Garden], values: dict[str, Any], plan: Plan) -> None:
    if not found:
        plan.changes.append(Change(line, Garden(name=values["name"]), values))
        return
    del values["name"]  # it was found by its name: another spelling of it changes nothing
    new = {name: value for name, value in values.items() if getattr(found[0], name) != value}
    if new:
        plan.changes.append(Change(line, found[0], new))
    else:
        plan.same += 1


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from calculating it."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def _value(name: str, text: str) -> Any:
    """The value of a field from its cell; raises ``ValidationError`` with what is wrong."""
    if name == DATE:
        return _day(text)
    if name in BOUNDS:
        return _coordinate(text, BOUNDS[name])
    if name == "status":
        if (status := STATUS_WORDS.get(key(text).removesuffix("_e"))) is None:
            words = ", ".join(STATUS_WORDS)
            raise ValidationError(_("“%(text)s” is no status: %(words)s.") % _said(text, words))
        return status
    if name == "region":
        return _region(text)
    return Garden._meta.get_field(name).clean(text, None)  # type: ignore[union-attr]


def _day(text: str) -> datetime.date:
    """2026-12-31 or 31/12/2026; a day that does not exist is an error, never the next one."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    parts = found.groups() if found else ()
    if not parts and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)):
        parts = found.groups()[::-1]
    try:
        day = datetime.date(*map(int, parts))
    except (TypeError, ValueError):
        message = _("“%(text)s” is no day that exists: write 31/12/2026 or 2026-12-31.")
        raise ValidationError(message % _said(text)) from None
    if not 2000 <= day.year <= 2100:
        raise ValidationError(_("“%(text)s” is too far away to be right.") % _said(text))
    return day


def _coordinate(text: str, bound: int) -> Decimal:
    try:
        number = Decimal(text.replace(",", ".")).quantize(Decimal("0.00001"))
    except InvalidOperation:
        number = Decimal("NaN")
    if not abs(number) <= bound if number.is_finite() else True:
        message = _("“%(text)s” is no number between −%(words)s and %(words)s.")
        raise ValidationError(message % _said(text, str(bound)))
    return number


def _region(text: str) -> str:
    asked = key(text)
    for code, words in Region.choices:
        if asked in (key(code), key(str(words))) or text.zfill(2) == code:
            return str(code)
    raise ValidationError(
        _("“%(text)s” is no region of France: its name or its code.") % _said(text)
    )


def _said(text: str, words: str = "") -> dict[str, str]:
    return {"text": text if len(text) <= 60 else f"{text[:60]}…", "words": words}


def _in_words(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    choices = dict(Garden._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


# --- writing ------------------------------------------------------------------------------------


@transaction.atomic
def apply(plan: Plan) -> None:
    """Write every change of ``plan``, or, if one fails, none."""
    new = [one.garden for one in plan.changes if one.is_new]
    old = [one for one in plan.changes if not one.is_new]
    for change in plan.changes:
        if change.is_new:
            for name, value in change.values.items():
                setattr(change.garden, name, value)
    Garden.objects.bulk_create(new, batch_size=BATCH)
    # Most lines of a file say the same day: one query for all of those.
    alike: defaultdict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for change in old:
        alike[tuple(sorted(change.values.items()))].append(change.garden.pk)
    for values, keys in alike.items():
        for first in range(0, len(keys), BATCH):
            some = Garden.objects.filter(pk__in=keys[first : first + BATCH])
            some.update(**dict(values))


def lines() -> Iterator[str]:
    """All gardens in the columns of an import, to be changed in a spreadsheet and brought back."""
    yield "\ufeff" + _line(list(COLUMNS))
    words = {value: word for word, value in STATUS_WORDS.items()}
    for garden in Garden.objects.order_by("name").iterator(chunk_size=BATCH):
        values = [getattr(garden, name) for name in COLUMNS.values()]
        values[list(COLUMNS).index("statut")] = words[garden.status]
        yield _line(["" if value is None else str(value) for value in values])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    safe = [f"'{c}" if c.startswith(FORMULA) and not NUMBER.match(c) else c for c in cells]
    csv.writer(out, delimiter=";").writerow(safe)
    return out.getvalue()
