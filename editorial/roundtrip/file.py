"""What the file that leaves and the file that comes back have in common."""

from __future__ import annotations

import polib
from wagtail.models import Page

SECTION, MADE, ENTRIES = "X-Cocagne-Section", "X-Cocagne-Made", "X-Cocagne-Entries"
# The last entry: a file cut short has lost it, even where a sentence was cut in two.
END = polib.POEntry(msgctxt="end", msgid="(end)", comment="Leave this one empty.")
LARGEST = 5_000_000  # bytes of a file: some ten thousand sentences


def seal(file: polib.POFile) -> None:
    """Mark the end and count the entries: a file cut on its way is noticed."""
    file.append(END)
    file.metadata[ENTRIES] = str(len(file))


def pages_of(section: Page) -> list[Page]:
    """The published pages of a section, parents first."""
    found = Page.objects.descendant_of(section, inclusive=True)
    pages = found.filter(locale_id=section.locale_id, live=True, alias_of=None).order_by("path")
    return [page.specific for page in pages.filter(depth__gte=2)]
