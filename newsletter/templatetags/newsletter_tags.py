"""What the sign-up form of any page needs to know."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from site_cocagne.core.memo import remember

from ..views import current_page

register = template.Library()


@register.simple_tag
def newsletter_form() -> dict[str, Any] | None:
    """Where the form posts, and the words one agrees to, in the language being written.

    None while no newsletter page of that language is published: no form is shown then. The same
    for every visitor, so that pages with a form are cached whole; remembered until something
    is published.
    """
    language = get_language() or settings.LANGUAGE_CODE
    found: dict[str, Any] | None = remember(f"newsletter:{language}", _letter_form)
    return found


def _letter_form() -> dict[str, Any] | None:
    page = current_page()
    if page is None:
        return None
    return {
        "action": reverse("newsletter:subscribe"),
        "page": page.url,
        "consent": mark_safe(expand_db_html(page.consent_text)),  # noqa: S308 (Wagtail's own)
    }
