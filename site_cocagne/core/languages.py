"""What a thing of one language points to, in its own language where that exists.

Rows are settled when something is saved (``models/rows.py``), and here when an entry is translated
later; links to pages are settled when somebody reads them.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.utils.translation import get_language
from modelcluster.fields import ParentalKey
from wagtail.models import GroupPagePermission, Locale, Page, TranslatableMixin, WorkflowPage
from wagtail_localize.models import TranslationSource

from .gone import forget_stand_ins, leave_gaps
from .memo import remember
from .models.rows import snippet_keys


def served_locales() -> QuerySet[Locale]:
    """The languages of the site, the source first. One that was switched off keeps its pages."""
    codes = [code for code, _name in settings.CONTENT_LANGUAGE_NAMES]
    return Locale.objects.filter(language_code__in=codes).order_by("pk")


def languages_of_translation() -> QuerySet[Locale]:
    return served_locales().exclude(language_code=settings.LANGUAGE_CODE)


def take_up(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    """An entry translated after the pages that name it: their rows name it from now on."""
    if not created or kwargs.get("raw") or not issubclass(sender, TranslatableMixin):
        return
    if issubclass(sender, Page) or instance.locale.language_code == settings.LANGUAGE_CODE:
        return
    kin = sender.objects.filter(translation_key=instance.translation_key).values("pk")
    for model, field, parent in _row_models(sender):
        model._default_manager.filter(
            **{f"{parent}__locale_id": instance.locale_id, f"{field}__in": kin}
        ).update(**{field: instance.pk})


def _row_models(target: type[Any]) -> list[tuple[type[models.Model], str, str]]:
    """Kinds of row that name ``target``: the model, its key, and the key of what it stands in."""
    found: list[tuple[type[models.Model], str, str]] = []
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model = relation.related_model
        parents = [f.name for f in model._meta.fields if isinstance(f, ParentalKey)]
        if parents and relation.field in snippet_keys(model):
            found.append((model, relation.field.name, parents[0]))
    return found


# --- rights ---------------------------------------------------------------------------------------


def inherit_rights(sender: type[Any], instance: Any, created: bool, **kwargs: Any) -> None:
    """A translation of a page that rights or a workflow hang on has them too.

    They are given on the homes and the brand sections of all languages: without this nobody could
    edit the home of a new language before ``sync_roles`` ran once more.
    """
    if not created or kwargs.get("raw") or not issubclass(sender, Page):
        return
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        return
    kin = {"page__translation_key": instance.translation_key}
    kin["page__locale__language_code"] = settings.LANGUAGE_CODE
    for right in GroupPagePermission.objects.filter(**kin):
        GroupPagePermission.objects.get_or_create(
            group_id=right.group_id, page_id=instance.pk, permission_id=right.permission_id
        )
    for review in WorkflowPage.objects.filter(**kin):
        WorkflowPage.objects.get_or_create(
            page_id=instance.pk, defaults={"workflow_id": review.workflow_id}
        )


# --- links to pages -------------------------------------------------------------------------------


def in_language_of_reader(page: Page) -> Page:
    """The published translation of a linked page in the language that is read, else the page.

    A story keeps the number of the page that its source names. In the source language nothing
    is asked; elsewhere the answer is kept until something is saved.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return page

    def find() -> int | None:
        kin = Page.objects.filter(
            translation_key=page.translation_key, locale__language_code=language, live=True
        )
        return kin.values_list("pk", flat=True).first()

    number = remember(f"kin:{language}:{page.pk}", find)
    if number is None or number == page.pk:
        return page
    return Page.objects.filter(pk=number).first() or page


# --- drafts ---------------------------------------------------------------------------------------


def keep_drafts_apart() -> None:
    """A translation saved as a draft leaves what is published as it is.

    wagtail-localize 1.14 writes the fields of the page itself before it makes the revision, so
    that a draft of a published translation is online at once, unread. What was published is put
    back. This may go when ``create_or_update_translation(publish=False)`` saves a revision only.
    """
    original: Any = TranslationSource.create_or_update_translation
    if getattr(original, "keeps_drafts_apart", False):
        return

    def create_or_update_translation(
        self: TranslationSource, locale: Locale, *args: Any, **kwargs: Any
    ) -> Any:
        publish = kwargs.get("publish", args[1] if len(args) > 1 else True)
        published = None if publish else _published(self, locale)
        content = published.serializable_data() if published is not None else None
        with transaction.atomic():
            forget_stand_ins(self, locale)
            result = said_plainly(original, self, locale, *args, **kwargs)
            if published is not None:
                page = type(published)._default_manager.get(pk=published.pk)
                page.with_content_json(content).save(clean=False)
        return result

    create_or_update_translation.keeps_drafts_apart = True  # type: ignore[attr-defined]
    TranslationSource.create_or_update_translation = create_or_update_translation


def said_plainly(make: Any, *args: Any, **kwargs: Any) -> Any:
    """wagtail-localize 1.14 stumbles over an error that names no field, such as a title's."""
    try:
        return make(*args, **kwargs)
    except AttributeError as error:
        if isinstance(error.__context__, ValidationError):
            raise ValidationError(error.__context__.messages) from error
        raise


def _published(source: TranslationSource, locale: Locale) -> Any:
    """The page as it is online in ``locale``; nothing where none is."""
    model: Any = source.specific_content_type.model_class()
    if model is None or not issubclass(model, Page):
        return None
    return model._default_manager.filter(
        translation_key=source.object_id, locale=locale, live=True, alias_of__isnull=True
    ).first()


def watch() -> None:
    """Called when the app is ready."""
    post_save.connect(take_up, dispatch_uid="languages.taken_up")
    post_save.connect(inherit_rights, dispatch_uid="languages.rights")
    keep_drafts_apart()
    leave_gaps()
