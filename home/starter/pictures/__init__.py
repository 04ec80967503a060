"""Pictures drawn by code: what they are called, what they show, and how to make them.

``PICTURES`` is the list; ``draw(key)`` makes one. Nothing here knows of Django.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image

from . import marks, scenes_indoors, scenes_outdoors, scenes_together
from .pen import CREAM, INK, LEAF_NIGHT, Sheet

CREDIT = "Dessin réalisé pour ce site, CC BY-SA 4.0"


@dataclass(frozen=True)
class Drawing:
    """A picture of the starter content: its title, its alternative text, who draws it."""

    title: str
    alt: str
    scene: Callable[[], Sheet]


@dataclass(frozen=True)
class Tile:
    """The typographic tile of a partner."""

    title: str
    alt: str
    lines: tuple[str, ...]
    colour: str
    tint: str


DRAWINGS: dict[str, Drawing] = {
    "field": Drawing(
        "Récolte au lever du soleil",
        "Deux personnes récoltent des salades dans un champ aux longues planches de terre, au "
        "lever du soleil.",
        scenes_outdoors.field,
    ),
    "tunnels": Drawing(
        "Les tunnels du jardin",
        "Une personne porte une caisse devant deux grandes serres tunnels ; des courges et un "
        "chou sont posés sur des caisses.",
        scenes_outdoors.tunnels,
    ),
    "hedge": Drawing(
        "Plantation d’une haie",
        "Deux personnes plantent une haie de jeunes arbustes le long d’un chemin, une brouette "
        "à côté d’elles.",
        scenes_outdoors.hedge,
    ),
    "orchard": Drawing(
        "Le verger et ses poules",
        "Cinq poules picorent sous des arbres fruitiers ; une personne tient un panier d’œufs "
        "près du poulailler.",
        scenes_outdoors.orchard,
    ),
    "soil": Drawing(
        "La vie du sol",
        "Coupe d’un sol vivant : carottes, poireau, betterave et navet y plongent leurs "
        "racines parmi les vers de terre.",
        scenes_outdoors.soil,
    ),
    "water": Drawing(
        "Arroser avec peu d’eau",
        "Une personne tient un arrosoir près d’une cuve de récupération d’eau de pluie, au "
        "bord de planches irriguées au goutte-à-goutte.",
        scenes_outdoors.water,
    ),
    "territory": Drawing(
        "Un territoire vu du ciel",
        "Vue aérienne d’un territoire : des parcelles colorées, une rivière, un village et "
        "cinq jardins signalés par un panier.",
        scenes_outdoors.territory,
    ),
    "sowing": Drawing(
        "Le binage de printemps",
        "Une personne pousse une houe maraîchère à roue entre les rangs de jeunes plants, une "
        "autre repique plus loin.",
        scenes_outdoors.sowing,
    ),
    "gate": Drawing(
        "La barrière ouverte",
        "Trois personnes étudient un plan devant la barrière ouverte d’un futur jardin bordé "
        "de fleurs.",
        scenes_outdoors.gate,
    ),
    "night": Drawing(
        "La serre au crépuscule",
        "Au crépuscule, une personne porte une caisse de légumes devant une serre éclairée de "
        "l’intérieur.",
        scenes_outdoors.night_garden,
    ),
    "greenhouse": Drawing(
        "Visite de la serre à plants",
        "Un groupe en visite dans une serre à plants ; une personne montre de jeunes pousses "
        "alignées sur de longues tables.",
        scenes_indoors.greenhouse,
    ),
    "basket": Drawing(
        "Le panier de la semaine",
        "Un panier en osier rempli de poireaux, de carottes, de tomates, d’une salade et d’une "
        "betterave sur une table en bois.",
        scenes_indoors.basket,
    ),
    "crates": Drawing(
        "La récolte en caisses",
        "Neuf caisses en bois pleines de légumes : poireaux, salades, betteraves, carottes, "
        "tomates, aubergines, pommes de terre, courges et choux.",
        scenes_indoors.crates,
    ),
    "hands": Drawing(
        "Deux mains et un plant",
        "Deux mains tiennent ensemble une motte de terre d’où sort un jeune plant.",
        scenes_indoors.hands,
    ),
    "tools": Drawing(
        "Les outils de l’abri",
        "Bêches, râteau, grelinette et houe contre le mur de l’abri, avec un arrosoir et une "
        "caisse de plants.",
        scenes_indoors.tools,
    ),
    "market": Drawing(
        "L’étal du jardin",
        "Deux personnes tiennent un étal de légumes sous un auvent rayé et parlent avec des "
        "habitants de tous âges.",
        scenes_together.market,
    ),
    "kitchen": Drawing(
        "L’atelier de transformation",
        "Deux personnes cuisinent des légumes dans un atelier de transformation aux étagères "
        "garnies de bocaux.",
        scenes_indoors.kitchen,
    ),
    "meeting": Drawing(
        "Le cercle sous l’arbre",
        "Des personnes assises en cercle sur des bottes de paille, sous un grand arbre, en "
        "écoutent une autre.",
        scenes_together.meeting,
    ),
    "forum": Drawing(
        "Le forum",
        "Une salle pleine écoute deux personnes sur une scène, devant un écran où figure un "
        "panier de légumes.",
        scenes_together.forum,
    ),
    "delivery": Drawing(
        "La livraison des paniers",
        "Au point de dépôt, une personne descend d’un camion des caisses de légumes ; une "
        "autre vient chercher son panier.",
        scenes_together.delivery,
    ),
    "planning": Drawing(
        "Le plan de culture",
        "Un plan de culture coloré posé sur une table, entouré d’une calculatrice, d’un "
        "crayon, d’une pomme et d’une tasse de café.",
        scenes_indoors.planning,
    ),
    "visit": Drawing(
        "La visite d’une classe",
        "Une personne du jardin montre des salades à des enfants réunis autour d’un bac de "
        "culture.",
        scenes_together.visit,
    ),
    "studio": Drawing(
        "Le micro au jardin",
        "Un micro de radio posé sur une table, entouré de grandes feuilles et de légumes.",
        scenes_indoors.studio,
    ),
    "interview": Drawing(
        "Un entretien",
        "Deux personnes parlent face à face à une table, deux tasses fumantes entre elles.",
        scenes_together.interview,
    ),
    "balance": Drawing(
        "Trouver l’équilibre",
        "Une balance en équilibre : des pièces sur un plateau, des légumes sur l’autre.",
        scenes_indoors.balance,
    ),
    "parcels": Drawing(
        "La préparation des paniers",
        "Quatre personnes remplissent des paniers de légumes le long d’une table de "
        "conditionnement.",
        scenes_indoors.parcels,
    ),
}

GREEN, ORANGE, BROWN, BLUE, PLUM, BEET = (
    *("#1f5c3a", "#a63d0b", "#5a3e2b"),
    *("#1d6286", "#5a3c86", "#8c2152"),
)
TILES: dict[str, Tile] = {
    "fnab": Tile("FNAB", "FNAB", ("FNAB",), GREEN, "#d6e8c9"),
    "iae": Tile(
        "Collectif inter-réseaux de l’IAE",
        "Collectif inter-réseaux de l’IAE",
        ("Collectif", "inter-réseaux", "de l’IAE"),
        BLUE,
        "#d3e8f2",
    ),
    "tzcld": Tile(
        "Territoires Zéro Chômeur de Longue Durée",
        "Territoires Zéro Chômeur de Longue Durée",
        ("Territoires", "Zéro Chômeur", "de Longue Durée"),
        ORANGE,
        "#fbdcc3",
    ),
    "food": Tile(
        "Collectif pour l’accès à une alimentation digne",
        "Collectif pour l’accès à une alimentation digne",
        ("Accès à une", "alimentation", "digne"),
        BEET,
        "#f6d9e4",
    ),
    "transition": Tile(
        "Collectif Transition Citoyenne",
        "Collectif Transition Citoyenne",
        ("Collectif", "Transition", "Citoyenne"),
        BROWN,
        "#fae6a8",
    ),
    "training": Tile(
        "Travail & TransitionS",
        "Travail & TransitionS",
        ("Travail &", "TransitionS"),
        PLUM,
        "#e6dcf5",
    ),
}


def draw(key: str) -> Image.Image:
    """The picture of that key."""
    if key in DRAWINGS:
        return DRAWINGS[key].scene().finished()
    tile = TILES[key]
    return marks.partner_tile(tile.lines, tile.colour, tile.tint)


def jpeg(image: Image.Image) -> bytes:
    """``image`` as an original of good quality."""
    buffer = BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=86)
    return buffer.getvalue()


def png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


BRAND_MARKS: dict[str, Callable[[], Image.Image]] = {
    "mark-colour": lambda: marks.brand_mark(None, LEAF_NIGHT),
    "mark-cream": lambda: marks.brand_mark(CREAM, LEAF_NIGHT),
    "mark-ink": lambda: marks.brand_mark(None, INK, flat=True),
}


@lru_cache(maxsize=4)
def brand_mark(key: str) -> Image.Image:
    """A picture of the brand kit."""
    return BRAND_MARKS[key]()


def brand_marks() -> dict[str, Image.Image]:
    """All pictures of the brand kit by their key."""
    return {key: brand_mark(key) for key in BRAND_MARKS}
