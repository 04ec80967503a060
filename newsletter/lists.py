"""The letters one can subscribe to: the general one, one for each mission, the members' one.

A list is known by a key: ``general``, ``membres``, or the slug of a mission, which is the same
in every language. Its words are those of the language it is shown in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from site_cocagne.core.models import Mission

if TYPE_CHECKING:
    from .models import NewsletterPage

GENERAL = "general"
MEMBERS = "membres"

Lists = dict[str, str]  # key → words, in the order they are shown


def all_lists(language: str) -> Lists:
    """Every list there is, in words of that language (one query)."""
    with translation.override(language):
        words = {GENERAL: _("The letter of the network")}
        missions = Mission.objects.in_language(language).values_list("slug", "name")
        words |= {slug: name for slug, name in missions if slug not in (GENERAL, MEMBERS)}
        words[MEMBERS] = _("The letter of the members (for people affiliated to a garden)")
    return words


def offered_on(page: NewsletterPage) -> Lists:
    """The lists a page offers: the general one first, then its missions, or all of them."""
    lists = all_lists(page.locale.language_code)
    chosen = {row.mission.slug for row in page.mission_rows.select_related("mission")}
    return {
        key: words
        for key, words in lists.items()
        if key == GENERAL
        or (key == MEMBERS and page.offers_members_list)
        or (key != MEMBERS and (not chosen or key in chosen))
    }
