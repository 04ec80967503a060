"""Lists that the admin gives out as files: what a visitor typed never runs in a spreadsheet."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.snippets import IndexView

# A cell that begins so is a formula for one spreadsheet or another (OWASP, CSV injection).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(value: Any) -> Any:
    """Text that cannot be taken for a formula; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


class PlainExport(IndexView):
    """A list of Wagtail's whose export holds no formula."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return plain(super().preprocess_field_value(field, value, export_format))
