"""Resources in bulk, for measuring: the tree stays sound, rows and words are made up by code.

Treebeard makes a page in about 35 ms; here a thousand take about a second, because the paths
are worked out at once. The same number always gives the same resources.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from django.db import transaction
from django.utils import timezone

from site_cocagne.core.models import Audience, Door, Exposure, Mission, Theme
from site_cocagne.core.volume import add_below, take_stock

from . import tally
from .models import ResourceMission, ResourcePage, ResourceTheme, ToolboxPage, sort_title

BATCH = 500
ACTS = ("Organiser", "Réussir", "Préparer", "Comprendre", "Financer", "Animer", "Suivre")
THINGS = (
    *("serre", "panier", "compost", "verger", "semis", "irrigation", "marge", "équipe"),
    *("chantier", "accueil", "transformation", "tournée", "foncier", "atelier", "récolte"),
    *("partenariat", "planning", "vente", "conserverie", "formation", "grainothèque"),
)
PLACES = ("plaine", "vallée", "coteau", "littoral", "montagne", "ville", "bocage", "plateau")
MORE = (
    *("jardin", "légume", "saison", "outil", "méthode", "encadrant", "parcours", "contrat"),
    *("entretien", "adhérent", "abonnement", "distribution", "dépôt", "sol", "fertilité"),
    *("paillage", "haie", "abeille", "budget", "subvention", "bilan", "stratégie", "réseau"),
    *("gouvernance", "bénévole", "coopération", "territoire", "commune", "insertion"),
)


def seed_resources(count: int, *, toolbox: ToolboxPage | None = None) -> int:
    """Make ``count`` published resources below the toolbox; gives how many were made.

    One in ten is for members, one in twenty of those hidden. Figures of the tree are exact.
    """
    toolbox = toolbox or ToolboxPage.objects.order_by("path").first()
    if toolbox is None:
        raise ToolboxPage.DoesNotExist("Make the toolbox first: load_starter_content does.")
    missions = list(Mission.objects.in_language(toolbox.locale.language_code))
    themes = list(Theme.objects.in_language(toolbox.locale.language_code))
    chance = random.Random(count)  # noqa: S311 (the same resources each time, no secret)
    made = 0
    while made < count:
        made += _make(toolbox, min(BATCH, count - made), missions, themes, chance)
    if made:
        tally.rebuild(toolbox.pk)
        take_stock()
    return made


@transaction.atomic
def _make(
    toolbox: ToolboxPage,
    count: int,
    missions: list[Any],
    themes: list[Any],
    chance: random.Random,
) -> int:
    pages = add_below(toolbox, count, lambda place: _page(place, chance))
    mission_rows, theme_rows = [], []
    for page in pages:
        for order, mission in enumerate(
            chance.sample(missions, min(len(missions), 1 + page.pk % 2))
        ):
            mission_rows.append(ResourceMission(page=page, mission=mission, sort_order=order))
        for order, theme in enumerate(chance.sample(themes, min(len(themes), 1 + page.pk % 3))):
            theme_rows.append(ResourceTheme(page=page, theme=theme, sort_order=order))
    ResourceMission.objects.bulk_create(mission_rows)
    ResourceTheme.objects.bulk_create(theme_rows)
    return count


def _page(place: dict[str, Any], chance: random.Random) -> ResourcePage:
    act, thing, other = chance.choice(ACTS), chance.choice(THINGS), chance.choice(MORE)
    title = f"{act} : {thing} et {other} en {chance.choice(PLACES)}"
    day = timezone.localdate() - datetime.timedelta(days=chance.randrange(3650))
    closed = chance.random() < 0.1
    hidden = closed and chance.random() < 0.05
    return ResourcePage(
        **place,
        title=title,
        sort_title=sort_title(title),
        summary=" ".join(chance.choices(MORE + THINGS, k=14)).capitalize() + ".",
        kind=chance.choice(ResourcePage.Kind.values),
        issued_on=day,
        authors="Réseau Cocagne",
        body=[("paragraph", f"<p>{' '.join(chance.choices(MORE + THINGS, k=90))}.</p>")],
        audience=Audience.MEMBERS if closed else Audience.PUBLIC,
        door=Door.HIDDEN if hidden else Door.TEASER,
        exposure=Exposure.HIDDEN if hidden else Exposure.TEASER if closed else Exposure.OPEN,
    )
