"""What is chosen for one language alone: a link leads where a link may."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationContext


def mark_address(sender: Any, instance: SegmentOverride, **kwargs: Any) -> None:
    """wagtail-localize puts into a link whatever it is sent; what is marked it passes over."""
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and "data_json" not in fields):
        return
    if instance.context is not None and is_address(instance.context):
        data = instance.data
        if not isinstance(data, str) or check_url(data) is None:
            instance.has_error = True
            instance.field_error = _("This address is none that a link may have.")


def is_address(context: TranslationContext) -> bool:
    """A link in a text, whose path ends with what it was; or a field that holds one."""
    if context.path.endswith("'"):
        return True
    segment = OverridableSegment.objects.filter(context=context).first()
    was = segment.data if segment is not None else None
    return isinstance(was, str) and was.startswith(("https:", "http:", "mailto:", "tel:"))


def watch() -> None:
    """Called when the app is ready."""
    pre_save.connect(mark_address, sender=SegmentOverride, dispatch_uid="overrides.address")
