"""Sections of a letter. Few, because each must read well in any mail program."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from site_cocagne.core.blocks.links import LinkBlock

LETTER_TEXT = ["bold", "italic", "link", "ol", "ul"]


class TextSectionBlock(blocks.StructBlock):
    """A few paragraphs under a heading."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=LETTER_TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "newsletter/blocks/text_section.html"
        preview_value = {"title": "Édito", "text": "<p>Les serres se remplissent.</p>"}


class PagesSectionBlock(blocks.StructBlock):
    """Pages of the site: their titles and summaries, read when the letter is shown or sent."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"), min_num=1, max_num=30)

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Events, resources, pages")
        template = "newsletter/blocks/pages_section.html"

    def get_preview_value(self) -> Any:
        from wagtail.models import Locale, Page

        here = Page.objects.filter(depth=3, live=True, locale=Locale.get_active())
        ids = here.values_list("pk", flat=True)[:3]
        return self.to_python({"title": "À l’agenda", "pages": list(ids)})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from site_cocagne.core import access
        from site_cocagne.core.blocks.links import readable_pages, reader

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        user = reader(parent_context)
        pages = readable_pages(list(value["pages"]), user)
        for page in pages:
            page.locked = access.is_locked_for(user, page)
        return {**context, "pages": pages}


class LetterButtonBlock(LinkBlock):
    """A link that calls for action."""

    class Meta:
        icon = "link"
        label = _("Button")
        template = "blocks/button.html"


class LetterBlock(blocks.StreamBlock):
    """What a letter is made of."""

    text = TextSectionBlock()
    pages = PagesSectionBlock()
    button = LetterButtonBlock()

    class Meta:
        template = "newsletter/blocks/sections.html"
        preview_value = [("text", {"title": "Édito", "text": "<p>Les serres se remplissent.</p>"})]
