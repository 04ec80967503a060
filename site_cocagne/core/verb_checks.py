"""Code that shows pages, documents or pictures asks the verbs of ``core.access`` for them.

A raw ``.live()`` that reaches a visitor leaks. This check reads the source: each place that
picks what is published by itself must stand in ``ALLOWED``, with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from .checks import OUR_LABELS

# These walk the tree or pick what is published, and know nothing of who looks.
RAW_VERBS = {
    *("live", "not_live", "public", "not_public", "private"),
    *("get_children", "get_descendants", "get_siblings", "get_next_sibling", "get_prev_sibling"),
    *("get_next_siblings", "get_prev_siblings"),
}
SHOWN_MODELS = {"Page", "SiteDocument", "SiteImage"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
HINT = re.compile(rf"\.(?:{'|'.join(sorted(RAW_VERBS))})\(|\blive=True|\.all\(\)")
# Where the rule itself is written.
THE_RULE = {"site_cocagne/core/access.py"}

# ``file:function`` and why nothing of it reaches a visitor without the verbs.
ALLOWED = {
    "editorial/desk/calendar.py:going_down": "the desk: pages of the sections its reader works in",
    "editorial/links.py:internal_findings": "the nightly check of links, whose findings the desk "
    "shows to those who work on the page",
    "editorial/links.py:references_to": "editors are told what links to a page they take away",
    "editorial/management/commands/run_checks.py:pages": "the nightly check reads every page",
    "editorial/schedule.py:is_late": "asks whether anything waits to be published, and shows none",
    "editorial/farewell.py:FarewellForm": "an editor chooses where a page taken away leads to",
    "editorial/farewell.py:following": "translations that go offline with the page that an editor "
    "takes away",
    "editorial/farewell.py:leaving_with": "what goes offline with the pages an editor takes away",
    "editorial/desk/work.py:in_chosen_parts": "narrows steps of work that are one’s own already",
    "editorial/management/commands/translate_section.py:find_section": "the operator’s own command",
    "editorial/roundtrip/file.py:pages_of": "sections that an editor may work in, for a translator",
    "editorial/views/roundtrip.py:__init__": "sections that this editor may work in",
    "events/signals.py:next_end": "a moment only: when cached lists say another thing",
    "editorial/farewell.py:send_readers_on": "an old address leads on; the door is asked there",
    "events/proposals.py:agenda_for": "where a proposal is filed; an agenda is open to all",
    "events/series.py:_slug": "addresses that are taken already; none is told",
    "events/translations.py:share_facts": "dates and places are written on the kin of an event",
    "events/forms.py:_note_previous_date": "the event that is edited: is it announced?",
    "home/audit/closed.py:__init__": "the audit compares with what is closed; it shows to nobody",
    "resources/tally.py:_concerned": "is there anything to count? Nothing is shown",
    "resources/tally.py:facts_of": "the tally holds all, each under who may see it",
    "resources/tally.py:rebuild": "the tally holds all, each under who may see it",
    "site_cocagne/core/languages.py:_published": "a translation is compared with what is online",
    "site_cocagne/core/languages.py:find": "a number only; the page is as closed as its kin",
    "site_cocagne/core/search/entries.py:rebuild": "the index holds all, each with its exposure; "
    "what is found goes through visible_to",
    "site_cocagne/core/blocks/story.py:get_preview_value": "an example in the admin’s block list",
    "newsletter/blocks.py:get_preview_value": "an example in the admin’s block list",
}


def faults_in(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, name of the function or class around it, what is wrong) for each raw verb."""
    if HINT.search(source):
        yield from _walk(ast.parse(source), "")


def _walk(node: ast.AST, around: str) -> Iterator[tuple[int, str, str]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        around = node.name
    if isinstance(node, ast.Call):
        if ast.unparse(node.func) in {"visible_to", "access.visible_to"}:
            return  # whatever is handed to the verb is asked for by it
        if wrong := _what_is_raw(node):
            yield node.lineno, around, wrong
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, around)


def _what_is_raw(call: ast.Call) -> str:
    verb = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if verb in RAW_VERBS:
        return f".{verb}()"
    named = call.func.id if isinstance(call.func, ast.Name) else verb
    if named in {"filter", "get", "Q"} and any(
        word.arg == "live" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in call.keywords
    ):
        return f"{named}(live=True)"
    if verb == "all" and isinstance(call.func, ast.Attribute):
        manager = call.func.value
        if isinstance(manager, ast.Attribute) and manager.attr in MANAGERS:
            model = manager.value.id if isinstance(manager.value, ast.Name) else ""
            if model in SHOWN_MODELS or model.endswith("Page"):
                return f"{model}.{manager.attr}.all()"
    return ""


def our_sources() -> Iterator[tuple[str, Path]]:
    """(path from the project's folder, file) of the code of our apps, without migrations."""
    for label in sorted(OUR_LABELS):
        folder = Path(apps.get_app_config(label).path)
        root = folder.parent.parent if label == "core" else folder.parent
        for file in sorted(folder.rglob("*.py")):
            if "migrations" not in file.parts and "starter" not in file.parts:
                yield file.relative_to(root).as_posix(), file


@register()
def code_asks_the_verbs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Raw verbs outside the list, and lines of the list that nothing needs any more."""
    errors: list[CheckMessage] = []
    used: set[str] = set()
    for name, file in our_sources():
        if name in THE_RULE:
            continue
        for line, around, wrong in faults_in(file.read_text(encoding="utf-8")):
            place = f"{name}:{around}"
            used.add(place)
            if place not in ALLOWED:
                errors.append(
                    Error(
                        f"{wrong} shows pages or files without asking who looks.",
                        hint="Use visible_to or can_view of core.access, or give the reason in "
                        "core.verb_checks.ALLOWED.",
                        obj=f"{name}:{line} ({around})",
                        id="cocagne.E004",
                    )
                )
    errors.extend(
        Error("This place uses no raw verb any more.", obj=place, id="cocagne.E005")
        for place in sorted(ALLOWED.keys() - used)
    )
    return errors
