"""The brand section, for members."""

from __future__ import annotations

from ..schema import BrandPage, Callout, File, Heading, Mark, Pages, Sheet, Table, Text

INDEX = BrandPage(
    slug="marque",
    title="La marque « Jardin de Cocagne »",
    short_title="Marque",
    summary="L’espace des adhérent·e·s pour utiliser la marque : règles d’usage, logos et gabarits.",
    picture="basket",
    days_ago=340,
    body=(
        Text(
            "<p>Bienvenue dans l’espace de la marque. Vous y trouverez ce qu’il faut pour la "
            "porter <b>avec fierté et sans faux pas</b> : ce que l’on peut faire, ce que l’on "
            "évite, et les fichiers prêts à l’emploi.</p><p>La marque appartient au réseau "
            "tout entier. Chaque affiche bien faite profite à tous les jardins ; chaque usage "
            "hasardeux leur coûte un peu.</p>"
        ),
    ),
)

RULES = BrandPage(
    slug="regles-d-usage",
    title="Règles d’usage de la marque",
    short_title="Règles d’usage",
    summary="Qui peut utiliser la marque, où, comment, et qui décide en cas de doute.",
    picture="planning",
    days_ago=338,
    body=(
        Heading("Qui peut l’utiliser"),
        Text(
            "<p>Les <b>membres du Réseau Cocagne</b>, et eux seuls, tant que dure leur "
            "adhésion. Un partenaire peut la faire figurer à côté de son propre logo s’il cite "
            "un jardin membre et avec l’accord de celui-ci.</p>"
        ),
        Heading("Ce que l’on fait, ce que l’on évite"),
        Table(
            "Bons et mauvais usages",
            ("On fait", "On évite"),
            (
                (
                    "Laisser autour du logo un espace vide au moins égal à la hauteur du « J »",
                    "Coller le logo à un texte ou à un autre logo",
                ),
                (
                    "Choisir la version à un trait sur un fond chargé",
                    "Poser la version en couleurs sur une photo",
                ),
                ("Garder les proportions du fichier fourni", "Étirer, incliner ou recolorer"),
                (
                    "Nommer le jardin : « Jardin de Cocagne de… »",
                    "Employer la marque comme un nom commun",
                ),
            ),
        ),
        Heading("En cas de doute"),
        Text(
            "<p>Envoyez votre maquette à l’équipe du réseau avant l’impression. Une relecture "
            "prend moins de temps qu’un retirage.</p>"
        ),
        Callout(
            "Quand l’adhésion prend fin",
            "<p>La marque est retirée des documents, des véhicules et des sites. Un délai "
            "raisonnable se convient avec le réseau.</p>",
            "important",
        ),
    ),
    files=(("brand-rules", ""),),
    rules=True,
)

KIT = BrandPage(
    slug="kit",
    title="Kit de marque",
    short_title="Kit",
    summary="Les fichiers à télécharger : logos en couleurs et au trait, palette et conseils d’emploi.",
    picture="tools",
    days_ago=336,
    body=(
        Callout(
            "Fichiers provisoires",
            "<p>Les logos de ce kit ont été <b>dessinés pour l’ouverture du site</b> afin de "
            "montrer comment il fonctionne. Ils ne remplacent pas les logos officiels, que "
            "l’équipe de communication déposera ici.</p>",
            "important",
        ),
        Heading("La palette"),
        Table(
            "Couleurs de la palette provisoire",
            ("Couleur", "Code", "Emploi"),
            (
                ("Vert profond", "#1f5c3a", "Titres, fonds"),
                ("Orange carotte", "#d9661f", "Accents, boutons"),
                ("Brun terre", "#5a3e2b", "Textes secondaires"),
                ("Crème", "#faf6ec", "Papier, fonds clairs"),
            ),
        ),
        Heading("Quel fichier choisir ?"),
        Text(
            "<ul><li><b>En couleurs, fond transparent</b> : affiches, site, fond clair et "
            "uni.</li><li><b>En couleurs, fond crème</b> : quand le logiciel ne gère pas la "
            "transparence.</li><li><b>Au trait</b> : tampons, photocopies, gravure.</li></ul>"
        ),
        Pages("Avant de commencer", ("brand:regles-d-usage",)),
    ),
    files=(
        ("mark-colour", "mark-colour"),
        ("mark-cream", "mark-cream"),
        ("mark-ink", "mark-ink"),
        ("brand-rules", ""),
    ),
)

PAGES = (RULES, KIT)

MARK_ALT = "Logo provisoire : un panier de légumes à anse et les mots « Jardin de Cocagne »."
FILES: dict[str, File] = {
    "mark-colour": Mark("Logo provisoire en couleurs, fond transparent (PNG)", "mark-colour"),
    "mark-cream": Mark("Logo provisoire en couleurs, fond crème (PNG)", "mark-cream"),
    "mark-ink": Mark("Logo provisoire au trait (PNG)", "mark-ink"),
    "brand-rules": Sheet(
        title="Règles d’usage de la marque",
        label="Marque · réservé aux adhérent·e·s",
        summary=(
            "À garder près de l’imprimante : qui peut utiliser la marque, comment, et qui décide "
            "en cas de doute."
        ),
        licence="Usage interne au réseau",
        story=RULES.body,
    ),
}
