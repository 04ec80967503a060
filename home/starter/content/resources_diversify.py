"""Resources for those who open a new activity."""

from __future__ import annotations

from ..schema import (
    Callout,
    Heading,
    Pages,
    Picture,
    Questions,
    Quote,
    Resource,
    Table,
    Text,
)

RESOURCES = (
    Resource(
        slug="entretenir-les-espaces-naturels",
        title="Entretenir les espaces verts et naturels d’une commune",
        summary=(
            "Haies, mares, sentiers, cimetières : ouvrir un chantier d’espaces naturels à côté du "
            "maraîchage, du premier devis à la deuxième saison."
        ),
        picture="hedge",
        days_ago=44,
        verified=22,
        kind="sheet",
        missions=("se-diversifier",),
        themes=("espaces-verts", "environnement"),
        files=("pdf",),
        authors="Environnement et espaces naturels, Réseau Cocagne",
        body=(
            Text(
                "<p>Une équipe qui sait soigner des planches de légumes sait aussi soigner un "
                "talus. Pour la commune, c’est un service utile ; pour les salarié·e·s, un "
                "autre métier à découvrir.</p>"
            ),
            Heading("Ce que l’on peut proposer"),
            Text(
                "<ul><li>planter et entretenir des <b>haies champêtres</b> ;</li><li>faucher "
                "tard, ramasser, composter ;</li><li>ouvrir ou restaurer un "
                "sentier ;</li><li>désherber sans produits les places et les "
                "cimetières.</li></ul>"
            ),
            Heading("Le premier chantier"),
            Text(
                "<ol><li>Visiter les lieux avec l’agent ou l’agente qui les "
                "connaît.</li><li>Écrire un devis par passage, et non à "
                "l’année.</li><li>Photographier avant, pendant, après.</li><li>Inviter "
                "l’équipe municipale le dernier jour.</li></ol>"
            ),
            Table(
                "Une année de chantiers",
                ("Saison", "Espaces naturels", "Maraîchage"),
                (
                    ("Hiver", "Plantations, taille", "Calme"),
                    ("Printemps", "Arrêt des tailles", "Semis et repiquages"),
                    ("Été", "Fauche tardive", "Récoltes"),
                    ("Automne", "Sentiers, feuilles", "Récoltes, rangements"),
                ),
            ),
            Callout(
                "Une autre équipe ?",
                "<p>Le calendrier se complète bien, mais l’encadrement demande des compétences "
                "propres. Mieux vaut un·e encadrant·e dédié·e qu’une équipe tiraillée.</p>",
                "important",
            ),
            Picture(
                "territory", "Haies, chemins, rivière : le jardin regarde au-delà de ses planches."
            ),
        ),
    ),
    Resource(
        slug="un-atelier-de-conserves",
        title="Un atelier de conserves à partir des surplus",
        summary=(
            "Transformer sans se perdre : hygiène, matériel, recettes, étiquettes et prix, pour "
            "démarrer petit avec les surplus du jardin."
        ),
        picture="kitchen",
        days_ago=99,
        verified=52,
        kind="sheet",
        missions=("se-diversifier", "produire", "commercialiser"),
        themes=("cuisine", "anti-gaspi", "filiere-bio-solidaire"),
        files=("pdf",),
        members=True,
        authors="Transformation et filières, Réseau Cocagne",
        body=(
            Text(
                "<p>Août déborde de tomates, février manque de couleurs. Entre les deux, il y "
                "a un bocal.</p>"
            ),
            Heading("Commencer petit"),
            Text(
                "<p>Une recette, cent bocaux, un partenaire qui prête sa cuisine : c’est assez "
                "pour savoir si l’équipe aime cela et si les adhérent·e·s achètent.</p>"
            ),
            Heading("Hygiène : les incontournables"),
            Text(
                "<ul><li>un <b>plan de maîtrise sanitaire</b> écrit, affiché, "
                "appliqué ;</li><li>une formation à l’hygiène pour chaque "
                "encadrant·e ;</li><li>des températures relevées et gardées ;</li><li>la "
                "marche en avant : le sale ne croise pas le propre.</li></ul>"
            ),
            Table(
                "Ce que coûte un bocal (exemple fictif)",
                ("Poste", "Par bocal"),
                (
                    ("Légumes", "0,90 €"),
                    ("Bocal et couvercle", "0,75 €"),
                    ("Énergie", "0,25 €"),
                    ("Travail", "1,40 €"),
                    ("Étiquette", "0,10 €"),
                ),
            ),
            Callout(
                "Acidité",
                "<p>Les conserves de légumes peu acides présentent un risque grave si le "
                "traitement est insuffisant. Ne testez <b>aucun barème de stérilisation</b> "
                "sans un appui compétent.</p>",
                "important",
            ),
            Heading("Vendre l’histoire autant que le bocal", "h3"),
            Text(
                "<p>Sur l’étiquette : les ingrédients, la date, le lot… et une phrase sur "
                "celles et ceux qui l’ont fait.</p>"
            ),
        ),
    ),
    Resource(
        slug="grille-avant-de-se-diversifier",
        title="Avant de se diversifier : la grille d’autodiagnostic",
        summary=(
            "Vingt questions à se poser en équipe avant d’ouvrir une activité. Le classeur "
            "additionne les réponses ; la discussion fait le reste."
        ),
        picture="orchard",
        days_ago=65,
        verified=18,
        kind="tool",
        missions=("se-diversifier", "piloter"),
        themes=("incubateur-couveuse", "modeles-economiques"),
        files=("grid-book",),
        body=(
            Text(
                "<p>78 % des jardins se sont diversifiés. Aucun n’a suivi le même chemin, mais "
                "presque tous auraient aimé se poser ces questions plus tôt.</p>"
            ),
            Heading("Quatre familles de questions"),
            Text(
                "<ul><li><b>Le sens</b> : à quel besoin répond-on ? qui le dit, à part "
                "nous ?</li><li><b>L’équipe</b> : qui en a envie ? qui "
                "encadrera ?</li><li><b>Les moyens</b> : quels locaux, quel matériel, quel "
                "temps ?</li><li><b>L’économie</b> : que rapporte l’activité, en argent et "
                "autrement ?</li></ul>"
            ),
            Heading("Comment l’utiliser"),
            Text(
                "<p>Remplissez la grille chacun·e de son côté, puis comparez. <b>Les écarts "
                "comptent plus que les totaux</b> : là où les réponses diffèrent, il y a une "
                "conversation à avoir.</p>"
            ),
            Callout(
                "Un modèle au-delà de l’argent",
                "<p>Compter aussi les emplois, les compétences acquises, les personnes "
                "nourries, les kilomètres évités : ce sont des résultats, et ils se présentent "
                "à un financeur.</p>",
            ),
            Pages("Et ensuite", ("individual", "funding")),
        ),
    ),
    Resource(
        slug="poules-et-verger",
        title="Des poules au verger : une association qui se réfléchit",
        summary=(
            "Œufs, fumure, désherbage, animation : ce qu’apportent des poules pondeuses sous les "
            "fruitiers, et le travail qu’elles demandent tous les jours."
        ),
        picture="orchard",
        days_ago=210,
        verified=None,
        kind="sheet",
        missions=("se-diversifier",),
        themes=("environnement", "jardinage"),
        files=("pdf",),
        licence="cc-by-nc-sa-4.0",
        body=(
            Text(
                "<p>Les poules ne connaissent ni dimanche ni jour férié. Avant les œufs, il "
                "faut un planning.</p>"
            ),
            Heading("Ce qu’elles apportent"),
            Text(
                "<ul><li>des œufs, très demandés avec les paniers ;</li><li>une tonte et une "
                "fumure régulières ;</li><li>moins de larves au pied des arbres ;</li><li>un "
                "<b>lien avec les visiteur·se·s</b>, petits et grands.</li></ul>"
            ),
            Heading("Ce qu’elles demandent"),
            Table(
                "Le travail, jour par jour",
                ("Rythme", "Tâche", "Temps"),
                (
                    ("Chaque matin", "Ouvrir, nourrir, regarder", "20 min"),
                    ("Chaque soir", "Ramasser, compter, fermer", "25 min"),
                    ("Chaque semaine", "Nettoyer, pailler", "2 h"),
                    ("Chaque saison", "Déplacer le parcours", "1 jour"),
                ),
            ),
            Callout(
                "Règles sanitaires",
                "<p>Déclaration, registre, protection contre les oiseaux sauvages : "
                "renseignez-vous auprès des services vétérinaires avant d’acheter la première "
                "poule.</p>",
                "important",
            ),
            Quote(
                "Le planning des poules a été le premier que l’équipe a écrit toute seule.",
                "Un encadrant technique",
                "dans un jardin du réseau",
            ),
            Picture("visit", "Les visites finissent souvent au poulailler."),
        ),
    ),
    Resource(
        slug="construire-une-filiere-bio-solidaire",
        title="Construire une filière bio solidaire",
        summary=(
            "Du champ à la cantine : qui fait quoi, qui prend quel risque, comment partager la "
            "valeur. Une fiche pour préparer la première réunion."
        ),
        picture="delivery",
        days_ago=120,
        verified=66,
        kind="sheet",
        missions=("se-diversifier", "commercialiser", "produire"),
        themes=("filiere-bio-solidaire", "alimentation"),
        files=("pdf",),
        body=(
            Text(
                "<p>Une cantine veut du bio local, trois fermes veulent un débouché sûr, un "
                "jardin sait laver, éplucher, conditionner. Reste à faire connaissance.</p>"
            ),
            Heading("Se répartir les rôles"),
            Table(
                "Les maillons d’une filière",
                ("Maillon", "Qui peut le tenir", "Le risque"),
                (
                    ("Produire", "Fermes et jardins", "La météo"),
                    ("Préparer", "Légumerie du jardin", "Le volume"),
                    ("Livrer", "Jardin ou plateforme", "Le remplissage du camion"),
                    ("Cuisiner", "Cantine", "Les changements de menu"),
                ),
            ),
            Heading("Cinq questions pour la première réunion"),
            Text(
                "<ol><li>De quels légumes, en quelle quantité, à quelle date ?</li><li>Lavés, "
                "épluchés, coupés ?</li><li>Quel prix tient toute l’année ?</li><li>Qui "
                "prévient qui quand la grêle est passée ?</li><li>Comment le raconte-t-on aux "
                "convives ?</li></ol>"
            ),
            Callout(
                "Le partage de la valeur",
                "<p>Écrivez la décomposition du prix à chaque maillon et montrez-la à tout le "
                "monde. La confiance commence là.</p>",
            ),
            Questions(
                (
                    (
                        "Faut-il une structure commune ?",
                        (
                            "<p>Pas au début. Une convention et un calendrier partagé suffisent "
                            "pour la première saison.</p>"
                        ),
                    ),
                )
            ),
            Picture("crates", "De la caisse au quai de livraison."),
        ),
    ),
)
