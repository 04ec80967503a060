"""Tables whose cells are translated: wagtail-localize passes over blocks it does not know."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.segments.types import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.strings import extract_strings, restore_strings


class TranslatedTableBlock(TypedTableBlock):
    """Headings, cells and caption as segments, each named by where it stands."""

    def get_translatable_segments(self, value: TypedTable) -> list[Any]:
        segments: list[Any] = [StringSegmentValue("caption", value.caption or "")]
        for place, column in enumerate(value.columns):
            segments.append(StringSegmentValue(f"heading-{place}", column["heading"] or ""))
        for number, row in enumerate(value.row_data):
            for place, cell in enumerate(row["values"]):
                segments += _segments_of(f"cell-{number}-{place}", cell)
        return segments

    def restore_translated_segments(self, value: TypedTable, segments: list[Any]) -> TypedTable:
        found: dict[str, list[Any]] = defaultdict(list)
        for segment in segments:
            found[segment.path].append(segment)
        columns = [
            {**column, "heading": _text(found[f"heading-{place}"], column["heading"])}
            for place, column in enumerate(value.columns)
        ]
        rows = [
            {
                "values": [
                    _restored(found[f"cell-{number}-{place}"], cell)
                    for place, cell in enumerate(row["values"])
                ]
            }
            for number, row in enumerate(value.row_data)
        ]
        return TypedTable(columns, rows, _text(found["caption"], value.caption))


def _segments_of(path: str, cell: Any) -> list[Any]:
    if isinstance(cell, RichText):
        template, strings = extract_strings(cell.source)
        head = TemplateSegmentValue(path, "html", template, len(strings))
        return [head, *(StringSegmentValue(path, text, attrs=attrs) for text, attrs in strings)]
    return [StringSegmentValue(path, cell or "")]


def _text(segments: list[Any], otherwise: Any) -> Any:
    return segments[0].render_text() if segments else otherwise


def _restored(segments: list[Any], cell: Any) -> Any:
    if not isinstance(cell, RichText):
        return _text(segments, cell)
    if not segments:
        return cell
    _format, template, strings = organise_template_segments(segments)
    return RichText(restore_strings(template, strings))
