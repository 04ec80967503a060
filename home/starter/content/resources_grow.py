"""Resources for those who grow and process."""

from __future__ import annotations

from ..schema import (
    Callout,
    Figures,
    Heading,
    Pages,
    Picture,
    Recording,
    Resource,
    Table,
    Text,
)

RESOURCES = (
    Resource(
        slug="cultiver-avec-moins-d-eau",
        title="Cultiver avec moins d’eau",
        summary=(
            "Sol couvert, goutte-à-goutte, variétés, horaires : huit leviers essayés dans des "
            "jardins pour passer l’été sans sacrifier les paniers ni les équipes."
        ),
        picture="water",
        days_ago=12,
        verified=5,
        kind="sheet",
        missions=("produire", "se-diversifier"),
        themes=("production-agricole", "environnement"),
        files=("pdf",),
        authors="Appui technique au maraîchage, Réseau Cocagne",
        body=(
            Text(
                "<p>Les étés secs ne sont plus des exceptions. Les jardins qui s’en sortent le "
                "mieux n’ont pas une solution, mais plusieurs petites, installées avant la "
                "chaleur.</p>"
            ),
            Heading("Retenir l’eau dans le sol"),
            Text(
                "<ul><li><b>Pailler</b> dès que la terre est chaude et "
                "humide.</li><li>Apporter du compost chaque année : un sol vivant garde l’eau "
                "comme une éponge.</li><li>Travailler peu, et jamais sec.</li><li>Planter "
                "serré, pour que les feuilles couvrent vite.</li></ul>"
            ),
            Heading("Arroser juste"),
            Text(
                "<ul><li>Passer au <b>goutte-à-goutte</b> là où la culture "
                "dure.</li><li>Programmer la nuit ; vérifier le matin, à la "
                "main.</li><li>Creuser à la bêche avant d’ouvrir la vanne : à dix centimètres, "
                "est-ce frais ?</li><li>Relever le compteur chaque semaine et afficher le "
                "chiffre.</li></ul>"
            ),
            Table(
                "Par où commencer",
                ("Levier", "Effort", "Effet attendu"),
                (
                    ("Paillage des courges et tomates", "Faible", "Fort"),
                    ("Relevé hebdomadaire du compteur", "Faible", "Moyen"),
                    ("Goutte-à-goutte sous abri", "Moyen", "Fort"),
                    ("Récupération des eaux de toiture", "Élevé", "Fort"),
                    ("Haie brise-vent", "Élevé", "Lent et durable"),
                ),
            ),
            Callout(
                "Les équipes aussi ont soif",
                "<p>Horaires décalés dès 28 °C, eau fraîche à portée, ombre à chaque bout de "
                "planche. Quand la chaleur devient dangereuse, on arrête.</p>",
                "important",
            ),
            Picture("soil", "Un sol couvert et vivant garde l’eau."),
        ),
    ),
    Resource(
        slug="la-pepiniere-de-plants",
        title="La pépinière de plants, une activité à part entière",
        summary=(
            "Produire ses plants, puis en vendre aux jardins voisins et aux habitant·e·s : ce "
            "qu’il faut savoir avant d’agrandir la serre."
        ),
        picture="greenhouse",
        days_ago=68,
        verified=35,
        kind="sheet",
        missions=("produire", "se-diversifier"),
        themes=("jardinage", "production-agricole"),
        files=("pdf",),
        licence="cc-by-nc-sa-4.0",
        body=(
            Text(
                "<p>Au printemps, une serre à plants sent la terre chaude et la promesse. "
                "C’est aussi un atelier exigeant, qui forme très bien à la précision et au "
                "soin.</p>"
            ),
            Heading("Une activité pour apprendre"),
            Text(
                "<p>Remplir, semer, repiquer, étiqueter : les gestes sont fins, répétables, et "
                "<b>l’on travaille au chaud et debout</b>. Des personnes qui peinent en plein "
                "champ s’y révèlent souvent.</p>"
            ),
            Heading("Compter avant de grandir"),
            Table(
                "Les postes à prévoir",
                ("Poste", "Question à se poser"),
                (
                    ("Terreau", "Peut-on le commander à plusieurs jardins ?"),
                    ("Chauffage", "Jusqu’où descendre sans perdre les plants ?"),
                    ("Tables", "À quelle hauteur pour ménager le dos ?"),
                    ("Vente", "Qui vend, où, combien de samedis ?"),
                ),
            ),
            Heading("Vendre les plants"),
            Text(
                "<ol><li>Aux <b>jardins voisins</b>, sur commande, en décembre.</li><li>Aux "
                "adhérent·e·s, avec le panier d’avril.</li><li>Aux habitant·e·s, lors d’une "
                "grande vente de printemps.</li></ol>"
            ),
            Callout(
                "Une affaire de dates",
                "<p>La pépinière vit à l’envers du potager : la grosse saison tombe en mars. "
                "Vérifiez que l’équipe est au complet à ce moment-là.</p>",
            ),
            Picture("hands", "Repiquer, un travail de précision."),
        ),
    ),
    Resource(
        slug="modele-de-plan-de-culture",
        title="Modèle de plan de culture",
        summary=(
            "Un classeur pour planifier les cultures planche par planche : surfaces, dates, "
            "récolte attendue et récapitulatif par famille, calculés pour vous."
        ),
        picture="planning",
        days_ago=47,
        verified=14,
        kind="template",
        missions=("produire",),
        themes=("production-agricole",),
        files=("crop-book",),
        authors="Appui technique au maraîchage, Réseau Cocagne",
        body=(
            Text(
                "<p>Un bon plan de culture tient dans la poche de la cotte. Celui-ci se "
                "remplit sur un ordinateur l’hiver, et s’imprime sur une page pour l’abri.</p>"
            ),
            Heading("Ce que contient le classeur"),
            Text(
                "<ul><li>un onglet <b>Mode d’emploi</b> ;</li><li>un onglet <b>Cultures</b>, "
                "une ligne par série ;</li><li>un onglet <b>Récapitulatif</b>, qui additionne "
                "surfaces et récoltes par famille botanique.</li></ul>"
            ),
            Heading("Trois conseils"),
            Text(
                "<ol><li>Partez du <b>panier</b> : 5 à 7 légumes différents chaque semaine, "
                "puis remontez aux semis.</li><li>Gardez une planche libre sur dix : la météo "
                "la remplira.</li><li>Notez la récolte réelle à côté de la récolte prévue ; "
                "l’année suivante, vous saurez.</li></ol>"
            ),
            Callout(
                "Les chiffres sont des exemples",
                "<p>Rendements et durées varient selon le sol et l’équipe. Remplacez-les par "
                "les vôtres dès la première saison.</p>",
            ),
        ),
    ),
    Resource(
        slug="video-la-serre-a-plants",
        title="La serre à plants, du semis à la livraison",
        summary=(
            "Un court film dessiné et sous-titré : les cinq moments d’une serre à plants, à "
            "montrer à une équipe qui arrive ou à des visiteur·se·s."
        ),
        picture="tunnels",
        days_ago=20,
        verified=20,
        kind="video",
        missions=("produire",),
        themes=("production-agricole", "jardinage"),
        files=("film-nursery", "film-nursery-vtt"),
        body=(
            Recording("film-nursery", "Film muet et sous-titré."),
            Text(
                "<p>Cinq images, cinq moments. Le film est muet : arrêtez-le quand vous voulez "
                "et racontez comment cela se passe chez vous.</p>"
            ),
            Heading("Les cinq moments"),
            Text(
                "<ol><li><b>Semer</b> : une graine par alvéole, à la bonne "
                "profondeur.</li><li><b>Soigner</b> : arroser en pluie fine, aérer, "
                "surveiller.</li><li><b>Repiquer</b> : choisir les plus beaux, sans jeter les "
                "lents trop tôt.</li><li><b>Endurcir</b> : sortir les plaques le jour, les "
                "rentrer la nuit.</li><li><b>Livrer</b> : compter, étiqueter, charger à "
                "plat.</li></ol>"
            ),
            Callout(
                "Pour l’équipe",
                "<p>Demandez à chacun·e de choisir le moment qu’il ou elle préfère, et "
                "d’expliquer pourquoi. C’est une bonne façon de composer les postes.</p>",
            ),
            Pages("À lire aussi", ("resource:la-pepiniere-de-plants",)),
        ),
    ),
    Resource(
        slug="video-trois-gestes-du-maraicher",
        title="Biner, pailler, arroser : trois gestes du maraîchage",
        summary=(
            "Un film dessiné pour apprendre trois gestes qui reviennent chaque semaine, en "
            "ménageant son dos et le sol."
        ),
        picture="sowing",
        days_ago=104,
        verified=50,
        kind="video",
        missions=("insertion", "produire"),
        themes=("jardinage",),
        files=("film-gestures", "film-gestures-vtt"),
        body=(
            Recording("film-gestures", "Film muet et sous-titré."),
            Text(
                "<p>Un geste bien montré une fois épargne dix rappels. Ce film se regarde "
                "debout, dans l’abri, juste avant de sortir.</p>"
            ),
            Heading("Biner"),
            Text(
                "<p>« Un binage vaut deux arrosages » : la houe coupe les herbes jeunes et "
                "casse la croûte. On avance, <b>le dos droit</b>, en changeant de main toutes "
                "les dix minutes.</p>"
            ),
            Heading("Pailler"),
            Text(
                "<p>Sur une terre humide et réchauffée, une bonne épaisseur de main. On laisse "
                "un peu d’air autour du pied.</p>"
            ),
            Heading("Arroser"),
            Text(
                "<p>Tôt ou tard, jamais en plein soleil, au pied plutôt que sur les feuilles. "
                "On vérifie avec le doigt avant de passer à la planche suivante.</p>"
            ),
            Callout(
                "Se relayer",
                "<p>Aucun geste ne devrait durer plus d’une heure d’affilée. Prévoyez la "
                "rotation avant de commencer.</p>",
                "important",
            ),
        ),
    ),
    Resource(
        slug="podcast-cooperer-entre-fermes",
        title="Au micro du jardin : coopérer entre fermes voisines",
        summary=(
            "Une légumerie partagée, une tournée commune, un plan de culture à deux : comment un "
            "jardin et des paysan·ne·s apprennent à compter l’un sur l’autre."
        ),
        picture="studio",
        days_ago=57,
        verified=57,
        kind="podcast",
        missions=("produire", "se-diversifier"),
        themes=("filiere-bio-solidaire",),
        files=("podcast-farms",),
        body=(
            Recording("podcast-farms", "L’indicatif de la série « Au micro du jardin »."),
            Text(
                "<p>Le jardin manque de pommes de terre, la ferme d’à côté manque de bras en "
                "juin. Sur le papier, tout est simple. Cet épisode raconte ce qui se passe "
                "après le papier.</p>"
            ),
            Heading("Ce qui fait tenir une coopération"),
            Text(
                "<ul><li>Un <b>prix fixé avant la saison</b>, et révisé une seule "
                "fois.</li><li>Une personne qui répond au téléphone de chaque "
                "côté.</li><li>Des volumes modestes la première année.</li><li>Une fête à la "
                "fin, pour se dire ce qui n’a pas marché.</li></ul>"
            ),
            Heading("Transformer ensemble"),
            Text(
                "<p>Un atelier de transformation coûte cher et tourne peu. À trois fermes, il "
                "se remplit : le lundi pour l’une, le mercredi pour l’autre, et le jardin "
                "assure l’entretien.</p>"
            ),
            Callout(
                "Un enregistrement à venir",
                "<p>Le fichier joint est l’indicatif de la série, composé pour ce site. "
                "L’équipe de communication y substituera l’épisode enregistré.</p>",
            ),
        ),
    ),
    Resource(
        slug="lire-son-sol-a-la-beche",
        title="Lire son sol à la bêche",
        summary=(
            "Vingt minutes, une bêche et de bons yeux : un diagnostic simple du sol à faire en "
            "équipe, avec la grille d’observation à imprimer."
        ),
        picture="soil",
        days_ago=180,
        verified=88,
        kind="tool",
        missions=("produire",),
        themes=("production-agricole", "foncier-bati"),
        files=("pdf",),
        body=(
            Text(
                "<p>Un sol se regarde, se sent et s’émiette. Inutile d’être agronome : "
                "l’habitude vient au troisième trou.</p>"
            ),
            Heading("Le matériel"),
            Text(
                "<p>Une bêche droite, une bassine, une bouteille d’eau, la grille imprimée, et "
                "deux personnes qui ne sont pas pressées.</p>"
            ),
            Heading("Cinq observations"),
            Table(
                "Grille d’observation",
                ("On regarde", "Bon signe", "À surveiller"),
                (
                    ("Surface", "Grumeaux, débris, turricules", "Croûte lisse"),
                    ("Odeur", "Sous-bois", "Vase ou rien"),
                    ("Mottes", "S’ouvrent entre les doigts", "Anguleuses et dures"),
                    ("Racines", "Plongent tout droit", "Coudées, à plat"),
                    ("Vers de terre", "Plusieurs dans la bêchée", "Aucun"),
                ),
            ),
            Figures(
                (
                    ("20 min", "pour un diagnostic"),
                    ("3", "trous par parcelle"),
                    ("1 fois", "par an, à la même saison"),
                )
            ),
            Heading("Et ensuite ?"),
            Text(
                "<p>Photographiez la bêchée avec une étiquette, rangez la photo avec celles "
                "des autres années. Une <b>tendance</b> se lit mieux qu’un chiffre.</p>"
            ),
            Callout(
                "À faire avec l’équipe",
                "<p>Le diagnostic à la bêche est un excellent exercice d’encadrement : "
                "chacun·e décrit, personne ne se trompe.</p>",
            ),
            Picture("tools", "Une bêche droite suffit."),
        ),
    ),
)
