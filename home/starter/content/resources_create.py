"""Resources for those who create a garden."""

from __future__ import annotations

from ..schema import (
    Callout,
    Figures,
    Heading,
    Pages,
    Picture,
    Resource,
    Text,
)

RESOURCES = (
    Resource(
        slug="guide-creer-un-jardin",
        title="Créer un Jardin de Cocagne : le guide des premiers pas",
        summary=(
            "Les questions à se poser, les portes où frapper et l’ordre dans lequel le faire, "
            "avant de demander l’adhésion-projet."
        ),
        picture="gate",
        days_ago=9,
        verified=9,
        kind="guide",
        missions=("creer",),
        themes=("fabrique-des-territoires",),
        files=("pdf",),
        links=(("Territoires Zéro Chômeur de Longue Durée", "https://www.tzcld.fr/"),),
        body=(
            Text(
                "<p>Il n’existe ni jardin type ni modèle clés en main. Ce guide ne donne donc "
                "pas de plan : il donne un ordre de marche, éprouvé par 30 ans "
                "d’expérience.</p>"
            ),
            Figures(
                (
                    ("1", "jardin voisin à rencontrer d’abord"),
                    ("5", "conditions minimales à réunir"),
                    ("7", "étapes jusqu’à l’adhésion"),
                )
            ),
            Heading("Se poser les bonnes questions"),
            Text(
                "<ul><li>Quelles personnes, près de chez vous, n’ont pas accès à "
                "l’emploi ?</li><li>Quelles structures d’insertion travaillent déjà là ? Qu’en "
                "disent-elles ?</li><li>Qui mangera les légumes, et qui peut "
                "payer ?</li><li>Qui portera l’association dans cinq ans ?</li></ul>"
            ),
            Heading("Réunir les conditions"),
            Text(
                "<ol><li>du foncier agricole ;</li><li>un bâtiment polyvalent ;</li><li>la "
                "capacité de recruter une équipe permanente ;</li><li>la convention avec la "
                "DDETS ;</li><li>un budget annuel d’investissement en équipement.</li></ol>"
            ),
            Heading("Frapper aux bonnes portes"),
            Text(
                "<p>Commune, intercommunalité, département, DREETS : rencontrez-les <b>tôt, et "
                "ensemble si possible</b>. Racontez le besoin avant la solution. Emmenez-les "
                "voir un jardin.</p>"
            ),
            Callout(
                "Un projet complète, il ne concurrence pas",
                "<p>Dans le même bassin d’emploi ou de vente, le projet se construit avec le "
                "jardin déjà présent, ou en complément de lui.</p>",
                "important",
            ),
            Heading("L’étude de faisabilité"),
            Text(
                "<p>Elle dit si le projet tient debout : débouchés, équipe, foncier, "
                "équilibre. Favorable, et une fois les partenaires réunis, elle ouvre la porte "
                "de <b>La Fabrique des Nouveaux Territoires Cocagne</b> et de "
                "l’adhésion-projet.</p>"
            ),
            Picture("sowing", "Un premier printemps se prépare plusieurs hivers à l’avance."),
            Pages("Continuer", ("join", "framework", "resource:dimensionner-un-projet")),
        ),
    ),
    Resource(
        slug="dimensionner-un-projet",
        title="Dimensionner un projet de jardin",
        summary=(
            "Un petit calculateur : à partir du nombre de paniers visé, estimez la surface, les "
            "postes et le matériel, puis discutez-les avec votre relais régional."
        ),
        picture="planning",
        days_ago=52,
        verified=20,
        kind="tool",
        missions=("creer", "piloter"),
        themes=("fabrique-des-territoires", "foncier-bati"),
        files=("size-book",),
        body=(
            Text(
                "<p>« Combien d’hectares pour 150 paniers ? » La question revient à chaque "
                "visite. La bonne réponse dépend du sol, de l’équipe et de ce que l’on veut "
                "mettre dans le panier ; cet outil aide à l’approcher.</p>"
            ),
            Heading("Ce que calcule le classeur"),
            Text(
                "<ul><li>la surface cultivée, en plein champ et sous abri ;</li><li>le nombre "
                "de postes en insertion et d’encadrement ;</li><li>les premiers "
                "investissements, par ordre de nécessité.</li></ul>"
            ),
            Callout(
                "Des ratios à vous",
                "<p>Les coefficients fournis sont des <b>exemples à remplacer</b> par ceux "
                "d’un jardin comparable au vôtre. Demandez-les lors d’une visite.</p>",
                "important",
            ),
            Heading("Lire le résultat"),
            Text(
                "<p>Ne cherchez pas le chiffre exact, mais l’ordre de grandeur : trois "
                "hectares ou huit, ce n’est pas le même tracteur, ni la même équipe, ni le "
                "même bail.</p>"
            ),
        ),
    ),
)
