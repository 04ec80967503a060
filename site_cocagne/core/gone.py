"""A picture, document or page that was deleted leaves a gap in translations, as in their source.

wagtail-localize 1.14 breaks off there: the copy of the source that it keeps, and what was chosen
for one language alone, name the thing still. What stands here may go when it looks first.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import ForeignKey
from wagtail.models import Locale
from wagtail_localize.models import SegmentOverride, TranslationSource
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter


def leave_gaps() -> None:
    """In a story: nothing where the thing is gone, the source's where its stand-in is."""
    writer: Any = StreamFieldSegmentsWriter
    if getattr(writer, "leaves_gaps", False):
        return
    of_image, of_related = writer.handle_image_block, writer.handle_related_object_block

    def handle_image_block(self: Any, block: Any, value: Any, segments: Any) -> Any:
        return None if value is None else of_image(self, block, value, segments)

    def handle_related_object_block(self: Any, value: Any, segments: Any) -> Any:
        if value is None:
            return None
        try:
            return of_related(self, value, segments)
        except ObjectDoesNotExist:
            return value

    writer.handle_image_block = handle_image_block
    writer.handle_related_object_block = handle_related_object_block
    writer.leaves_gaps = True


def forget_stand_ins(source: TranslationSource, locale: Locale) -> None:
    """In a field: what was chosen for this language and is gone was never chosen."""
    model: Any = source.specific_content_type.model_class()
    chosen = SegmentOverride.objects.filter(locale=locale, context__object_id=source.object_id)
    for override in chosen.exclude(context__path__contains=".").select_related("context"):
        try:
            field = model._meta.get_field(override.context.path)
        except FieldDoesNotExist:
            continue
        if isinstance(field, ForeignKey) and not exists(field, override.data):
            override.delete()


def exists(field: Any, number: Any) -> bool:
    is_key = isinstance(number, int) and not isinstance(number, bool)
    return is_key and field.related_model._default_manager.filter(pk=number).exists()
