"""Resources for those who accompany people."""

from __future__ import annotations

from ..schema import (
    Callout,
    Heading,
    Pages,
    Picture,
    Questions,
    Quote,
    Recording,
    Resource,
    Table,
    Text,
)

RESOURCES = (
    Resource(
        slug="fiches-chiches",
        title="Les fiches chiches : expérimenter l’émancipation au quotidien",
        summary=(
            "Six petites expériences à tenter au jardin pour redonner du pouvoir d’agir, nées du "
            "forum de 2021. On essaie, on regarde, on en parle."
        ),
        picture="hands",
        days_ago=17,
        verified=17,
        kind="sheet",
        missions=("insertion",),
        themes=("emancipation",),
        files=("pdf",),
        body=(
            Text(
                "<p>« Chiche ? » C’est une invitation, pas une méthode. Chaque fiche propose "
                "une expérience courte, réversible, que l’on décide à plusieurs. Si elle ne "
                "prend pas, on l’arrête, et l’on a appris quelque chose.</p>"
            ),
            Heading("Six « chiches » pour commencer"),
            Text(
                "<ol><li><b>Chiche que l’équipe choisit une culture</b>, de la variété à la "
                "vente.</li><li><b>Chiche que l’on échange les places</b> : une journée, "
                "l’encadrant·e suit les consignes d’un·e salarié·e.</li><li><b>Chiche que "
                "chacun·e enseigne un geste</b>, cinq minutes, le lundi "
                "matin.</li><li><b>Chiche que la réunion est animée</b> par quelqu’un qui n’en "
                "a jamais animé.</li><li><b>Chiche que l’on invite nos proches</b> un "
                "samedi.</li><li><b>Chiche que l’on écrit ensemble</b> les règles de la salle "
                "de pause.</li></ol>"
            ),
            Heading("Regarder ce qui change"),
            Text(
                "<p>Après chaque essai, trois questions suffisent : qu’avons-nous vu ? qui a "
                "parlé davantage ? que garde-t-on ? Notez-les sur une feuille que tout le "
                "monde peut lire.</p>"
            ),
            Callout(
                "Sans forcer",
                "<p>L’émancipation ne se décrète pas. Le droit de <b>ne pas participer</b> "
                "fait partie de l’expérience.</p>",
            ),
            Quote(
                "Quand on m’a demandé quelle tomate planter, j’ai cru à un piège. C’est moi "
                "qui les ai vendues, en septembre.",
                "Un salarié en parcours",
                "dans un jardin du réseau",
            ),
            Picture("meeting", "On en parle ensemble, avant et après."),
        ),
    ),
    Resource(
        slug="repartir-les-roles-dans-l-equipe",
        title="Répartir les rôles dans l’équipe permanente",
        summary=(
            "Qui décide quoi, qui prévient qui ? Une fiche pour clarifier les rôles de la "
            "direction, de l’ASP, de la culture et de l’encadrement technique."
        ),
        picture="sowing",
        days_ago=74,
        verified=40,
        kind="sheet",
        missions=("insertion", "piloter"),
        themes=("organisation-du-travail", "mission-insertion"),
        files=("pdf",),
        body=(
            Text(
                "<p>Dans une petite équipe, tout le monde fait un peu de tout. C’est "
                "confortable jusqu’au jour où personne n’a rappelé la personne absente depuis "
                "trois jours.</p>"
            ),
            Heading("Le tableau des décisions"),
            Table(
                "Une décision, une personne qui tranche",
                ("Décision", "Propose", "Tranche", "Est prévenu·e"),
                (
                    ("Planning de la semaine", "Encadrement", "Chef·fe de culture", "ASP"),
                    ("Aménagement d’horaires", "ASP", "Direction", "Encadrement"),
                    ("Immersion en entreprise", "ASP", "La personne elle-même", "Toute l’équipe"),
                    (
                        "Renouvellement d’un contrat",
                        "ASP et encadrement",
                        "Direction",
                        "La personne, en premier",
                    ),
                ),
            ),
            Heading("Le point du jeudi"),
            Text(
                "<p>Une heure, à quatre, sans téléphone. On passe en revue les personnes avant "
                "les légumes. On note <b>une action par personne</b>, et qui s’en charge.</p>"
            ),
            Callout(
                "Le secret partagé",
                "<p>L’ASP ne dit pas tout, et c’est normal. Décidez ensemble de ce qui aide "
                "l’encadrement à bien faire travailler, et taisez le reste.</p>",
                "important",
            ),
            Heading("Quand ça coince", "h3"),
            Text(
                "<p>Un désaccord entre accompagnement et production est un signe de bonne "
                "santé, tant qu’il se dit devant tout le monde. S’il se répète, demandez un "
                "regard extérieur : une réunion d’ASP, un TSF, un parrainage.</p>"
            ),
            Pages("Aller plus loin", ("exchange", "individual")),
        ),
    ),
    Resource(
        slug="se-reperer-dans-les-reformes-de-l-iae",
        title="Se repérer dans les réformes de l’IAE",
        summary=(
            "Une carte pour s’orienter : qui décide, quels textes suivre, comment préparer le "
            "dialogue de gestion avec la DDETS et la DREETS."
        ),
        picture="planning",
        days_ago=40,
        verified=12,
        kind="guide",
        missions=("insertion", "piloter"),
        themes=("mission-insertion",),
        files=("pdf",),
        licence="network",
        members=True,
        authors="Pôle insertion, Réseau Cocagne",
        body=(
            Text(
                "<p>Les règles de l’insertion par l’activité économique changent souvent. Ce "
                "guide n’en fait pas la liste, qui vieillirait en un mois : il montre <b>où "
                "regarder et comment se préparer</b>.</p>"
            ),
            Heading("Qui décide de quoi"),
            Table(
                "Les interlocuteurs",
                ("Échelon", "Interlocuteur", "Ce qui s’y joue"),
                (
                    ("Département", "DDETS", "La convention, les postes, le dialogue de gestion"),
                    ("Région", "DREETS", "La répartition des moyens, les appels à projets"),
                    ("National", "Réseaux de l’IAE", "Le plaidoyer, les textes à venir"),
                ),
            ),
            Heading("Préparer le dialogue de gestion"),
            Text(
                "<ul><li>Trois chiffres que vous maîtrisez, plutôt que trente.</li><li>Deux "
                "parcours racontés sans nom, avec leurs détours.</li><li>Une difficulté dite "
                "franchement, avec ce que vous proposez.</li></ul>"
            ),
            Callout(
                "La veille du réseau",
                "<p>Les notes de lecture sont diffusées aux adhérent·e·s et discutées en "
                "réunion régionale. Une question ? Le pôle insertion la relaie.</p>",
            ),
            Heading("Ce que nous portons"),
            Text(
                "<p>Avec le Collectif inter-réseaux de l’IAE, le réseau défend une politique "
                "publique inclusive, bâtie à partir du travail réel des structures.</p>"
            ),
        ),
    ),
    Resource(
        slug="livret-d-accueil",
        title="Modèle de livret d’accueil des salarié·e·s en parcours",
        summary=(
            "Douze rubriques à compléter pour accueillir quelqu’un le premier jour : horaires, "
            "gestes, personnes à connaître, droits, et une page pour ses questions."
        ),
        picture="tools",
        days_ago=128,
        verified=90,
        kind="template",
        missions=("insertion",),
        themes=("mission-insertion", "organisation-du-travail"),
        files=("pdf",),
        members=True,
        licence="network",
        body=(
            Text(
                "<p>Le premier jour, on retient mal. Un livret que l’on emporte chez soi "
                "rassure, surtout s’il est illustré et s’il parle simplement.</p>"
            ),
            Heading("Les douze rubriques"),
            Text(
                "<ol><li>Bienvenue : le jardin en cinq phrases</li><li>Mon contrat, mes "
                "horaires, ma paie</li><li>Mon ASP : comment le ou la joindre</li><li>Mon "
                "encadrant·e technique</li><li>Le plan du jardin</li><li>Mes vêtements et mes "
                "outils</li><li>Les gestes qui protègent le dos</li><li>Que faire si je suis "
                "malade ou en retard</li><li>Mes droits et mes représentant·e·s</li><li>Une "
                "semaine au jardin</li><li>Les mots du maraîchage</li><li>Mes "
                "questions</li></ol>"
            ),
            Callout(
                "Écrire simple",
                "<p>Une idée par phrase, des mots courants, des dessins. Faites relire par "
                "<b>deux salarié·e·s</b> avant d’imprimer.</p>",
            ),
            Heading("Le remettre en main propre"),
            Text(
                "<p>Prenez vingt minutes pour tourner les pages ensemble. Laissez un crayon. "
                "La dernière page, celle des questions, est la plus utile : on y revient à la "
                "fin de la première semaine.</p>"
            ),
            Picture("interview", "Tourner les pages ensemble, le premier jour."),
        ),
    ),
    Resource(
        slug="tableau-de-bord-du-parcours",
        title="Tableau de bord du parcours d’insertion",
        summary=(
            "Un classeur pour suivre, avec la personne, ses étapes et ses compétences : des "
            "repères à partager, pas une note à donner."
        ),
        picture="interview",
        days_ago=95,
        verified=25,
        kind="tool",
        missions=("insertion",),
        themes=("mission-insertion",),
        files=("path-book",),
        licence="network",
        members=True,
        door="hidden",
        authors="Pôle insertion, Réseau Cocagne",
        body=(
            Text(
                "<p>Ce tableau se remplit <b>à deux</b>. Il appartient d’abord à la personne, "
                "qui peut en demander une copie à tout moment.</p>"
            ),
            Heading("Trois onglets"),
            Text(
                "<ul><li><b>Repères</b> : les compétences observables, en mots de tous les "
                "jours.</li><li><b>Étapes</b> : ce qui est décidé, par qui, pour "
                "quand.</li><li><b>Bilan</b> : un décompte automatique, utile pour préparer "
                "l’entretien.</li></ul>"
            ),
            Callout(
                "Données personnelles",
                "<p>N’y inscrivez ni santé, ni situation familiale, ni appréciation. Gardez le "
                "fichier dans un dossier protégé, et détruisez-le à la fin du délai fixé par "
                "votre association.</p>",
                "important",
            ),
            Heading("L’entretien de suivi"),
            Text(
                "<p>Commencez par ce qui a bougé depuis la dernière fois. Terminez par une "
                "seule étape, choisie par la personne.</p>"
            ),
        ),
    ),
    Resource(
        slug="podcast-le-premier-jour",
        title="Au micro du jardin : le premier jour",
        summary=(
            "Arriver dans un jardin quand on n’a pas travaillé depuis longtemps : ce qui aide, ce "
            "qui pèse. L’essentiel à lire, et l’indicatif de la série."
        ),
        picture="studio",
        days_ago=6,
        verified=6,
        kind="podcast",
        missions=("insertion",),
        themes=("mission-insertion", "emancipation"),
        files=("podcast-first-day",),
        body=(
            Recording("podcast-first-day", "L’indicatif de la série « Au micro du jardin »."),
            Text(
                "<p>On a mal dormi, on est venu trop tôt, on ne connaît personne. Le premier "
                "jour décide souvent du premier mois. Cet épisode rassemble ce que les équipes "
                "ont appris de ces matins-là.</p>"
            ),
            Heading("Ce qui aide"),
            Text(
                "<ul><li>Quelqu’un qui attend à la grille et connaît déjà le "
                "prénom.</li><li>Un <b>geste utile dès la première heure</b> : cueillir, "
                "peser, laver.</li><li>Un repas partagé, sans interrogatoire.</li><li>Une fin "
                "de journée où l’on dit : « À demain. »</li></ul>"
            ),
            Heading("Ce qui pèse"),
            Text(
                "<p>Trop de papiers d’un coup, trop de visages, un vestiaire où l’on ne sait "
                "pas où se mettre. Étalez les formalités sur la semaine.</p>"
            ),
            Callout(
                "Un enregistrement à venir",
                "<p>Le fichier joint est l’indicatif de la série, composé pour ce site. "
                "L’équipe de communication y substituera l’épisode enregistré.</p>",
            ),
            Questions(
                (
                    (
                        "Qui accueille chez vous ?",
                        (
                            "<p>Un·e salarié·e plus ancien·ne fait souvent cela très bien, si on "
                            "lui en donne le temps.</p>"
                        ),
                    ),
                )
            ),
        ),
    ),
    Resource(
        slug="accompagner-une-couveuse",
        title="Incubateur et couveuse : accompagner une installation",
        summary=(
            "Quand un·e salarié·e ou un·e voisin·e veut s’installer : le rôle d’un jardin dans une "
            "couveuse agricole, ses limites, et les partenaires à réunir."
        ),
        picture="tunnels",
        days_ago=156,
        verified=70,
        kind="guide",
        missions=("se-diversifier", "insertion"),
        themes=("incubateur-couveuse",),
        files=("pdf",),
        licence="cc-by-nc-sa-4.0",
        body=(
            Text(
                "<p>Certain·e·s attrapent le virus du maraîchage. Une couveuse leur permet "
                "d’essayer <b>pour de vrai</b>, sur une petite surface, avec un filet.</p>"
            ),
            Heading("Ce que le jardin peut offrir"),
            Text(
                "<ul><li>un coin de parcelle et l’accès à l’eau ;</li><li>des outils prêtés "
                "selon un planning ;</li><li>un débouché : quelques légumes pour les "
                "paniers ;</li><li>une oreille, une heure par semaine.</li></ul>"
            ),
            Heading("Ce qu’il ne doit pas promettre"),
            Text(
                "<p>Une terre à vie, un revenu, un réseau de clients. La couveuse est un temps "
                "d’essai, borné, qui peut conclure que ce n’est pas le bon métier, et c’est "
                "une réussite aussi.</p>"
            ),
            Callout(
                "À plusieurs",
                "<p>Chambre d’agriculture, groupements bio, structures foncières, boutique de "
                "gestion : un jardin n’est pas un organisme d’installation. Réunissez-les dès "
                "le début.</p>",
            ),
            Quote(
                "J’ai essayé deux saisons. Aujourd’hui je suis salarié dans une ferme, et je "
                "dors mieux.",
                "Un ancien salarié en parcours",
                "dans un jardin du réseau",
            ),
            Picture("sowing", "Deux saisons pour essayer."),
        ),
    ),
)
