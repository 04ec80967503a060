"""The sections of the community page, the steps of the join path, topics of a mission."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from site_cocagne.core.blocks import ParagraphBlock, StoryBlock
from site_cocagne.core.blocks.links import LinkBlock, reader
from site_cocagne.core.blocks.remembered import LinkedPageBlock, ShownImageBlock

from . import live


class SectionBlock(blocks.StructBlock):
    """What every section begins with."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    intro = blocks.TextBlock(label=_("Introduction"), required=False, max_length=600)


class LiveSectionBlock(SectionBlock):
    """A section filled with what is published when somebody reads it."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        return {**context, **self.gather(value, page, reader(parent_context))}

    def gather(self, value: Any, page: Any, user: Any) -> dict[str, Any]:
        """What the template of this section shows, for the language of ``page``."""
        raise NotImplementedError


class HeroBlock(blocks.StructBlock):
    """The invitation, beside a picture and the words of a member."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=400)
    image = ShownImageBlock(label=_("Picture"), required=False)
    buttons = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=0, max_num=2)
    quote = blocks.TextBlock(label=_("Words of a member"), required=False, max_length=400)
    quote_author = blocks.CharBlock(label=_("Who"), required=False, max_length=120)
    quote_garden = blocks.CharBlock(label=_("Garden"), required=False, max_length=160)

    class Meta:
        icon = "home"
        label = _("Opening")
        template = "home/blocks/hero.html"
        preview_value: ClassVar[dict[str, Any]] = {
            "title": "Rejoignez la communauté Cocagne",
            "text": "Une centaine de jardins cultivent la solidarité.",
            "image": None,
            "buttons": [],
            "quote": "Ici, personne n’avance seul.",
            "quote_author": "Une encadrante technique",
            "quote_garden": "un jardin du réseau",
        }


class SchemeBlock(blocks.StructBlock):
    """One support scheme: what it gives, and where to read more."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = ParagraphBlock(label=_("Text"))
    page = LinkedPageBlock(label=_("Read more on"), required=False)

    class Meta:
        icon = "success"
        label = _("Support scheme")
        template = "home/blocks/scheme.html"
        preview_value = {
            "title": "Échanges de savoir-faire",
            "text": "<p>Se rencontrer par métier.</p>",
            "page": None,
        }


class SchemesBlock(SectionBlock):
    """The support schemes for members."""

    schemes = blocks.ListBlock(SchemeBlock(), label=_("Schemes"), min_num=1)

    class Meta:
        icon = "grip"
        label = _("Support schemes")
        template = "home/blocks/schemes.html"
        preview_value = {
            "title": "Nos dispositifs d’accompagnement",
            "intro": "",
            "schemes": [
                {
                    "title": "Échanges de savoir-faire",
                    "text": "<p>Se rencontrer par métier.</p>",
                    "page": None,
                }
            ],
        }


class MissionsBlock(LiveSectionBlock):
    """The missions, each with a link to its page."""

    class Meta:
        icon = "group"
        label = _("Missions")
        template = "home/blocks/missions.html"
        preview_value = {"title": "Un accompagnement par mission", "intro": ""}

    def gather(self, value: Any, page: Any, user: Any) -> dict[str, Any]:
        return {"mission_pages": live.mission_pages(page, user)}


class AgendaBlock(LiveSectionBlock):
    """The next events, side by side."""

    count = blocks.IntegerBlock(label=_("Number of events"), default=6, min_value=1, max_value=12)

    class Meta:
        icon = "date"
        label = _("Agenda")
        template = "home/blocks/agenda.html"
        preview_value = {"title": "Agenda", "intro": "", "count": 4}

    def gather(self, value: Any, page: Any, user: Any) -> dict[str, Any]:
        return {
            "events": live.next_events(page, user, value["count"] or 6),
            "landmarks": live.landmarks(page),
        }


class FrameworkItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)

    class Meta:
        icon = "check"
        label = _("Requirement")
        template = "home/blocks/framework_item.html"
        preview_value = {"title": "Du foncier agricole", "text": "Des terres à cultiver en bio."}


class FrameworkBlock(SectionBlock):
    """What a garden is, and the least to plan for."""

    text = ParagraphBlock(label=_("Text"), required=False)
    requirements = blocks.ListBlock(FrameworkItemBlock(), label=_("The least to plan for"))
    conclusion = blocks.TextBlock(label=_("Conclusion"), required=False, max_length=600)
    page = LinkedPageBlock(label=_("Read more on"), required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("Reference framework")
        template = "home/blocks/framework.html"
        preview_value = {
            "title": "Qu’est-ce qu’un Jardin de Cocagne ?",
            "intro": "",
            "text": "<p>Un maraîchage biologique au service de l’insertion.</p>",
            "requirements": [{"title": "Du foncier agricole", "text": ""}],
            "conclusion": "",
            "page": None,
        }


class JoinStepsBlock(SectionBlock):
    """The numbered steps, read from the join page: they are written once."""

    class Meta:
        icon = "list-ol"
        label = _("Steps to join")
        template = "home/blocks/join_steps.html"
        preview_value = {"title": "Rejoindre le réseau", "intro": ""}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        return {**context, "path": live.join_path(page, reader(parent_context), parent_context)}


class NewsletterBlock(SectionBlock):
    """Sign-up to the newsletter."""

    class Meta:
        icon = "mail"
        label = _("Newsletter sign-up")
        template = "home/blocks/newsletter.html"
        preview_value = {"title": "La lettre du réseau", "intro": "Une fois par mois."}


class ToolboxBlock(LiveSectionBlock):
    """Quick entry to the toolbox, by mission then theme, with its reset."""

    class Meta:
        icon = "search"
        label = _("Toolbox entry")
        template = "home/blocks/toolbox.html"
        preview_value = {"title": "Boîte à outils et agenda", "intro": ""}

    def gather(self, value: Any, page: Any, user: Any) -> dict[str, Any]:
        return {"groups": live.theme_groups(page), "landmarks": live.landmarks(page)}


class AlliancesBlock(LiveSectionBlock):
    """The partners, side by side."""

    class Meta:
        icon = "link"
        label = _("Alliances")
        template = "home/blocks/alliances.html"
        preview_value = {"title": "Nos alliances", "intro": ""}

    def gather(self, value: Any, page: Any, user: Any) -> dict[str, Any]:
        return {"partners": live.partners(page), "landmarks": live.landmarks(page)}


class HomeSectionsBlock(blocks.StreamBlock):
    """The sections of the community page, in the order an editor gives them."""

    hero = HeroBlock()
    schemes = SchemesBlock()
    missions = MissionsBlock()
    agenda = AgendaBlock()
    framework = FrameworkBlock()
    join_steps = JoinStepsBlock()
    newsletter = NewsletterBlock()
    toolbox = ToolboxBlock()
    alliances = AlliancesBlock()
    story = StoryBlock(
        label=_("Free text"), icon="doc-full-inverse", template="home/blocks/story.html"
    )

    class Meta:
        template = "home/blocks/sections.html"
        preview_value = [("newsletter", {"title": "La lettre du réseau", "intro": ""})]


class StepBlock(blocks.StructBlock):
    """One step of the path to join."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = ParagraphBlock(label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=0, max_num=4)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "home/blocks/step.html"
        preview_value = {
            "title": "Contacter le jardin le plus proche",
            "text": "<p>Ou le relais régional.</p>",
            "links": [],
        }


class StepsBlock(blocks.StreamBlock):
    """The steps, numbered in their order."""

    step = StepBlock()

    class Meta:
        template = "home/blocks/steps.html"
        preview_value = [
            (
                "step",
                {
                    "title": "Contacter le jardin le plus proche",
                    "text": "<p>Ou le relais régional.</p>",
                    "links": [],
                },
            )
        ]


class TopicBlock(blocks.StructBlock):
    """A priority topic of the support given to a mission."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "tag"
        label = _("Priority topic")
        template = "home/blocks/topic.html"
        preview_value = {
            "title": "Bien vivre son métier",
            "text": "<p>Sortir de l’isolement.</p>",
        }


class TopicsBlock(blocks.StreamBlock):
    """Priority topics, in their order."""

    topic = TopicBlock()

    class Meta:
        template = "home/blocks/topics.html"
        preview_value = [
            (
                "topic",
                {"title": "Bien vivre son métier", "text": "<p>Sortir de l’isolement.</p>"},
            )
        ]


class TreatmentBlock(blocks.StructBlock):
    """One thing for which the site keeps data of people: a line of the register."""

    when = blocks.CharBlock(
        label=_("If you…"), max_length=160, help_text=_("It goes on from “If you”.")
    )
    data = blocks.TextBlock(label=_("What is kept"), max_length=400)
    purpose = blocks.TextBlock(label=_("What for"), max_length=400)
    basis = blocks.CharBlock(label=_("Legal basis"), required=False, max_length=160)
    recipients = blocks.CharBlock(label=_("Who sees it"), required=False, max_length=240)
    duration = blocks.CharBlock(label=_("For how long"), max_length=240)

    class Meta:
        icon = "list-ul"
        label = _("What is kept")
        template = "home/blocks/treatment.html"
        preview_value = {
            "when": "vous inscrivez à la lettre",
            "data": "Votre adresse électronique, le texte accepté, les dates.",
            "purpose": "Vous envoyer la lettre et prouver votre accord.",
            "basis": "votre accord",
            "recipients": "l’équipe du réseau",
            "duration": "jusqu’à votre départ",
        }


class TreatmentsBlock(blocks.StreamBlock):
    """The register, a card a line."""

    treatment = TreatmentBlock()

    class Meta:
        template = "home/blocks/treatments.html"
        preview_value = [
            (
                "treatment",
                {
                    "when": "avez un compte d’adhérent·e",
                    "data": "Votre nom et votre adresse électronique.",
                    "purpose": "Vous ouvrir les contenus réservés.",
                    "basis": "",
                    "recipients": "",
                    "duration": "le temps de l’adhésion",
                },
            )
        ]
