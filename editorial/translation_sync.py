"""Bringing translations up to date with their source: as drafts, all of them or none.

wagtail-localize keeps one copy of the source for all languages. Whoever renews it renews every
running translation with it: one that stayed behind would look up to date.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from .publication import start_review


@transaction.atomic
def bring_up_to_date(source: TranslationSource, user: Any) -> list[Translation]:
    """Take the source as it is now and save each running translation of it as a draft.

    Raises ``ValidationError`` where one of them does not pass, and ``ObjectDoesNotExist`` where
    the source was deleted: nothing is kept then.
    """
    source.update_from_db()
    running = list(source.translations.filter(enabled=True).select_related("target_locale"))
    for translation in running:
        translation.source = source
        translation.save_target(user=user, publish=False)
    return running


@transaction.atomic
def begin(page: Page, locale: Locale, user: Any) -> Translation:
    """Submit a page for translation: a draft in that language, French until it is translated."""
    source, _created = TranslationSource.get_or_create_from_instance(page)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    if source.translations.filter(enabled=True).count() > 1 and not is_behind(source, page):
        translation.save_target(user=user, publish=False)
    else:
        bring_up_to_date(source, user)
    return translation


def is_behind(source: TranslationSource, page: Page) -> bool:
    """Was the page published after its translations were last renewed?"""
    at = page.last_published_at
    return at is not None and at > source.last_updated_at


def submit(page: Page, user: Any) -> None:
    """Put a draft before those who approve, unless it lies there already."""
    state = page.current_workflow_state
    waiting = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    if not waiting and page.get_workflow() is not None:
        start_review(page, user)
