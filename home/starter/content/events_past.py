"""Events that are over, or on today."""

from __future__ import annotations

from datetime import time

from ..schema import Callout, Documents, Event, Heading, Pages, Picture, Place, Text, When

EVENTS = (
    Event(
        slug="webinaire-dialogue-de-gestion",
        kind="webinar",
        days_ago=120,
        picture="interview",
        title="Webinaire : préparer le dialogue de gestion avec la DDETS",
        summary=(
            "Une heure et demie entre directions et ASP pour préparer le rendez-vous annuel avec "
            "la DDETS : trois chiffres, deux parcours, une difficulté."
        ),
        when=When(-75, start=time(14), end=time(15, 30)),
        format="online",
        missions=("piloter", "insertion"),
        contact="inclusion",
        members=True,
        body=(
            Text(
                "<ul><li>Ce que regarde l’administration</li><li>Raconter un parcours sans "
                "trahir la personne</li><li>Vos questions</li></ul>"
            ),
        ),
        report=(
            Text(
                "<p>Les questions ont surtout porté sur les <b>sorties du dispositif</b> et la "
                "façon d’en parler. La ressource ci-dessous en garde l’essentiel.</p>"
            ),
            Pages("La ressource", ("resource:se-reperer-dans-les-reformes-de-l-iae",)),
        ),
    ),
    Event(
        slug="visite-apprenante-conserverie",
        kind="visit",
        days_ago=100,
        picture="kitchen",
        title="Visite apprenante : une conserverie dans le jardin",
        summary=(
            "Une matinée dans l’atelier de transformation d’un jardin, de la caisse de tomates au "
            "bocal étiqueté."
        ),
        when=When(-48, start=time(9, 30), end=time(13)),
        place=Place("Jardin d’accueil", "", "", "Angers", "52"),
        missions=("se-diversifier", "produire"),
        contact="processing",
        access_needs="Atelier de plain-pied, accessible en fauteuil roulant.",
        body=(
            Text(
                "<ol><li>Accueil et visite des cultures</li><li>La marche en avant, pas à "
                "pas</li><li>Ce que coûte un bocal</li><li>Dégustation</li></ol>"
            ),
        ),
        report=(
            Text(
                "<p>L’équipe d’accueil a insisté sur un point : <b>commencer par une seule "
                "recette</b>. Les participant·e·s sont reparti·e·s avec un bocal et une liste "
                "de questions pour leur propre atelier.</p>"
            ),
            Picture("crates", "Avant le bocal, la caisse."),
        ),
    ),
    Event(
        slug="journee-technique-sol-vivant",
        kind="technical",
        days_ago=70,
        picture="soil",
        title="Journée technique : observer son sol avant l’hiver",
        short_title="Observer son sol",
        summary=(
            "Bêches en main, les encadrant·e·s techniques du Grand Est lisent trois parcelles et "
            "comparent leurs pratiques de couverture."
        ),
        when=When(-21, start=time(9), end=time(16, 30)),
        place=Place("Jardin d’accueil", "", "", "Nancy", "44"),
        missions=("produire",),
        contact="growing",
        body=(
            Text(
                "<p>Prévoir des bottes, une bêche et un pique-nique à partager. La grille "
                "d’observation est fournie.</p>"
            ),
        ),
        report=(
            Text(
                "<p>Neuf trous, trois sols très différents, et un constat commun : là où la "
                "terre reste couverte, les vers de terre sont revenus.</p>"
            ),
            Documents("La grille utilisée", ("lire-son-sol-a-la-beche/pdf",)),
        ),
    ),
    Event(
        slug="formation-animer-un-reseau-d-adherents",
        kind="training",
        days_ago=90,
        picture="market",
        title="Formation : animer un réseau d’adhérent·e·s",
        summary=(
            "Deux jours pour accueillir, fidéliser et associer les adhérent·e·s à la vie du jardin."
        ),
        when=When(-9, days=2, start=time(9), end=time(17)),
        place=Place("Salle de formation", "", "", "Paris", "11"),
        missions=("commercialiser",),
        organiser="Travail & TransitionS",
        contact="selling",
        price="Selon la convention de formation ; prise en charge possible par un OPCO",
        body=(
            Text(
                "<p>Alternance d’apports et de mises en situation : le point de dépôt, la "
                "réunion d’accueil, la relance.</p>"
            ),
        ),
    ),
    Event(
        slug="semaine-des-visites-apprenantes",
        kind="visit",
        days_ago=60,
        picture="greenhouse",
        title="Semaine des visites apprenantes",
        summary=(
            "Pendant six jours, des jardins ouvrent leurs portes à celles et ceux qui se demandent "
            "comment ça marche, et pourquoi."
        ),
        when=When(-2, days=6, any_day=True),
        place=Place("Dans plusieurs jardins du réseau"),
        missions=("creer", "se-diversifier"),
        contact="development",
        body=(
            Text(
                "<p>Porteuses et porteurs de projet, élu·e·s, partenaires : écrivez-nous la "
                "région qui vous intéresse, nous vous indiquerons le jardin qui reçoit et ses "
                "horaires.</p>"
            ),
            Callout(
                "Venez avec une question",
                "<p>Une visite apprenante commence toujours par elle.</p>",
            ),
        ),
    ),
    Event(
        slug="une-matinee-au-jardin",
        kind="visit",
        days_ago=30,
        picture="field",
        title="Une matinée au jardin : récolter, peser, goûter",
        summary=(
            "Le jardin ouvre ses rangs : on récolte avec l’équipe, on prépare un panier et l’on "
            "goûte ce qu’il contient. Entrée libre."
        ),
        when=When(0, start=time(9, 30), end=time(12, 30), any_day=True),
        place=Place("Jardin d’accueil", "", "", "Lyon", "84"),
        missions=("commercialiser",),
        contact="selling",
        price="Gratuit",
        access_needs="Chemins stabilisés jusqu’à la serre ; toilettes accessibles.",
        body=(
            Heading("Au programme", "h3"),
            Text(
                "<ul><li>9 h 30 : café et tour des parcelles</li><li>10 h 15 : récolte en "
                "petits groupes</li><li>11 h 15 : préparation des paniers</li><li>12 h : "
                "goûter de légumes</li></ul>"
            ),
            Text(
                "<p>Les enfants sont bienvenus. Prévoir des chaussures qui ne craignent rien.</p>"
            ),
        ),
    ),
)
