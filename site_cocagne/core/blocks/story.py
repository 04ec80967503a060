"""The blocks a story is written with, on content, mission, resource and event pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from .. import access
from ..cards import card
from ..memo import hold
from .links import LinkBlock, readable_pages, reader
from .remembered import LinkedPageBlock, ShownImageBlock
from .tables import TranslatedTableBlock

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class SettingBlock(blocks.ChoiceBlock):
    """A choice that readers see the effect of, never the words: the search leaves it out."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class HeadingBlock(blocks.StructBlock):
    """A heading of level 2 or 3: level 1 is the title of the page."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = SettingBlock(
        label=_("Level"), choices=[("h2", _("Heading")), ("h3", _("Subheading"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        preview_value = {"text": "Cultiver, apprendre, repartir", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    """Text with bold, italic, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        preview_value = (
            "<p>Chaque semaine, <b>cinq à sept légumes</b> cueillis à quelques kilomètres.</p>"
        )


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text and a caption."""

    image = ShownImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=240)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"

    def get_preview_value(self) -> Any:
        from ..models import SiteImage

        return self.to_python(
            {
                "image": {"image": getattr(SiteImage.objects.first(), "pk", None)},
                "caption": "Repiquage sous la serre.",
            }
        )


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label=_("Quotation"), max_length=600)
    author = blocks.CharBlock(label=_("Who"), required=False, max_length=120)
    role = blocks.CharBlock(label=_("Role or garden"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        preview_value = {
            "text": "On vient pour un contrat, on repart avec un métier.",
            "author": "Une encadrante technique",
            "role": "dans un jardin du réseau",
        }


class CalloutBlock(blocks.StructBlock):
    """A passage set apart: good to know, or to watch out for."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = ParagraphBlock(label=_("Text"))
    tone = SettingBlock(
        label=_("Tone"),
        choices=[("note", _("Good to know")), ("important", _("Important"))],
        default="note",
    )

    class Meta:
        icon = "help"
        label = _("Callout")
        template = "blocks/callout.html"
        preview_value = {
            "title": "Bon à savoir",
            "text": "<p>La formation peut être financée par votre OPCO.</p>",
            "tone": "note",
        }


class KeyFigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "blocks/key_figure.html"
        preview_value = {"figure": "78 %", "label": "des jardins se sont diversifiés"}


class KeyFiguresBlock(blocks.StructBlock):
    """Two to four figures side by side."""

    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=4)

    class Meta:
        icon = "order"
        label = _("Key figures")
        template = "blocks/key_figures.html"
        preview_value = {
            "figures": [
                {"figure": "30 ans", "label": "d’expérience"},
                {"figure": "78 %", "label": "des jardins se sont diversifiés"},
            ]
        }


class TableBlock(blocks.StructBlock):
    """A table of facts; its caption says what it holds."""

    caption = blocks.CharBlock(label=_("What the table holds"), max_length=200)
    table = TranslatedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("rich_text", ParagraphBlock(label=_("Formatted text"), required=False)),
        ],
        label=_("Table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"

    def get_preview_value(self) -> Any:
        return self.to_python(
            {
                "caption": "Le panier de la semaine",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Légume"},
                        {"type": "text", "heading": "Poids"},
                    ],
                    "rows": [{"values": ["Poireaux", "1 kg"]}, {"values": ["Mâche", "200 g"]}],
                    "caption": "",
                },
            }
        )


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents to download")
        template = "blocks/documents.html"

    def get_preview_value(self) -> Any:
        from ..models import SiteDocument

        ids = list(SiteDocument.objects.values_list("pk", flat=True)[:2])
        return self.to_python({"title": "À télécharger", "documents": ids})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["documents"] = [document for document in value["documents"] if document]
        return context


class RecordingBlock(blocks.StructBlock):
    """Sound or video from our own files, with its transcript."""

    recording = DocumentChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=240)

    class Meta:
        icon = "media"
        label = _("Sound or video")
        template = "blocks/recording.html"

    def get_preview_value(self) -> Any:
        from ..models import SiteDocument

        first = SiteDocument.objects.filter(duration__isnull=False).first()
        return self.to_python(
            {"recording": getattr(first, "pk", None), "caption": "Une matinée au jardin."}
        )


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = ParagraphBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")
        template = "blocks/question.html"
        preview_value = {
            "question": "Qui peut adhérer ?",
            "answer": "<p>Toute SIAE maraîchère.</p>",
        }


class QuestionsBlock(blocks.StructBlock):
    """Questions whose answers open one by one."""

    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "blocks/questions.html"
        preview_value = {
            "questions": [
                {"question": "Qui peut adhérer ?", "answer": "<p>Toute SIAE maraîchère bio.</p>"}
            ]
        }


class PagesBlock(blocks.StructBlock):
    """Cards that lead to other pages; those a reader may not see are left out."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(LinkedPageBlock(), label=_("Pages"), min_num=1, max_num=9)

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Links to pages")
        template = "blocks/pages.html"

    def get_preview_value(self) -> Any:
        here = Page.objects.filter(depth=3, live=True, locale=Locale.get_active())
        ids = here.values_list("pk", flat=True)[:3]
        return self.to_python({"title": "À lire aussi", "pages": list(ids)})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["cards"] = self.get_cards(list(value["pages"]), reader(parent_context))
        return context

    def get_cards(self, pages: list[Page | None], user: Any) -> tuple[str, ...]:
        """The cards of those that ``user`` may know of; for everybody from memory."""

        def make() -> tuple[str, ...]:
            shown = readable_pages(pages, user)
            for page in shown:
                page.locked = access.is_locked_for(user, page)
            return tuple(card("page", page) for page in shown)

        if user.is_authenticated:
            return make()
        return hold(f"chosen:{get_language()}:{[page.pk for page in pages if page]}", make)


class ContactBlock(blocks.StructBlock):
    """One of the network's contacts."""

    contact = SnippetChooserBlock("core.Contact", label=_("Contact"))

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "blocks/contact.html"

    def get_preview_value(self) -> Any:
        from ..models import Contact

        here = Contact.objects.filter(locale=Locale.get_active())
        return self.to_python({"contact": here.values_list("pk", flat=True).first()})


class ButtonBlock(LinkBlock):
    """A link that calls for action."""

    class Meta:
        icon = "link"
        label = _("Button")
        template = "blocks/button.html"


class SignupBlock(blocks.StructBlock):
    """Sign-up to the newsletter."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)

    class Meta:
        icon = "mail"
        label = _("Newsletter sign-up")
        template = "blocks/signup.html"
        preview_value = {"title": "La lettre du réseau", "text": "Une fois par mois."}


class StoryBlock(blocks.StreamBlock):
    """What a story is made of."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    key_figures = KeyFiguresBlock()
    table = TableBlock()
    recording = RecordingBlock()
    documents = DocumentsBlock()
    questions = QuestionsBlock()
    pages = PagesBlock()
    contact = ContactBlock()
    button = ButtonBlock()
    signup = SignupBlock()

    class Meta:
        template = "blocks/story.html"
        preview_value = [
            ("heading", {"text": "Une semaine au jardin", "level": "h2"}),
            ("paragraph", "<p>Le lundi, on récolte ; le mardi, on prépare les paniers.</p>"),
        ]
