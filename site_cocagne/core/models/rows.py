"""Rows of a translated thing name what is of its own language.

wagtail-localize copies child rows as they are: a translated page would name the French missions
and themes. Rows are pointed to the entries of its language whenever it is saved.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TranslatableMixin


class TranslatedRowsMixin(models.Model):
    """Something with child rows: they name what is of its own language."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        settle_rows(self)
        super().save(*args, **kwargs)


def snippet_keys(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The foreign keys of a kind of row that lead to something translated and not a page."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and not isinstance(field, ParentalKey)
        and issubclass(field.related_model, TranslatableMixin)
        and not issubclass(field.related_model, Page)
    ]


def settle_rows(obj: Any) -> None:
    """Point the rows of ``obj``, saved or not, to the missions and themes of its language.

    The source language is what rows are chosen in: nothing to do there, and no query.
    """
    if obj.locale.language_code == settings.LANGUAGE_CODE:
        return
    wanted: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
    for relation in get_all_child_relations(type(obj)):
        if not (fields := snippet_keys(relation.related_model)):
            continue
        for row in getattr(obj, relation.get_accessor_name()).all():
            for field in fields:
                if getattr(row, field.attname) is not None:
                    wanted[field.related_model].append((row, field))
    for model, pairs in wanted.items():
        for (row, field), found in zip(pairs, _translated(model, pairs, obj), strict=True):
            if found is not None:
                setattr(row, field.name, found)


def _translated(model: Any, pairs: list[tuple[Any, Any]], obj: Any) -> list[Any]:
    """The entry of ``obj``'s language for each row, or nothing (two queries a kind of entry)."""
    numbers = [getattr(row, field.attname) for row, field in pairs]
    keys = dict(model.objects.filter(pk__in=numbers).values_list("pk", "translation_key"))
    found = model.objects.filter(locale_id=obj.locale_id, translation_key__in=keys.values())
    by_key = {entry.translation_key: entry for entry in found}
    return [by_key.get(keys.get(number)) for number in numbers]
