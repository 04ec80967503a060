"""The interface's French: one gettext catalogue an app, kept complete without GNU gettext.

Code and templates are written in English; ``django.po`` files hold the French. Each app has its own
file, for its Python and for ``templates/<app>/``; everything else belongs to core's. The strings
are found by Python's own parser and by Django's reader of templates; polib writes the files.

This module needs no settings: ``compile_outdated`` must run before Django loads any catalogue.
"""

from __future__ import annotations

import ast
import os
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polib
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("home", "resources", "events", "newsletter", "members", "editorial")
LANGUAGE = "fr"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg"}
# No strings of the interface in these: what migrations hold is a copy.
PASSED_OVER = {"migrations", "locale", "static", "node_modules", "__pycache__"}

METADATA = {
    "Project-Id-Version": "Réseau Cocagne",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
PLURAL_FORMS = 2


class Message(NamedTuple):
    """A string to translate. Two of them are one entry when text, plural and context agree."""

    text: str
    plural: str = ""
    context: str = ""


Found = dict[Message, set[str]]  # each message with the files that use it, from the project's root


@dataclass(frozen=True)
class Catalogue:
    """One ``django.po`` and the files whose strings it holds."""

    name: str
    locale: Path
    folders: tuple[Path, ...]
    without: frozenset[Path] = field(default_factory=frozenset)

    @property
    def path(self) -> Path:
        return self.locale / LANGUAGE / "LC_MESSAGES" / "django.po"

    def sources(self) -> Iterator[Path]:
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                wanted = path.suffix == ".py" or path.suffix in TEMPLATE_SUFFIXES
                if wanted and path.is_file() and not self.passes_over(path, folder):
                    yield path

    def passes_over(self, path: Path, folder: Path) -> bool:
        inside = PASSED_OVER.intersection(path.relative_to(folder).parts)
        return bool(inside) or not self.without.isdisjoint(path.parents)


def catalogues(root: Path = ROOT) -> list[Catalogue]:
    templates = root / "templates"
    of_apps = [Catalogue(app, root / app / "locale", (root / app, templates / app)) for app in APPS]
    core = Catalogue(
        "core",
        root / "site_cocagne" / "core" / "locale",
        (root / "site_cocagne", templates),
        frozenset(templates / app for app in APPS),
    )
    return [core, *of_apps]


# --- finding strings --------------------------------------------------------------------------


# What Django's functions take, in order; their lazy variants take the same.
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "gettext": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
ARGUMENTS |= {f"{name}_lazy": taken for name, taken in ARGUMENTS.items() if name != "gettext_noop"}
ARGUMENTS["_"] = ARGUMENTS["gettext"]

A_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
A_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(((?:{A_STRING}(?:,\s*)?)+)")


def message_of(function: str, strings: list[str]) -> Message:
    return Message(**dict(zip(ARGUMENTS[function], strings, strict=False)))


def messages_in_python(source: str) -> Iterator[Message]:
    """Every call of a translation function with literal strings, whatever its local name.

    A call with a variable is no mistake (the string was marked elsewhere) and is left alone.
    """
    tree = ast.parse(source)
    known = {name: name for name in ARGUMENTS if name != "_"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {a.asname: a.name for a in node.names if a.asname and a.name in ARGUMENTS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := known.get(called_name(node))):
            literal = literal_strings(node)[: len(ARGUMENTS[function])]
            if len(literal) == len(ARGUMENTS[function]):
                yield message_of(function, literal)


def called_name(call: ast.Call) -> str:
    """``f`` of ``f(…)`` and of ``module.f(…)``."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literal_strings(call: ast.Call) -> list[str]:
    """The arguments of ``call`` up to the first that is no literal string."""
    strings = []
    for argument in call.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        strings.append(argument.value)
    return strings


def messages_in_template(source: str) -> Iterator[Message]:
    """Every string of the translation tags and of ``_("…")``.

    Django turns the template into calls between blanked-out text; only these calls are read, so
    that nothing else of a page (a no-break space, an odd indentation) can confuse the reading.
    """
    for function, arguments in A_CALL.findall(templatize(source)):
        strings = [ast.literal_eval(string) for string in re.findall(A_STRING, arguments)]
        yield message_of(function, strings)


def extract(catalogue: Catalogue, root: Path = ROOT) -> Found:
    found: Found = defaultdict(set)
    for path in catalogue.sources():
        source = path.read_text(encoding="utf-8")
        read = messages_in_python if path.suffix == ".py" else messages_in_template
        try:
            messages = list(read(source))
        except SyntaxError as error:
            raise UnreadableSourceError(path.relative_to(root), error) from error
        for message in messages:
            if message.text:
                found[message].add(path.relative_to(root).as_posix())
    return dict(found)


class UnreadableSourceError(Exception):
    """A source file whose strings cannot be found; says which and why."""

    def __init__(self, path: Path, reason: Exception) -> None:
        super().__init__(f"{path}: {reason}")


# --- the .po files ----------------------------------------------------------------------------


def key_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def is_empty(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        forms = entry.msgstr_plural
        return len(forms) < PLURAL_FORMS or not all(forms.values())
    return not entry.msgstr


def read_po(path: Path) -> list[polib.POEntry]:
    """Its entries, without the disappeared ones that other tools keep as comments."""
    return [entry for entry in polib.pofile(str(path), encoding="utf-8") if not entry.obsolete]


def update(catalogue: Catalogue, root: Path = ROOT) -> bool:
    """Bring the ``.po`` in step with the sources; returns whether it changed.

    Entries are sorted and carry no line numbers and no dates, so that two people's work merges.
    """
    found = extract(catalogue, root)
    before = catalogue.path.read_text(encoding="utf-8") if catalogue.path.exists() else ""
    known: dict[Message, polib.POEntry] = {}
    for entry in read_po(catalogue.path) if before else ():
        kept = known.setdefault(key_of(entry), entry)
        if is_empty(kept):
            known[key_of(entry)] = entry
    if not found and not before:
        return False
    file = polib.POFile(encoding="utf-8", wrapwidth=100)
    file.metadata = dict(METADATA)
    for message in sorted(found):
        file.append(renewed(message, known.get(message), found[message]))
    after = f"{file}\n"
    if after == before:
        return False
    catalogue.path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.path.write_text(after, encoding="utf-8")
    return True


def renewed(message: Message, known: polib.POEntry | None, used_in: set[str]) -> polib.POEntry:
    """The entry of ``message``: its translation if there is one, and where it is used today."""
    entry = polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(path, "") for path in sorted(used_in)],
        flags=[flag for flag in known.flags if flag == "fuzzy"] if known else [],
        tcomment=known.tcomment if known else "",
    )
    if message.plural:
        forms = known.msgstr_plural if known else {}
        entry.msgstr_plural = {form: forms.get(form, "") for form in range(PLURAL_FORMS)}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def compile_outdated(root: Path = ROOT) -> list[Path]:
    """Compile each ``.po`` whose ``.mo`` is missing or was made from another state of it.

    The ``.mo`` carries the date of its ``.po``: a checkout of an older file is noticed too.
    """
    compiled = []
    for catalogue in catalogues(root):
        for source in sorted(catalogue.locale.glob("*/LC_MESSAGES/django.po")):
            target = source.with_suffix(".mo")
            date = source.stat().st_mtime_ns
            if not target.exists() or target.stat().st_mtime_ns != date:
                compile_one(source, target, date)
                compiled.append(target)
    return compiled


def compile_one(source: Path, target: Path, date: int) -> None:
    """Put the compiled file in place in one step: several processes may do this at once."""
    content = polib.pofile(str(source), encoding="utf-8").to_binary()
    handle, name = tempfile.mkstemp(dir=source.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(content)
    unfinished = Path(name)
    unfinished.chmod(0o644)
    os.utime(unfinished, ns=(date, date))
    unfinished.replace(target)
