"""The pages that list, and the menus."""

from __future__ import annotations

from ..schema import Page

TOOLBOX = Page(
    slug="boite-a-outils",
    title="Boîte à outils",
    summary=(
        "Fiches, guides, modèles, vidéos et podcasts\u00a0: ce que les jardins ont appris, rangé par "
        "mission et par thème."
    ),
    picture="planning",
    days_ago=300,
)
AGENDA = Page(
    slug="agenda",
    title="Agenda",
    summary=(
        "Rencontres régionales, visites apprenantes, formations, webinaires et débats\u00a0: les "
        "prochains rendez-vous du réseau."
    ),
    days_ago=300,
)

MENU = ("framework", "schemes", "missions", "toolbox", "agenda", "join")
FOOT = ("contact", "alliances", "newsletter", "legal", "privacy", "accessibility", "ecodesign")
