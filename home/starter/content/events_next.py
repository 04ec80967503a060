"""Events of the coming weeks."""

from __future__ import annotations

from datetime import time

from ..schema import Callout, Event, Heading, Pages, Place, Text, When

EVENTS = (
    Event(
        slug="tsf-serre-a-plants",
        kind="tsf",
        days_ago=45,
        picture="greenhouse",
        title="TSF collectif : conduire une serre à plants",
        summary=(
            "Une journée avec l’expert·e d’un jardin pour apprendre à conduire une serre à plants, "
            "du terreau à la livraison."
        ),
        when=When(4, start=time(9), end=time(17)),
        place=Place("Jardin d’accueil", "", "", "Besançon", "27"),
        missions=("produire",),
        contact="growing",
        status="full",
        status_note=(
            "Les places sont toutes prises. Écrivez-nous pour figurer sur la liste d’attente ou "
            "connaître la prochaine date."
        ),
        body=(
            Text(
                "<p>Le matin, on observe et l’on questionne. L’après-midi, chacun·e travaille "
                "sur le plan de sa propre serre.</p>"
            ),
        ),
    ),
    Event(
        slug="groupe-de-travail-paniers-solidaires",
        kind="regional",
        days_ago=25,
        picture="delivery",
        title="Groupe de travail Paniers Solidaires",
        summary="Point d’étape entre jardins engagés dans les Paniers Solidaires.",
        when=When(6, start=time(10), end=time(12)),
        format="online",
        missions=("commercialiser",),
        contact="food",
        members=True,
        door="hidden",
        online_link="https://example.org/visio/paniers-solidaires",
        body=(
            Text(
                "<ol><li>Tour de table : trois minutes par jardin</li><li>Bilan des ateliers "
                "de cuisine</li><li>Relecture de la convention type</li></ol>"
            ),
        ),
    ),
    Event(
        slug="reunion-regionale-dirigeant-ile-de-france",
        kind="regional",
        days_ago=40,
        picture="planning",
        title="Réunion régionale Dirigeant Île-de-France",
        summary=(
            "Les directrices et directeurs des jardins franciliens se retrouvent pour une journée "
            "d’échanges entre pairs."
        ),
        when=When(8, start=time(9, 30), end=time(16, 30)),
        place=Place("Jardin d’accueil", "", "", "", "11"),
        missions=("piloter",),
        contact="paris",
        members=True,
        deadline=3,
        body=(
            Heading("Ordre du jour", "h3"),
            Text(
                "<ul><li>Ce qui nous occupe : tour de table</li><li>Deux situations "
                "travaillées entre pairs</li><li>Actualités de la région et du "
                "réseau</li></ul>"
            ),
            Callout("Confidentialité", "<p>Ce qui se dit en réunion reste en réunion.</p>"),
        ),
    ),
    Event(
        slug="webinaire-decouvrir-la-boite-a-outils",
        kind="webinar",
        days_ago=20,
        picture="tools",
        title="Webinaire : la boîte à outils en quarante minutes",
        summary=(
            "Chercher, filtrer, télécharger, proposer une ressource : un tour guidé, suivi de vos "
            "questions. Ouvert à tout le monde."
        ),
        when=When(11, start=time(12, 30), end=time(13, 15)),
        format="online",
        missions=("commercialiser", "insertion", "produire", "piloter", "se-diversifier"),
        contact="development",
        price="Gratuit",
        access_needs="Sous-titres en direct.",
        online_link="https://example.org/visio/boite-a-outils",
        body=(
            Text(
                "<p>Vous pouvez déjeuner pendant que nous parlons. L’enregistrement et sa "
                "transcription seront déposés ici.</p>"
            ),
            Pages("À explorer avant", ("toolbox",)),
        ),
    ),
    Event(
        slug="conference-redonner-du-sens-au-travail",
        kind="conference",
        days_ago=35,
        picture="forum",
        title=(
            "Conférence « Redonner du sens au travail : l’économie sociale et solidaire (ESS) "
            "comme réponse à la crise ? »"
        ),
        short_title="Redonner du sens au travail",
        summary=(
            "Une soirée pour se demander ce que l’économie sociale et solidaire change au travail, "
            "à celles et ceux qui le font et à la crise que nous traversons."
        ),
        when=When(15, start=time(18, 30), end=time(20, 30)),
        format="hybrid",
        place=Place("Salle municipale", "", "", "Rennes", "53"),
        missions=("piloter", "insertion"),
        contact="development",
        price="Gratuit, sur inscription",
        deadline=1,
        access_needs=(
            "Salle accessible en fauteuil roulant, boucle magnétique ; sous-titres pour le public "
            "à distance."
        ),
        online_link="https://example.org/visio/conference",
        body=(
            Text(
                "<p>Qu’est-ce qu’un travail qui a du sens, quand on sort de plusieurs années "
                "sans emploi ? Et quand on encadre, quand on dirige ? Des témoignages de "
                "terrain ouvriront le débat ; la salle fera le reste.</p>"
            ),
        ),
    ),
    Event(
        slug="journee-technique-moins-d-eau",
        kind="technical",
        days_ago=33,
        picture="water",
        title="Journée technique : cultiver avec moins d’eau",
        summary=(
            "Paillages, goutte-à-goutte, horaires : une journée sur les parcelles pour comparer ce "
            "qui marche vraiment en climat sec."
        ),
        when=When(19, start=time(9), end=time(16, 30)),
        place=Place("Jardin d’accueil", "", "", "Montpellier", "76"),
        missions=("produire",),
        contact="growing",
        deadline=5,
        body=(
            Text(
                "<p>Chaque équipe apporte <b>un essai réussi et un essai raté</b>. Repas "
                "préparé avec les légumes du jardin.</p>"
            ),
            Pages("À lire avant de venir", ("resource:cultiver-avec-moins-d-eau",)),
        ),
    ),
    Event(
        slug="reunion-regionale-dirigeants-grand-est",
        kind="regional",
        days_ago=38,
        picture="meeting",
        title="Réunion régionale Dirigeants Grand Est",
        summary=(
            "Les directions des jardins du Grand Est mettent leurs questions sur la table : "
            "équipes, modèle économique, partenaires."
        ),
        when=When(23, start=time(9, 30), end=time(16, 30)),
        place=Place("Jardin d’accueil", "", "", "Strasbourg", "44"),
        missions=("piloter",),
        contact="north-east",
        members=True,
        deadline=5,
        body=(
            Text(
                "<ul><li>Visite du jardin qui reçoit</li><li>Atelier : lire ensemble trois "
                "synthèses de budget</li><li>Calendrier régional</li></ul>"
            ),
            Pages("À préparer", ("resource:modele-de-budget",)),
        ),
    ),
    Event(
        slug="debat-relocalisation-de-l-aide-alimentaire",
        kind="debate",
        days_ago=28,
        picture="crates",
        title=(
            "Comment le support agroalimentaire d’insertion socio-professionnelle répond aux "
            "enjeux de relocalisation et d’écologisation de l’aide alimentaire ?"
        ),
        short_title="Insertion et aide alimentaire",
        summary=(
            "Un débat entre jardins, associations de solidarité et collectivités sur la place de "
            "l’insertion dans une aide alimentaire plus locale et plus écologique."
        ),
        when=When(27, start=time(14), end=time(17)),
        format="hybrid",
        place=Place("Maison des associations", "", "", "Lille", "32"),
        missions=("commercialiser", "se-diversifier"),
        contact="food",
        price="Gratuit",
        deadline=2,
        access_needs="Salle accessible en fauteuil roulant.",
        online_link="https://example.org/visio/debat",
        body=(
            Heading("Trois temps", "h3"),
            Text(
                "<ol><li>Ce que font déjà les jardins</li><li>Ce qu’en disent les personnes "
                "concernées</li><li>Ce que l’on peut demander ensemble</li></ol>"
            ),
        ),
    ),
    Event(
        slug="rencontres-agriculture-urbaine-ile-de-france",
        kind="conference",
        days_ago=42,
        picture="territory",
        title=(
            "Agriculture urbaine en Île-de-France & insertion : 2èmes Rencontres des Acteurs "
            "Engagés"
        ),
        short_title="Agriculture urbaine & insertion",
        summary=(
            "Une journée pour celles et ceux qui cultivent la ville et ouvrent des emplois : "
            "ateliers, visites et rencontres entre acteurs engagés."
        ),
        when=When(34, start=time(9), end=time(17)),
        place=Place("Lieu à confirmer", "", "", "", "11"),
        missions=("creer", "produire", "se-diversifier"),
        contact="paris",
        price="Gratuit, sur inscription",
        deadline=7,
        body=(
            Heading("La journée", "h3"),
            Text(
                "<ul><li>9 h : accueil</li><li>9 h 30 : où en est l’agriculture urbaine "
                "d’insertion ?</li><li>11 h : ateliers (foncier, débouchés, "
                "parcours)</li><li>14 h : visites de sites</li><li>16 h 30 : et "
                "maintenant ?</li></ul>"
            ),
        ),
    ),
)
