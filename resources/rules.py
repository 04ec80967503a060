"""The rules of use of the brand: which version holds, and who has accepted it.

Acceptances are kept with the accounts, in another app: the account is asked by its methods
``brand_rules_accepted_on`` and ``accept_brand_rules``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import Case, Value, When
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from site_cocagne.core import access

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Locale

VERSION_LENGTH = 16  # hexadecimal digits: those of the table of acceptances


@dataclass(frozen=True)
class RulesState:
    """The rules as one person meets them; ``page`` in their language where it exists there."""

    page: Any
    version: str
    accepted_on: datetime.datetime | None


def state_for(user: Any, locale: Locale) -> RulesState | None:
    """The rules of use for this person; ``None`` where none are published, or not for them.

    The text in the source language is the one that binds: its version is what is accepted,
    whichever translation was read.
    """
    pages: Any = apps.get_model("resources", "BrandPage")._default_manager
    found = list(
        access.visible_to(user, pages.filter(holds_rules=True, alias_of__isnull=True))
        .select_related("locale")
        .order_by(
            Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=1),
            "path",
        )
    )
    if not found:
        return None
    binding = found[0]
    shown = next((page for page in found if page.locale_id == locale.pk), binding)
    version = version_of(binding)
    return RulesState(shown, version, user.brand_rules_accepted_on(version))


def version_of(page: Any) -> str:
    """A digest of what the rules say. Saving the page without a change gives the same one."""
    story = _without_ids(page.body.get_prep_value() if page.body else [])
    text = json.dumps([page.title, story], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]


def _without_ids(value: Any) -> Any:
    """Ids of blocks are drawn anew by copies and imports; they are no part of what is said."""
    if isinstance(value, dict):
        return {key: _without_ids(each) for key, each in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        return [_without_ids(each) for each in value]
    return value


def ask_before(document: Any, request: HttpRequest) -> HttpResponse | None:
    """For a file of a kit, whose reader has not accepted the rules: where they are accepted.

    Asked after the door, so that somebody who may not read the file learns nothing here. The
    files of the rules themselves are free, also where a kit holds them as well.
    """
    pages: Any = apps.get_model("resources", "BrandPage")._default_manager
    used_by = pages.filter(pk__in=access.pages_that_use(document).values("pk"))
    kits = list(access.visible_to(request.user, used_by).select_related("locale"))
    if not kits or any(page.holds_rules for page in kits):
        return None
    state = state_for(request.user, kits[0].locale)
    if state is None or state.accepted_on:
        return None
    return asked_first(request, kits[0])


def asked_first(request: HttpRequest, page: Any) -> HttpResponse:
    """To the kit's page, where the rules are accepted; kept by no cache."""
    answer = redirect(f"{page.get_url(request)}#regles")
    patch_cache_control(answer, private=True, no_store=True)
    return answer
