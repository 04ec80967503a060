"""A link that leads to a page of the site or elsewhere, and pages chosen for a list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from .. import access
from ..languages import in_language_of_reader
from ..memo import hold
from .remembered import LinkedPageBlock


def reader(parent_context: dict[str, Any] | None) -> Any:
    """Who reads the page a block stands in; nobody in particular where there is no request."""
    request = (parent_context or {}).get("request")
    return getattr(request, "user", None) or AnonymousUser()


def may_be_linked(page: Page | None, user: Any) -> bool:
    """May this reader know of the page a link leads to? A link to elsewhere anybody may know.

    Title and address of a hidden page are words of it. What everybody may know is remembered,
    so that a public page asks nothing; for the others the reader is asked.
    """
    if page is None:
        return True

    def known_to(somebody: Any) -> bool:
        pages = Page.objects.filter(pk=page.pk)
        return bool(access.visible_to(somebody, pages, doors=True).exists())

    if hold(f"linked:{page.pk}", lambda: known_to(AnonymousUser())):
        return True
    return user.is_authenticated and known_to(user)


class LinkValue(blocks.StructValue):
    """Where a link leads and what it says."""

    @property
    def address(self) -> str:
        """Address of the target; empty when the page was deleted or is not published."""
        page = self.get("page")
        if page is not None:
            page = in_language_of_reader(page)
            return page.url or "" if page.live else ""
        return self.get("url") or ""

    @property
    def words(self) -> str:
        page = self.get("page")
        if label := self.get("label"):
            return str(label)
        return in_language_of_reader(page).title if page is not None else ""


class LinkBlock(blocks.StructBlock):
    """One target, inside or outside, and the words of the link."""

    label = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)
    page = LinkedPageBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or address elsewhere"), required=False)

    class Meta:
        value_class = LinkValue
        icon = "link"
        label = _("Link")
        template = "blocks/link.html"
        preview_value = {"label": "Voir l’agenda", "page": None, "url": "https://example.org/"}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value.get("page") and value.get("url"):
            message = ValidationError(_("Choose a page or an address, not both."))
            raise StructBlockValidationError({"url": message})
        if value.get("url") and not value.get("label"):
            message = ValidationError(_("A link to another site needs words of its own."))
            raise StructBlockValidationError({"label": message})
        return value


def readable_pages(pages: list[Page | None], user: Any) -> list[Page]:
    """``pages`` in their order, without those that are gone or closed to ``user``.

    Each in the language that is read where it is translated. One query for them all, and one a
    page type to know their summaries and pictures.
    """
    chosen = [page for page in pages if page is not None]
    if not chosen:
        return []
    language = get_language() or settings.LANGUAGE_CODE
    wanted = Q(pk__in=[page.pk for page in chosen])
    if language != settings.LANGUAGE_CODE:
        keys = [page.translation_key for page in chosen]
        wanted |= Q(translation_key__in=keys, locale__language_code=language)
    found = access.visible_to(user, Page.objects.filter(wanted), doors=True).specific()
    by_id = {page.pk: page for page in found}
    numbers = {page.pk for page in chosen}
    translated = {page.translation_key: page for page in found if page.pk not in numbers}
    shown = [translated.get(page.translation_key) or by_id.get(page.pk) for page in chosen]
    return [page for page in shown if page is not None]
