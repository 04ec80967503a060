"""Resources in bulk, for measuring: the tree stays sound, rows and words are made up by code.

Treebeard makes a page in about 35 ms; here a thousand take about a second, because the paths
are worked out at once. The same number always gives the same resources.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone
from wagtail.models import Page

from site_cocagne.core.models import Audience, Door, Exposure, Mission, Theme

from .models import ResourceMission, ResourcePage, ResourceTheme, ToolboxPage

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
    return made


@transaction.atomic
def _make(
    toolbox: ToolboxPage,
    count: int,
    missions: list[Any],
    themes: list[Any],
    chance: random.Random,
) -> int:
    parent = Page.objects.select_for_update().get(pk=toolbox.pk)
    paths = _next_paths(parent, count)
    first = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    pages = [_page(parent, path, f"volume-{first}-{n}", chance) for n, path in enumerate(paths)]
    # The two tables of a page one after the other: bulk_create refuses inherited models.
    bases = Page.objects.bulk_create([_base(page) for page in pages])
    for page, base in zip(pages, bases, strict=True):
        page.page_ptr_id = page.pk = base.pk
    _insert_children(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
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


def _next_paths(parent: Page, count: int) -> Iterator[str]:
    last = parent.get_last_child()
    path = last.path if last else Page._get_path(parent.path, parent.depth + 1, 0)
    for _number in range(count):
        path = _after(path)
        yield path


def _after(path: str) -> str:
    """The path of the next sibling, by treebeard's own arithmetic."""
    return str(Page(path=path, depth=len(path) // Page.steplen)._inc_path())


def _page(parent: Page, path: str, slug: str, chance: random.Random) -> ResourcePage:
    act, thing, other = chance.choice(ACTS), chance.choice(THINGS), chance.choice(MORE)
    title = f"{act} : {thing} et {other} en {chance.choice(PLACES)}"
    day = timezone.localdate() - datetime.timedelta(days=chance.randrange(3650))
    now = timezone.now()
    closed = chance.random() < 0.1
    hidden = closed and chance.random() < 0.05
    return ResourcePage(
        path=path,
        depth=parent.depth + 1,
        numchild=0,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        locale_id=parent.locale_id,
        content_type=ContentType.objects.get_for_model(ResourcePage),
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        summary=" ".join(chance.choices(MORE + THINGS, k=14)).capitalize() + ".",
        kind=chance.choice(ResourcePage.Kind.values),
        issued_on=day,
        authors="Réseau Cocagne",
        body=[("paragraph", f"<p>{' '.join(chance.choices(MORE + THINGS, k=90))}.</p>")],
        audience=Audience.MEMBERS if closed else Audience.PUBLIC,
        door=Door.HIDDEN if hidden else Door.TEASER,
        exposure=Exposure.HIDDEN if hidden else Exposure.TEASER if closed else Exposure.OPEN,
    )


def _base(page: ResourcePage) -> Page:
    """The part of a page that stands in Wagtail's table."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return Page(**{name: getattr(page, name) for name in names})


def _insert_children(pages: list[Any]) -> None:
    """Write the part of pages that stands in our own table."""
    fields = list(ResourcePage._meta.local_concrete_fields)
    for start in range(0, len(pages), 100):
        query = InsertQuery(ResourcePage)
        query.insert_values(fields, pages[start : start + 100])
        query.get_compiler(connection=connection).execute_sql()
