"""Resources for those who sell and animate."""

from __future__ import annotations

from ..schema import (
    Callout,
    Figures,
    Heading,
    Picture,
    Quote,
    Recording,
    Resource,
    Table,
    Text,
)

RESOURCES = (
    Resource(
        slug="ouvrir-des-paniers-solidaires",
        title="Ouvrir des paniers solidaires avec l’action sociale",
        summary=(
            "De la première rencontre au premier panier : monter un partenariat où les personnes "
            "choisissent, cuisinent et restent, si elles le souhaitent."
        ),
        picture="delivery",
        days_ago=14,
        verified=8,
        kind="sheet",
        missions=("commercialiser",),
        themes=("alimentation", "commercialisation"),
        files=("pdf", "convention"),
        members=True,
        authors="Paniers Solidaires, Réseau Cocagne",
        body=(
            Text(
                "<p>Un panier solidaire n’est pas un panier donné. C’est un panier "
                "<b>choisi</b>, payé en partie, entouré d’un accueil et de moments de "
                "cuisine.</p>"
            ),
            Heading("Avant le premier panier"),
            Text(
                "<ol><li>Rencontrer un CCAS, un centre social ou une épicerie sociale, sur "
                "leur terrain.</li><li>Comprendre ce que vivent les personnes : horaires, "
                "transports, cuisine, envies.</li><li>Fixer ensemble le reste à payer et la "
                "durée.</li><li>Écrire une convention courte.</li><li>Prévoir l’accueil : qui, "
                "où, avec quel café ?</li></ol>"
            ),
            Heading("Pendant"),
            Text(
                "<p>Le panier se retire <b>au même endroit et à la même heure</b> que les "
                "autres. Un atelier de cuisine par mois suffit à changer le regard sur le "
                "céleri-rave.</p>"
            ),
            Callout(
                "Ce qui blesse",
                "<p>Une file à part, une couleur de sac différente, une liste lue à voix "
                "haute. Relisez votre organisation avec les yeux de quelqu’un qui hésite à "
                "venir.</p>",
                "important",
            ),
            Heading("Mesurer sans peser sur les gens"),
            Figures(
                (
                    ("12", "semaines pour un premier bilan"),
                    ("3", "questions, pas davantage"),
                    ("1", "repas partagé pour y répondre"),
                )
            ),
            Quote(
                "Ma voisine m’a demandé où j’achetais mes légumes. J’ai dit : à mon jardin.",
                "Une adhérente",
                "dans un jardin du réseau",
            ),
        ),
    ),
    Resource(
        slug="modele-de-convention-partenaire-social",
        title="Modèle de convention avec un partenaire social",
        summary=(
            "Deux pages à adapter : objet, engagements de chacun, reste à payer, durée, bilan. "
            "Écrites pour être comprises par celles et ceux qu’elles concernent."
        ),
        picture="interview",
        days_ago=88,
        verified=30,
        kind="template",
        missions=("commercialiser", "piloter"),
        themes=("alimentation", "cooperation-territoriale"),
        files=("convention",),
        licence="network",
        members=True,
        door="hidden",
        body=(
            Text(
                "<p>Une bonne convention se lit en cinq minutes et se relit avec plaisir un an "
                "après. Celle-ci laisse des blancs : remplissez-les ensemble.</p>"
            ),
            Heading("Les articles"),
            Text(
                "<ul><li><b>Objet</b> : pour qui, pour quoi.</li><li><b>Engagements du "
                "jardin</b> : paniers, accueil, ateliers.</li><li><b>Engagements du "
                "partenaire</b> : orientation, participation, "
                "présence.</li><li><b>Argent</b> : prix, reste à payer, "
                "facturation.</li><li><b>Respect</b> : discrétion, liberté "
                "d’arrêter.</li><li><b>Bilan</b> : date, forme, suites.</li></ul>"
            ),
            Callout(
                "À faire relire",
                "<p>Ce modèle ne remplace pas un conseil juridique. Faites-le valider par "
                "votre conseil d’administration.</p>",
                "important",
            ),
        ),
    ),
    Resource(
        slug="accueillir-une-classe",
        title="Accueillir une classe au jardin",
        summary=(
            "Préparer, accueillir, prolonger : le déroulé d’une demi-journée avec une classe, et "
            "le rôle que peuvent y tenir les salarié·e·s."
        ),
        picture="visit",
        days_ago=36,
        verified=15,
        kind="sheet",
        missions=("commercialiser", "se-diversifier"),
        themes=("animation-pedagogique", "jardinage"),
        files=("pdf",),
        body=(
            Text(
                "<p>Vingt-cinq enfants, deux accompagnateurs, une averse : avec un peu de "
                "préparation, c’est l’une des plus belles matinées de l’année.</p>"
            ),
            Heading("Deux semaines avant"),
            Text(
                "<ul><li>Appeler l’enseignant·e : que font-ils en classe ? qui a besoin d’une "
                "attention particulière ?</li><li>Repérer les toilettes, l’abri, l’eau, le "
                "point de rassemblement.</li><li>Proposer à un·e ou deux salarié·e·s de "
                "<b>tenir un atelier</b>, et le préparer avec elles et eux.</li></ul>"
            ),
            Heading("La matinée"),
            Table(
                "Un déroulé possible",
                ("Heure", "Groupe A", "Groupe B"),
                (
                    ("9 h 30", "Accueil sous l’abri", "Accueil sous l’abri"),
                    ("9 h 50", "Semer et emporter", "Enquête : qui vit dans le sol ?"),
                    ("10 h 40", "Enquête : qui vit dans le sol ?", "Semer et emporter"),
                    ("11 h 30", "Goûter de légumes", "Goûter de légumes"),
                ),
            ),
            Heading("Après"),
            Text(
                "<p>Envoyez une photo du plant semé, trois semaines plus tard. Invitez les "
                "familles à la vente de plants : elles viennent.</p>"
            ),
            Callout(
                "Sécurité",
                "<p>Outils rangés, serre aérée, mains lavées, allergies connues. Vérifiez "
                "votre assurance avant d’annoncer la date.</p>",
                "important",
            ),
            Picture("orchard", "Le poulailler, étape préférée des enfants."),
        ),
    ),
    Resource(
        slug="cuisiner-les-legumes-du-panier",
        title="Cuisiner les légumes du panier",
        summary=(
            "Douze gestes de base et des idées pour les légumes mal-aimés : un petit guide à "
            "glisser dans les paniers ou à utiliser en atelier."
        ),
        picture="kitchen",
        days_ago=27,
        verified=27,
        kind="guide",
        missions=("commercialiser", "se-diversifier"),
        themes=("cuisine", "alimentation", "anti-gaspi"),
        files=("pdf",),
        body=(
            Text(
                "<p>On quitte rarement un panier à cause du prix. On le quitte parce qu’un "
                "chou-rave regarde depuis trois semaines, au fond du réfrigérateur.</p>"
            ),
            Heading("Les gestes qui sauvent"),
            Text(
                "<ul><li><b>Rôtir</b> : huile, sel, four bien chaud. Marche avec presque "
                "tout.</li><li><b>Mixer</b> : les restes du lundi font la soupe du "
                "mardi.</li><li><b>Lacto-fermenter</b> : du sel, de l’eau, un bocal, de la "
                "patience.</li><li><b>Faire revenir les fanes</b> : radis, betteraves, "
                "carottes.</li></ul>"
            ),
            Heading("Les mal-aimés"),
            Table(
                "Que faire de…",
                ("Légume", "Une idée simple"),
                (
                    ("Blettes", "Côtes gratinées, feuilles en omelette"),
                    ("Céleri-rave", "Râpé, citron, yaourt"),
                    ("Chou-rave", "En bâtonnets crus, sel et cumin"),
                    ("Panais", "Rôti au miel avec des carottes"),
                    ("Topinambours", "En velouté, avec des noisettes"),
                ),
            ),
            Heading("Animer un atelier", "h3"),
            Text(
                "<p>Six personnes, trois légumes, une heure trente, et l’on mange à la fin. "
                "Laissez celui ou celle qui « ne sait pas cuisiner » goûter et assaisonner : "
                "c’est là que tout commence.</p>"
            ),
            Callout(
                "Ne rien perdre",
                "<p>Les épluchures d’un légume bio font un bouillon. Congelez-les au fur et à "
                "mesure.</p>",
            ),
            Picture("basket", "Tout commence par un panier que l’on vide avec plaisir."),
        ),
    ),
    Resource(
        slug="video-preparer-les-paniers",
        title="Préparer les paniers sans se presser",
        summary=(
            "Un court film dessiné et sous-titré sur l’organisation d’une matinée de paniers : le "
            "flux, les postes, le dernier regard."
        ),
        picture="parcels",
        days_ago=31,
        verified=31,
        kind="video",
        missions=("commercialiser",),
        themes=("commercialisation", "organisation-du-travail"),
        files=("film-parcels", "film-parcels-vtt"),
        body=(
            Recording("film-parcels", "Film muet et sous-titré."),
            Text(
                "<p>Le jour des paniers, la fatigue vient moins du poids que des "
                "allers-retours. Ce film suit un légume, de la caisse au coffre, et montre où "
                "l’on peut gagner des pas.</p>"
            ),
            Heading("Cinq repères"),
            Text(
                "<ol><li>Les légumes lourds <b>au début de la chaîne</b>, les fragiles à la "
                "fin.</li><li>Une table à hauteur de hanche, et rien par terre.</li><li>Un "
                "panier témoin, pesé, sous les yeux de tout le monde.</li><li>Une personne qui "
                "regarde passer le dernier panier et sourit.</li><li>Une pause à heure fixe, "
                "même en retard.</li></ol>"
            ),
            Callout(
                "Un poste pour chacun·e",
                "<p>Compter, peser, étiqueter, vérifier, charger : proposez à chaque salarié·e "
                "d’essayer tous les postes dans le mois.</p>",
            ),
        ),
    ),
    Resource(
        slug="mesurer-le-gaspillage",
        title="Mesurer le gaspillage, de la parcelle au panier",
        summary=(
            "Un classeur pour noter ce qui se perd au champ, au lavage, au stockage et à la "
            "distribution, et voir où agir en premier."
        ),
        picture="crates",
        days_ago=78,
        verified=44,
        kind="tool",
        missions=("commercialiser", "se-diversifier"),
        themes=("anti-gaspi", "filiere-bio-solidaire"),
        files=("waste-book",),
        body=(
            Text(
                "<p>On ne réduit que ce que l’on voit. Pendant quatre semaines, pesez ce qui "
                "ne part pas dans les paniers : vous serez surpris·e, rarement par ce que vous "
                "croyiez.</p>"
            ),
            Heading("Mode d’emploi"),
            Text(
                "<ul><li>Une balance, un seau par étape, une feuille accrochée au "
                "mur.</li><li>On pèse <b>en fin de journée</b>, toujours la même personne dans "
                "la semaine.</li><li>On reporte les chiffres le vendredi ; le graphique se lit "
                "en réunion d’équipe.</li></ul>"
            ),
            Heading("Que faire de ce qui reste"),
            Text(
                "<ol><li>Le proposer aux salarié·e·s.</li><li>Le transformer : soupe, "
                "conserve, lacto-fermentation.</li><li>Le donner à une association "
                "voisine.</li><li>Nourrir les poules, puis le compost.</li></ol>"
            ),
            Callout(
                "Ne cherchez pas le zéro",
                "<p>Une part de perte protège la qualité. L’objectif est de savoir <b>laquelle "
                "est choisie</b>, et laquelle est subie.</p>",
            ),
            Picture("kitchen", "Ce qui reste devient soupe, bocal ou bouillon."),
        ),
    ),
)
