"""The network, its support schemes and the reference framework: public story pages."""

from __future__ import annotations

from ..schema import (
    Button,
    Callout,
    ContactCard,
    ContentPage,
    Figures,
    Heading,
    Pages,
    Picture,
    Quote,
    Table,
    Text,
)

SCHEMES = (
    ContentPage(
        key="schemes",
        slug="dispositifs",
        title="Nos dispositifs d’accompagnement",
        short_title="Dispositifs",
        summary=(
            "Six façons d’être accompagné·e quand on est adhérent·e : échanger, apprendre, "
            "financer, être suivi·e, porter la marque, prendre du recul."
        ),
        picture="hands",
        days_ago=360,
        body=(
            Text(
                "<p>Un jardin adhérent ne reçoit pas un catalogue : il entre dans une "
                "communauté de travail. Les six dispositifs ci-dessous se combinent. On peut "
                "commencer par une réunion régionale, découvrir qu’un autre jardin a résolu la "
                "même question, partir une journée chez lui, puis demander un appui pour "
                "investir.</p><p>Chaque jardin verse une adhésion ; <b>environ la moitié du "
                "budget annuel</b> du réseau revient ensuite aux jardins.</p>"
            ),
            Figures(
                (
                    ("6", "dispositifs qui se combinent"),
                    ("30 ans", "d’expérience partagée"),
                    ("78 %", "des jardins se sont diversifiés"),
                )
            ),
        ),
    ),
    ContentPage(
        key="exchange",
        parent="schemes",
        slug="echanges-de-savoir-faire",
        days_ago=358,
        title="Échanges de savoir-faire",
        summary=(
            "Réunions régionales par métier, groupes de pairs et groupes de travail : les jardins "
            "apprennent d’abord les uns des autres."
        ),
        picture="meeting",
        body=(
            Text(
                "<p>Le meilleur conseil vient souvent de quelqu’un qui fait le même métier, à "
                "cent kilomètres de là. Le réseau organise ces rencontres, prépare leur ordre "
                "du jour avec vous et garde la trace de ce qui s’y dit.</p>"
            ),
            Heading("Les réunions régionales, par métier"),
            Text(
                "<p>Directrices et directeurs, ASP, encadrant·e·s techniques : chacun·e "
                "retrouve ses pairs d’une même région, dans un jardin qui reçoit. On visite, "
                "on met sur la table deux ou trois questions, on repart avec des noms et des "
                "numéros.</p>"
            ),
            Heading("Les groupes de pairs"),
            Text(
                "<p>Certains jardins se ressemblent plus qu’ils ne sont voisins. Trois groupes "
                "les réunissent :</p><ul><li>les <b>ensembliers</b>, qui portent plusieurs "
                "activités ;</li><li>les <b>jardins ruraux</b>, loin des grandes "
                "villes ;</li><li>les <b>grands jardins</b>, avec leurs questions "
                "d’organisation.</li></ul>"
            ),
            Heading("Les groupes de travail"),
            Text(
                "<p>Ouverts à toutes celles et ceux que le sujet concerne, ils avancent sur un "
                "thème pendant une ou plusieurs saisons : les plateformes, la transformation, "
                "les paniers solidaires.</p>"
            ),
            Picture("greenhouse", "Une visite entre pairs, dans la serre d’un jardin voisin."),
            Button("Voir les prochaines réunions", "agenda"),
        ),
    ),
    ContentPage(
        key="training",
        parent="schemes",
        slug="formations-tsf-journees-techniques",
        days_ago=357,
        title="Formations, TSF & journées techniques",
        short_title="Formations et TSF",
        summary=(
            "Apprendre une journée dans un jardin expert, se retrouver entre encadrant·e·s sur une "
            "parcelle, suivre une formation certifiée."
        ),
        picture="greenhouse",
        body=(
            Text(
                "<p>On apprend en regardant faire, en faisant, puis en en parlant. Trois "
                "formats, selon le temps dont vous disposez et ce que vous cherchez.</p>"
            ),
            Table(
                "Trois façons d’apprendre",
                ("Format", "Durée", "Pour qui"),
                (
                    (
                        "TSF collectif (transfert de savoir-faire)",
                        "Une journée avec l’expert·e d’un jardin",
                        "Toute l’équipe permanente",
                    ),
                    ("Journée technique", "Une journée sur un jardin", "Encadrant·e·s techniques"),
                    (
                        "Formation de Travail & TransitionS",
                        "Selon le programme",
                        "Tous les métiers du jardin",
                    ),
                ),
            ),
            Heading("Le TSF collectif"),
            Text(
                "<p>Un jardin ouvre ses portes et montre <b>une chose qu’il fait bien</b> : sa "
                "serre à plants, son logiciel de paniers, sa façon d’accueillir. Le matin, on "
                "observe et on questionne ; l’après-midi, chacun·e travaille sur son propre "
                "cas.</p>"
            ),
            Heading("Les journées techniques"),
            Text(
                "<p>Elles réunissent les encadrant·e·s techniques autour d’une culture, d’un "
                "outil ou d’une saison. Les bottes sont recommandées.</p>"
            ),
            Heading("Les formations de Travail & TransitionS"),
            Text(
                "<p>Cet organisme <b>certifié Qualiopi</b> a été fondé par le Réseau Cocagne "
                "avec 8 autres organisations. Ses formations peuvent être financées par votre "
                "OPCO.</p>"
            ),
            Button("Le catalogue de Travail & TransitionS", url="https://travail-transitions.fr/"),
            Pages("Pour préparer votre venue", ("agenda", "toolbox")),
        ),
    ),
    ContentPage(
        key="funding",
        parent="schemes",
        slug="financements-de-projets",
        days_ago=356,
        title="Financements de projets",
        short_title="Financements",
        summary=(
            "Appels à projets internes, Paniers Solidaires, Plan Serres : environ la moitié du "
            "budget du réseau retourne aux jardins, avec un conseil à chaque étape."
        ),
        picture="balance",
        body=(
            Text(
                "<p>Un réseau, c’est aussi une caisse commune. Environ la moitié du budget "
                "annuel revient aux jardins sous forme d’appels à projets internes. Le réseau "
                "négocie, avance, répartit ; les jardins construisent.</p>"
            ),
            Heading("Ce qui peut être soutenu"),
            Text(
                "<ul><li><b>Paniers Solidaires</b> : rendre les légumes accessibles à des "
                "foyers aux revenus modestes.</li><li><b>Plan Serres</b> : s’équiper pour "
                "produire toute l’année et travailler à l’abri.</li><li>Des <b>appels à "
                "projets internes</b>, sur les thèmes choisis par le réseau.</li></ul>"
            ),
            Heading("Un conseil, du premier chiffre au bilan"),
            Text(
                "<ol><li><b>Dimensionner</b> : de quoi avez-vous vraiment besoin, et dans quel "
                "ordre ?</li><li><b>Suivre</b> : tenir un tableau d’investissement lisible par "
                "votre conseil d’administration.</li><li><b>Présenter</b> : raconter les "
                "résultats aux financeurs, chiffres et visages à l’appui.</li></ol>"
            ),
            Callout(
                "Avant de déposer un dossier",
                "<p>Un appel de vingt minutes évite souvent une demande trop grande, trop "
                "petite ou trop tôt. Écrivez-nous dès que l’idée prend forme.</p>",
            ),
            ContactCard("funding"),
        ),
    ),
    ContentPage(
        key="individual",
        parent="schemes",
        slug="accompagnement-individuel",
        days_ago=355,
        title="Accompagnement individuel",
        summary=(
            "Un diagnostic de vos besoins, puis un TSF individuel de quelques jours ou un "
            "parrainage par un jardin expérimenté."
        ),
        picture="interview",
        body=(
            Text(
                "<p>Certaines questions ne se règlent pas en réunion : une équipe qui se "
                "renouvelle d’un coup, un modèle économique qui craque, un projet qui dépasse "
                "ce que l’on connaît. L’accompagnement individuel est fait pour elles.</p>"
            ),
            Heading("D’abord, comprendre"),
            Text(
                "<p>Par une <b>visiodiag</b> ou un entretien en tête à tête avec l’équipe du "
                "réseau, on cherche ensemble où se situe le nœud. Il arrive que cet échange "
                "suffise.</p>"
            ),
            Heading("Ensuite, choisir le bon format"),
            Table(
                "TSF individuel ou parrainage",
                ("Ce qui change", "TSF individuel", "Parrainage"),
                (
                    ("Durée", "Quelques jours", "Plus de 5 jours"),
                    (
                        "Avec qui",
                        "Un·e professionnel·le d’un autre jardin",
                        "Un jardin expérimenté, dans la durée",
                    ),
                    ("Pour quoi", "Un savoir-faire précis", "Un changement d’ensemble"),
                ),
            ),
            Quote(
                "Le jardin qui nous a parrainés n’avait pas de recette. Il avait surtout déjà "
                "fait nos erreurs.",
                "Une directrice",
                "dans un jardin du réseau",
            ),
            ContactCard("steering"),
        ),
    ),
    ContentPage(
        key="mark",
        parent="schemes",
        slug="marque-jardin-de-cocagne",
        days_ago=354,
        title="La marque « Jardin de Cocagne »",
        short_title="La marque",
        summary=(
            "Déposée et gérée par le réseau, réservée à ses membres : une marque qui dit des "
            "exigences sociales et agricoles."
        ),
        picture="basket",
        body=(
            Text(
                "<p>« Jardin de Cocagne » n’est pas seulement un joli nom. C’est une <b>marque "
                "déposée</b>, que le Réseau Cocagne gère et que seuls ses membres peuvent "
                "utiliser.</p>"
            ),
            Heading("Ce que la marque garantit"),
            Text(
                "<ul><li>Un <b>engagement social</b> : l’insertion par le travail est la "
                "raison d’être du jardin.</li><li>Un <b>engagement agricole</b> : le "
                "maraîchage y est biologique.</li><li>Un <b>engagement collectif</b> : le "
                "jardin participe à la vie du réseau.</li></ul>"
            ),
            Heading("Ce qu’elle vous apporte"),
            Text(
                "<p>Des outils de promotion, une reconnaissance auprès du public et un "
                "plaidoyer porté d’une seule voix devant les pouvoirs publics.</p>"
            ),
            Callout(
                "Vous êtes adhérent·e ?",
                "<p>Les règles d’usage, les logos et les gabarits vous attendent dans l’espace "
                'de la <a page="brand">marque</a>, après connexion.</p>',
                "important",
            ),
        ),
    ),
    ContentPage(
        key="horizon",
        parent="schemes",
        slug="sortir-la-tete-du-guidon",
        days_ago=353,
        title="Sortir la tête du guidon",
        summary=(
            "Le forum Cocagne tous les deux ans ; chaque année, des débats, des séminaires, de la "
            "recherche-action et des visites apprenantes."
        ),
        picture="forum",
        body=(
            Text(
                "<p>Le quotidien d’un jardin prend toute la place. Le réseau crée des moments "
                "pour lever les yeux, entendre d’autres voix et revenir avec des idées "
                "neuves.</p>"
            ),
            Heading("Le forum Cocagne"),
            Text(
                "<p>Tous les deux ans, les équipes se retrouvent plusieurs jours. En 2021, le "
                "thème était l’<b>émancipation</b> : les « fiches chiches » qui en sont nées "
                "circulent encore.</p>"
            ),
            Heading("Débats, séminaires et recherche-action"),
            Text(
                "<p>Chaque année, le réseau débat avec ses partenaires nationaux, réunit un "
                "séminaire et participe à des travaux de recherche-action menés dans les "
                "jardins mêmes.</p>"
            ),
            Heading("Les visites apprenantes"),
            Text(
                "<p>On découvre un jardin avec une question en tête. Vous pouvez y inviter "
                "<b>vos partenaires et vos élu·e·s</b> : une matinée sur place convainc mieux "
                "qu’un dossier.</p>"
            ),
            Picture("greenhouse", "Une visite apprenante dans une serre à plants."),
            Button("Voir l’agenda", "agenda"),
        ),
    ),
)

FRAMEWORK = ContentPage(
    key="framework",
    slug="qu-est-ce-qu-un-jardin-de-cocagne",
    title="Qu’est-ce qu’un Jardin de Cocagne ?",
    short_title="Un Jardin de Cocagne",
    summary=(
        "Ce qui fait un Jardin de Cocagne, qui y travaille, et le minimum à prévoir avant d’en "
        "créer un."
    ),
    picture="tunnels",
    days_ago=362,
    body=(
        Text(
            "<p>Un Jardin de Cocagne est un <b>jardin maraîcher biologique au service de "
            "l’insertion par le travail</b>. On y cultive des légumes ; on y reprend surtout "
            "confiance, des repères, un métier parfois.</p>"
        ),
        Figures(
            (
                ("5 à 7", "légumes différents dans le panier, chaque semaine"),
                ("12 mois", "de paniers par an"),
                ("78 %", "des jardins se sont diversifiés"),
            )
        ),
        Heading("Une association, un chantier d’insertion"),
        Text(
            "<p>La plupart des jardins sont des associations loi 1901. Ils portent un "
            "<b>atelier et chantier d’insertion (ACI)</b>, sous convention avec les services "
            "de l’État : la DDETS dans le département, la DREETS dans la région. Ce sont des "
            "structures d’insertion par l’activité économique (SIAE).</p><p>Les personnes en "
            "parcours y sont salariées, avec un <b>contrat à durée déterminée d’insertion "
            "(CDDI)</b>.</p>"
        ),
        Heading("Une équipe permanente"),
        Table(
            "Les métiers de l’équipe permanente",
            ("Métier", "Ce qu’on y fait"),
            (
                ("Direction", "Tient le cap du projet, l’équipe et l’équilibre économique"),
                (
                    "ASP ou CIP",
                    "Accompagne les personnes dans leur parcours social et professionnel",
                ),
                ("Chef·fe de culture", "Planifie les cultures et garantit la récolte"),
                (
                    "Encadrant·e technique (ETI)",
                    "Organise le travail sur la parcelle et transmet les gestes",
                ),
                (
                    "Chargé·e de commercialisation",
                    "Fait vivre les paniers et le réseau d’adhérent·e·s",
                ),
            ),
        ),
        Picture("parcels", "La préparation des paniers, un travail d’équipe."),
        Heading("Le minimum à prévoir"),
        Text(
            "<ul><li>du <b>foncier agricole</b> ;</li><li>un <b>bâtiment "
            "polyvalent</b> ;</li><li>la capacité de <b>recruter une équipe "
            "permanente</b> ;</li><li>la <b>convention avec la DDETS</b> ;</li><li>un "
            "<b>budget annuel d’investissement</b> en équipement.</li></ul>"
        ),
        Callout(
            "À savoir avant de se lancer",
            "<p>La vente des légumes progresse lentement et ne couvre jamais tout le coût de "
            "fonctionnement. La viabilité vient des racines locales et d’une construction "
            "collective avec les habitant·e·s, les collectivités, les associations et les "
            "entreprises.</p>",
            "important",
        ),
        Heading("Ni jardin type, ni modèle clés en main"),
        Text(
            "<p>En 30 ans, les jardins ont pris toutes les tailles et tous les visages. Le "
            "réseau ne vend pas de recette ; il transmet des expériences et aide chacun à "
            "trouver la sienne.</p>"
        ),
        Pages("Et maintenant ?", ("join", "missions", "resource:guide-creer-un-jardin")),
    ),
)
