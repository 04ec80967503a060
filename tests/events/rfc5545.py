"""A reader of iCalendar text that accepts nothing but what RFC 5545 and RFC 7986 allow.

Written from the standards for these tests, and sharing nothing with the library that writes
our calendars. ``check(body)`` raises ``RefusedError`` with the number of the line and its section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CONTENT_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r"(?P<params>(?:;[A-Za-z0-9-]+=(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*)"
    r"(?:,(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*))*)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)",
    re.DOTALL,
)
PARAMETER = re.compile(r";([A-Za-z0-9-]+)=((?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)")
TEXT = r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*"
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
TIME = r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)"
LOCAL = rf"{DATE}T{TIME}"
URI = r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+"
DURATION = r"[+-]?P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)"
VALUES = {
    "TEXT": TEXT,
    "TEXTS": rf"{TEXT}(?:,{TEXT})*",
    "UTC": rf"{LOCAL}Z",
    "MOMENT": rf"{LOCAL}",
    "MOMENTS": rf"{LOCAL}(?:,{LOCAL})*",
    "DATE": DATE,
    "URI": URI,
    "INTEGER": r"\d+",
    "GEO": r"[+-]?\d+(?:\.\d+)?;[+-]?\d+(?:\.\d+)?",
    "OFFSET": r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?",
    "DURATION": DURATION,
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "VERSION": r"2\.0",
    "CALSCALE": "GREGORIAN",
}
# Property: (kind of value, least, most) in its component.
CALENDAR = {
    "PRODID": ("TEXT", 1, 1),
    "VERSION": ("VERSION", 1, 1),
    "CALSCALE": ("CALSCALE", 0, 1),
    "NAME": ("TEXT", 0, 99),
    "DESCRIPTION": ("TEXT", 0, 99),
    "SOURCE": ("URI", 0, 1),
    "REFRESH-INTERVAL": ("DURATION", 0, 1),
}
EVENT = {
    "UID": ("TEXT", 1, 1),
    "DTSTAMP": ("UTC", 1, 1),
    "DTSTART": ("WHEN", 1, 1),
    "DTEND": ("WHEN", 0, 1),
    "LAST-MODIFIED": ("UTC", 0, 1),
    "SEQUENCE": ("INTEGER", 0, 1),
    "STATUS": ("STATUS", 0, 1),
    "TRANSP": ("TRANSP", 0, 1),
    "SUMMARY": ("TEXT", 0, 1),
    "DESCRIPTION": ("TEXT", 0, 1),
    "LOCATION": ("TEXT", 0, 1),
    "GEO": ("GEO", 0, 1),
    "CATEGORIES": ("TEXTS", 0, 99),
    "CONTACT": ("TEXT", 0, 99),
    "URL": ("URI", 0, 1),
    "CONFERENCE": ("URI", 0, 99),
}
ZONE = {"TZID": ("TEXT", 1, 1), "COMMENT": ("TEXT", 0, 99)}
OBSERVANCE = {
    "DTSTART": ("MOMENT", 1, 1),
    "TZOFFSETFROM": ("OFFSET", 1, 1),
    "TZOFFSETTO": ("OFFSET", 1, 1),
    "TZNAME": ("TEXT", 0, 99),
    "RDATE": ("MOMENTS", 0, 99),
}
COMPONENTS = {
    ("VCALENDAR",): CALENDAR,
    ("VCALENDAR", "VEVENT"): EVENT,
    ("VCALENDAR", "VTIMEZONE"): ZONE,
    ("VCALENDAR", "VTIMEZONE", "STANDARD"): OBSERVANCE,
    ("VCALENDAR", "VTIMEZONE", "DAYLIGHT"): OBSERVANCE,
}


class RefusedError(AssertionError):
    """The text breaks the standard."""


@dataclass
class Line:
    number: int
    name: str
    params: dict[str, str]
    value: str


@dataclass
class Component:
    path: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        return next(line.value for line in self.lines if line.name == name)

    def values(self, name: str) -> list[str]:
        return [line.value for line in self.lines if line.name == name]

    def all(self, name: str) -> list[Component]:
        return [part for part in self.parts if part.path[-1] == name]


def check(body: bytes) -> Component:
    """The calendar as components, or ``RefusedError``."""
    lines = [_parse(number, text) for number, text in _unfold(body)]
    stack: list[Component] = []
    done: Component | None = None
    for line in lines:
        if done is not None:
            raise RefusedError(f"{line.number}: text after the end of the calendar (3.4)")
        if line.name == "BEGIN":
            path = (*(stack[-1].path if stack else ()), line.value)
            if path not in COMPONENTS:
                raise RefusedError(f"{line.number}: {path} has no place (3.6)")
            stack.append(Component(path))
        elif line.name == "END":
            if not stack or stack[-1].path[-1] != line.value:
                raise RefusedError(f"{line.number}: END:{line.value} ends nothing (3.6)")
            closed = stack.pop()
            _check_component(closed, line.number)
            if stack:
                stack[-1].parts.append(closed)
            else:
                done = closed
        elif not stack:
            raise RefusedError(f"{line.number}: {line.name} outside of a component (3.4)")
        else:
            _check_line(stack[-1].path, line)
            stack[-1].lines.append(line)
    if done is None:
        raise RefusedError("the calendar does not end (3.4)")
    _check_zones(done)
    return done


def _unfold(body: bytes) -> list[tuple[int, str]]:
    """Logical lines with the number of their first physical line (3.1)."""
    if not body.endswith(b"\r\n"):
        raise RefusedError("the last line does not end with CRLF (3.1)")
    found: list[tuple[int, bytes]] = []
    for number, raw in enumerate(body[:-2].split(b"\r\n"), start=1):
        if b"\n" in raw or b"\r" in raw:
            raise RefusedError(f"{number}: a line break that is not CRLF (3.1)")
        if len(raw) > 75:
            raise RefusedError(f"{number}: {len(raw)} octets (3.1)")
        raw.decode("utf-8")  # a fold inside a character breaks readers (3.1)
        if raw[:1] in {b" ", b"\t"}:
            if not found:
                raise RefusedError(f"{number}: a fold of nothing (3.1)")
            found[-1] = (found[-1][0], found[-1][1] + raw[1:])
        elif not raw:
            raise RefusedError(f"{number}: an empty line (3.1)")
        else:
            found.append((number, raw))
    return [(number, raw.decode("utf-8")) for number, raw in found]


def _parse(number: int, text: str) -> Line:
    match = CONTENT_LINE.fullmatch(text)
    if match is None:
        raise RefusedError(f"{number}: not a content line: {text[:80]!r} (3.1)")
    pairs = PARAMETER.findall(match["params"])
    names = [name.upper() for name, _value in pairs]
    if len(names) != len(set(names)):
        raise RefusedError(f"{number}: a parameter twice (3.2)")
    params = {name.upper(): value.strip('"') for name, value in pairs}
    return Line(number, match["name"].upper(), params, match["value"])


def _check_line(path: tuple[str, ...], line: Line) -> None:
    known = COMPONENTS[path]
    if line.name.startswith("X-"):
        return
    if line.name not in known:
        raise RefusedError(f"{line.number}: {line.name} in {path[-1]} (3.6)")
    kind = known[line.name][0]
    if kind == "WHEN":
        kind = _kind_of_moment(line)
    if kind in {"URI", "DURATION"} and line.params.get("VALUE", kind) != kind:
        raise RefusedError(f"{line.number}: VALUE={line.params['VALUE']} (3.2.20)")
    if not re.fullmatch(VALUES[kind], line.value, re.DOTALL):
        raise RefusedError(f"{line.number}: {line.name}:{line.value[:60]!r} is no {kind} (3.3)")


def _kind_of_moment(line: Line) -> str:
    if line.params.get("VALUE") == "DATE":
        if "TZID" in line.params:
            raise RefusedError(f"{line.number}: a zone on a day (3.2.19)")
        return "DATE"
    return "MOMENT" if "TZID" in line.params else "UTC"


def _check_component(component: Component, number: int) -> None:
    names = [line.name for line in component.lines]
    for name, (_kind, least, most) in COMPONENTS[component.path].items():
        if not least <= names.count(name) <= most:
            raise RefusedError(f"{number}: {name} {names.count(name)} times (3.6)")
    if component.path[-1] == "VTIMEZONE" and not component.parts:
        raise RefusedError(f"{number}: a zone without an offset (3.6.5)")
    if component.path[-1] == "VEVENT" and "DTEND" in names:
        _check_end(component, number)


def _check_end(event: Component, number: int) -> None:
    start, end = (
        next(line for line in event.lines if line.name == name) for name in ("DTSTART", "DTEND")
    )
    if start.params.get("VALUE") != end.params.get("VALUE"):
        raise RefusedError(f"{number}: a day ends with an hour (3.6.1)")
    if start.params.get("TZID") == end.params.get("TZID") and end.value <= start.value:
        raise RefusedError(f"{number}: DTEND is not later than DTSTART (3.8.2.2)")


def _check_zones(calendar: Component) -> None:
    defined = [zone.value("TZID") for zone in calendar.all("VTIMEZONE")]
    if len(defined) != len(set(defined)):
        raise RefusedError("a zone is defined twice (3.6.5)")
    for event in calendar.all("VEVENT"):
        for line in event.lines:
            if (zone := line.params.get("TZID")) and zone not in defined:
                raise RefusedError(f"{line.number}: the zone {zone} is not defined (3.2.19)")
    keys = [event.value("UID") for event in calendar.all("VEVENT")]
    if len(keys) != len(set(keys)):
        raise RefusedError("a UID twice (3.8.4.7)")
