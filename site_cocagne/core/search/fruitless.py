"""Searches that found nothing, as plain words with counts: what the team could write next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from ..models import FruitlessSearch
from ..robots import is_robot

if TYPE_CHECKING:
    from django.http import HttpRequest

MAX_A_DAY = 2000  # different words; beyond this somebody is playing
PERSONAL = re.compile(r"@|\d{6,}|https?:")  # an address, a telephone number, a link


def note(words: str, language: str, request: HttpRequest) -> None:
    """Count these words for today, unless a robot asked or they could name somebody."""
    if is_robot(request) or PERSONAL.search(words.replace(" ", "")):
        return
    text = words.casefold()[:80]
    day = timezone.localdate()
    known = FruitlessSearch.objects.filter(day=day, language=language, words=text)
    if known.update(count=F("count") + 1):
        return
    if FruitlessSearch.objects.filter(day=day).count() < MAX_A_DAY:
        FruitlessSearch.objects.bulk_create(
            [FruitlessSearch(day=day, language=language, words=text, count=1)],
            ignore_conflicts=True,
        )
