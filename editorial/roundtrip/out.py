"""The section as one PO file that leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polib
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, Translation

from .. import translation_sync
from .file import MADE, SECTION, pages_of, seal


@dataclass
class Outgoing:
    """A file that leaves, and what could not be put into it."""

    text: str
    pages: int
    left_out: list[str] = field(default_factory=list)


def export(section: Page, locale: Locale, user: Any) -> Outgoing:
    """The section as one PO file. A page that is not translated or is late gets a draft."""
    made = timezone.now()
    file = polib.POFile(wrapwidth=100)
    out = Outgoing("", 0)
    for page in pages_of(section):
        try:
            translation = prepare(page, locale, user)
        except ValidationError as error:
            out.left_out.append(f"{page.title} – {' '.join(error.messages)}")
            continue
        file.extend(entries_of(page, translation))
        out.pages += 1
    # Comments of the file: who opens it knows what is not in it.
    file.header = "\n".join(out.left_out)
    file.metadata = {
        "Language": locale.language_code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        SECTION: str(section.translation_key),
        MADE: made.isoformat(),
    }
    seal(file)
    out.text = f"{file}\n"
    return out


def prepare(page: Page, locale: Locale, user: Any) -> Translation:
    """A running translation that is up to date; raises ``ValidationError`` where none can be."""
    if not page.permissions_for_user(user).can_edit():
        raise ValidationError(_("You may not edit this page."))
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=True
    ).first()
    if found is not None:
        if translation_sync.is_behind(found.source, page):
            translation_sync.bring_up_to_date(found.source, user)
        return found
    if page.has_translation(locale):
        raise ValidationError(_("Its translation no longer follows the source."))
    if page.depth > 2 and not page.get_parent().has_translation(locale):
        raise ValidationError(_("Translate the page above first."))
    return translation_sync.begin(page, locale, user)


def entries_of(page: Page, translation: Translation) -> list[polib.POEntry]:
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    words = segments.select_related("string", "context").annotate_translation(
        translation.target_locale, include_errors=True
    )
    found: dict[tuple[str, str], polib.POEntry] = {}
    for segment in words:
        context = f"{page.translation_key}:{segment.context.path}"
        found.setdefault(
            (context, segment.string.data),
            polib.POEntry(
                msgctxt=context,
                msgid=segment.string.data,
                msgstr=segment.translation or "",
                comment=f"{page.title} – {segment.context.path.split('.')[0]}",
            ),
        )
    return list(found.values())
