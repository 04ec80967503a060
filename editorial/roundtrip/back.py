"""The file that comes back: read, judged as a whole, taken as drafts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import polib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .. import translation_sync
from ..markup import fault_of_markup
from ..quality import faults_of
from ..sentences import faults_of_translation, translation_of
from .file import END, ENTRIES, LARGEST, MADE, SECTION, pages_of

TOOL = "PO"  # how a sentence that came by such a file is marked
A_GLANCE = 60  # letters of a sentence by which it is recognised
TOLD = 50  # faults shown of a file that is wrong all through


class RefusedError(Exception):
    """A file of which nothing was taken; ``faults`` says why, in the words of the reader."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults[:TOLD]
        self.more = len(faults) - len(self.faults)


@dataclass
class Incoming:
    """What became of a file that came back."""

    drafts: list[Page] = field(default_factory=list)
    submitted: int = 0
    taken: int = 0
    same: int = 0
    empty: int = 0
    # What changed here since the file left, in words.
    meanwhile: list[str] = field(default_factory=list)
    # Drafts that were not sent to review, with what keeps them back.
    held: list[str] = field(default_factory=list)


def parse(data: bytes) -> polib.POFile:
    """The file, whosever it is; ``RefusedError`` where it is none."""
    if len(data) > LARGEST:
        raise RefusedError([_("This file is too large.")])
    try:
        # The line break: polib would open a text of one line as the name of a file.
        return polib.pofile("\n" + data.decode("utf-8-sig").replace("\x00", "\ufffd"))
    except (ValueError, OSError, IndexError) as error:
        raise RefusedError([_("This is no PO file, or a damaged one.")]) from error


def read(data: bytes, section: Page, locale: Locale) -> polib.POFile:
    """The file, if it is whole and of this section and language; ``RefusedError`` otherwise."""
    file = parse(data)
    if file.metadata.get(SECTION) != str(section.translation_key):
        raise RefusedError([_("This file is of another section or page.")])
    if file.metadata.get("Language") != locale.language_code:
        raise RefusedError([_("This file is of another language.")])
    if made_at(file) is None:
        raise RefusedError([_("This file is damaged: some of its sentences are missing.")])
    judge(file)
    return file


def judge(file: polib.POFile) -> None:
    """Is it whole, and are its tags those of the source? ``RefusedError`` otherwise.

    A wrong tag would show the source's words, and say nothing.
    """
    if file.metadata.get(ENTRIES) != str(sum(not entry.obsolete for entry in file)):
        raise RefusedError([_("This file is damaged: some of its sentences are missing.")])
    faults = [
        f"{entry.comment or entry.msgctxt} – {fault}"
        for entry in sentences(file)
        if (fault := fault_of_markup(entry.msgid, entry.msgstr))
    ]
    if faults:
        raise RefusedError(faults)


def made_at(file: polib.POFile) -> datetime.datetime | None:
    try:
        made = parse_datetime(file.metadata.get(MADE, ""))
    except ValueError:
        return None
    return made if made is not None and timezone.is_aware(made) else None


def sentences(file: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in file if not entry.obsolete and entry.msgctxt != END.msgctxt]


def take_back(
    data: bytes, section: Page, locale: Locale, user: Any, *, submit: bool = False
) -> Incoming:
    """Save what the file translates as drafts, and send them to review if asked to."""
    file, faults = read(data, section, locale), list[str]()
    by_page: dict[str, list[polib.POEntry]] = {}
    for entry in sentences(file):
        by_page.setdefault((entry.msgctxt or "").partition(":")[0], []).append(entry)
    with transaction.atomic():
        report = Incoming()
        pages = {str(page.translation_key): page for page in pages_of(section)}
        made = made_at(file)
        for key, entries in by_page.items():
            if key not in pages:
                words = entries[0].comment.partition(" – ")[0] or key
                report.meanwhile.append(
                    _("“%(page)s” was deleted, moved or unpublished.") % {"page": words}
                )
            else:
                _take_page(pages[key], entries, locale, user, made, report, faults)
        if faults:
            raise RefusedError(faults)
        for key, page in pages.items():
            if key not in by_page and is_new(page, made):
                words = _("“%(page)s” was published since and is not in the file.")
                report.meanwhile.append(words % {"page": page.title})
        if submit:
            for page in report.drafts:
                _submit(page, user, report)
    return report


def is_new(page: Page, made: datetime.datetime | None) -> bool:
    at = page.first_published_at
    return at is not None and made is not None and at > made


def _take_page(
    page: Page,
    entries: list[polib.POEntry],
    locale: Locale,
    user: Any,
    made: datetime.datetime | None,
    report: Incoming,
    faults: list[str],
) -> None:
    """One page of the file; what does not pass is added to ``faults``."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=True
    ).first()
    if translation is None or not page.permissions_for_user(user).can_edit():
        report.meanwhile.append(_("“%(page)s” is not translated any more.") % {"page": page.title})
        return
    late = translation_sync.is_behind(translation.source, page)
    if late:
        translation.source.update_from_db()
    before = report.taken
    faults += _take_words(Words(translation, page), entries, user, made, report)
    if report.taken == before:
        return
    try:
        if late:
            translation_sync.bring_up_to_date(translation.source, user)
        else:
            translation.save_target(user=user, publish=False)
    except ValidationError as error:
        faults.append(f"{page.title} – {' '.join(error.messages)}")
    else:
        report.drafts.append(page.get_translation(locale).specific)


class Words:
    """The sentences of a page: those of the source, and what they are in the other language."""

    def __init__(self, translation: Translation, page: Page) -> None:
        self.page, self.locale = page, translation.target_locale
        segments = StringSegment.objects.filter(source=translation.source)
        self.segments = {
            (segment.context.path, segment.string.data): segment
            for segment in segments.select_related("string", "context")
        }
        known = StringTranslation.objects.filter(
            locale=self.locale, context__object_id=translation.source.object_id
        )
        self.known = {(each.context_id, each.translation_of_id): each for each in known}

    def of(self, segment: StringSegment) -> StringTranslation | None:
        return self.known.get((segment.context_id, segment.string_id))


def _take_words(
    words: Words,
    entries: list[polib.POEntry],
    user: Any,
    made: datetime.datetime | None,
    report: Incoming,
) -> list[str]:
    """Keep the sentences of a page; returns what is wrong with some of them."""
    seen, gone, kept, faults = set(), 0, 0, []
    for entry in entries:
        place = ((entry.msgctxt or "").partition(":")[2], entry.msgid)
        segment = words.segments.get(place)
        seen.add(place)
        if segment is None:
            gone += 1
            continue
        if not entry.msgstr or "fuzzy" in entry.flags:
            report.empty += 1
            continue
        here = words.of(segment)
        if here is not None and here.data == entry.msgstr:
            report.same += 1
        elif here is not None and made is not None and was_made_here(here, made):
            kept += 1
        else:
            fault = _keep(segment, words.locale, entry.msgstr, user)
            faults += [f"{words.page.title} – {entry.msgid[:A_GLANCE]} – {fault}"] if fault else []
            report.taken += 1
    tell_meanwhile(report, words.page, gone, kept, len(words.segments.keys() - seen))
    return faults


def was_made_here(sentence: StringTranslation, made: datetime.datetime) -> bool:
    """Since the file left, and by hand: a file that comes back a second time corrects the first."""
    return sentence.updated_at > made and sentence.tool_name != TOOL


def _keep(segment: StringSegment, locale: Locale, text: str, user: Any) -> str:
    """Keep a sentence; what is wrong with it, if anything."""
    sentence, _created = StringTranslation.objects.update_or_create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=locale,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": TOOL,
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    return sentence.get_error() or ""


def tell_meanwhile(report: Incoming, page: Page, gone: int, kept: int, new: int) -> None:
    """What changed on a page since the file left; nothing where nothing did."""
    told = []
    if gone:
        told.append(_("sentences rewritten in the source, not taken: %d") % gone)
    if kept:
        told.append(_("sentences translated here in the meantime, kept: %d") % kept)
    if new:
        told.append(_("new sentences that the file does not have: %d") % new)
    if told:
        report.meanwhile.append(f"{page.title} – {', '.join(told)}")


def _submit(page: Page, user: Any, report: Incoming) -> None:
    """Send a draft to review; what a person would have to answer first keeps it back."""
    translation = translation_of(page)
    found = faults_of(page.get_latest_revision_as_object())
    if translation is not None:
        found = [*faults_of_translation(translation), *found]
    if found:
        reasons = " ".join(fault.message for fault in found)
        report.held.append(f"{page.draft_title} – {reasons}")
        return
    translation_sync.submit(page, user)
    report.submitted += 1
