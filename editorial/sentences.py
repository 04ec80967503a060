"""The sentences of a translation: what is wrong with one is kept with it, and told before a review.

wagtail-localize keeps what it is given. A sentence that it can make nothing of is passed over when
the page is built: the source's words appear in its place, and nobody is told.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Subquery
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize import models as localize
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from .markup import fault_of_tags
from .quality import Fault, Weight
from .translation_sync import is_behind


def translation_of(page: Page) -> Translation | None:
    """The running translation that this page is the target of."""
    found: Translation | None = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    return found


def has_news(page: Page) -> bool:
    """Is there a draft, or a sentence that was translated after the page was last made of them?"""
    translation = translation_of(page)
    if page.has_unpublished_changes or translation is None:
        return bool(page.has_unpublished_changes)
    at = {"source": translation.source_id, "locale": translation.target_locale_id}
    made = TranslationLog.objects.filter(**at).order_by("-created_at").values("created_at")[:1]
    touched = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        updated_at__gt=Subquery(made),
    )
    return touched.exists()


def faults_of_translation(translation: Translation) -> list[Fault]:
    """What its readers would find in the source's language, and a source that has changed since."""
    segments = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug")
    asked = set(segments.values_list("string_id", "context_id"))
    given = {
        (string, context): wrong
        for string, context, wrong in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        ).values_list("translation_of_id", "context_id", "has_error")
    }
    wrong = sum(given.get(place, False) for place in asked)
    missing = len(asked - given.keys())
    found = []
    if wrong:
        found.append(Fault("", _of_wrong(wrong)))
    if missing:
        found.append(Fault("", _of_missing(missing), Weight.WARNING))
    source = translation.source.object.get_instance_or_none(translation.source.locale)
    if isinstance(source, Page) and is_behind(translation.source, source):
        words = _("The source has changed since: bring the translation up to date.")
        found.append(Fault("", words, Weight.WARNING))
    return found


def _of_wrong(number: int) -> str:
    return ngettext(
        "%(number)d sentence is translated with a mistake, marked at its place; the source’s "
        "words would appear.",
        "%(number)d sentences are translated with a mistake, marked at their places; the source’s "
        "words would appear.",
        number,
    ) % {"number": number}


def _of_missing(number: int) -> str:
    return ngettext(
        "%(number)d sentence is not translated; the source’s words will appear.",
        "%(number)d sentences are not translated; the source’s words will appear.",
        number,
    ) % {"number": number}


# --- as they are saved ----------------------------------------------------------------------------


def mark_fault(sender: Any, instance: StringTranslation, **kwargs: Any) -> None:
    """wagtail-localize lets through a comment that hides a script, or a tag left open.

    What is longer than its column it finds out when it saves: PostgreSQL has refused by then.
    """
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and "data" not in fields):
        return
    fault = fault_of_tags(instance.translation_of.data, instance.data) or fault_of_length(instance)
    if fault:
        instance.has_error, instance.field_error = True, fault
    elif not instance.has_error:
        instance.field_error = ""


def fault_of_length(sentence: StringTranslation) -> str:
    """A field of the page or of one of its rows has a length; what stands in a story has none."""
    longest = _longest(sentence.context) if sentence.context is not None else None
    if not longest or len(StringValue(sentence.data).render_text()) <= longest:
        return ""
    return _("%d characters at most") % longest


def _longest(context: TranslationContext) -> int | None:
    """How many letters the field of a sentence holds; nothing where that is not limited."""
    kinds = TranslationSource.objects.filter(object_id=context.object_id)
    kind = kinds.values_list("specific_content_type", flat=True).first()
    model: Any = ContentType.objects.get_for_id(kind).model_class() if kind else None
    name, *inside = context.path.split(".")
    try:
        field = model._meta.get_field(name) if model is not None else None
        if inside and field is not None and field.related_model is not None:
            field = field.related_model._meta.get_field(inside[-1])
    except FieldDoesNotExist:  # the words of a field that is gone
        return None
    return getattr(field, "max_length", None)


def retitle(sender: Any, instance: StringTranslation, **kwargs: Any) -> None:
    """The title of a translation in lists, while it waits to be saved.

    wagtail-localize 1.14 writes it down as it was typed: with its tags and entities, and longer
    than its column, where PostgreSQL refuses. This takes the place of what it does.
    """
    if kwargs.get("raw") or instance.context is None or instance.context.path != "title":
        return
    words = "" if instance.has_error else StringValue(instance.data).render_text()
    targets = Page.objects.filter(
        translation_key=instance.context.object_id, locale_id=instance.locale_id
    )
    longest = Page._meta.get_field("draft_title").max_length
    if words:
        targets.update(draft_title=words[:longest])


def watch() -> None:
    """Called when the app is ready."""
    pre_save.connect(mark_fault, sender=StringTranslation, dispatch_uid="sentences.fault")
    post_save.disconnect(localize.post_save_string_translation, sender=StringTranslation)
    post_save.connect(retitle, sender=StringTranslation, dispatch_uid="sentences.title")
