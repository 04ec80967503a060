"""The community page: its nine sections, in order."""

from __future__ import annotations

from ..schema import Framework, Hero, HomePage, Link, Scheme, Schemes, Section

HOME = HomePage(
    title="Réseau Cocagne",
    summary=(
        "Le Réseau Cocagne fédère les Jardins de Cocagne : du maraîchage biologique, des paniers "
        "de légumes toute l’année et des emplois pour celles et ceux qui en étaient éloignés."
    ),
    picture="greenhouse",
    sections=(
        Hero(
            title="Rejoignez la communauté Cocagne",
            text=(
                "Partout en France, des équipes cultivent des légumes biologiques avec des "
                "personnes qui reprennent le chemin de l’emploi. Ici, elles partagent leurs "
                "outils, leurs dates et leurs questions. Entrez : il y a de la place au jardin."
            ),
            picture="greenhouse",
            buttons=(
                Link("Rejoindre le réseau", "join"),
                Link("Ouvrir la boîte à outils", "toolbox"),
            ),
            quote=(
                "En visitant la serre à plants d’un autre jardin, j’ai compris en une matinée ce "
                "que je cherchais depuis un an. Je suis repartie avec un plan, et surtout avec des "
                "collègues à appeler."
            ),
            author="Une encadrante technique",
            garden="dans un jardin du réseau",
        ),
        Schemes(
            title="Six façons de vous accompagner",
            intro=(
                "Adhérer, c’est ne plus chercher seul·e. Chaque dispositif part de votre métier et "
                "de ce que vit votre jardin."
            ),
            schemes=(
                Scheme(
                    "Échanges de savoir-faire",
                    "<p>Des <b>réunions régionales par métier</b>, des groupes de pairs entre "
                    "jardins qui se ressemblent, des groupes de travail sur un thème : on y "
                    "apporte un problème, on en repart avec des pistes déjà essayées "
                    "ailleurs.</p>",
                    "exchange",
                ),
                Scheme(
                    "Formations, TSF & journées techniques",
                    "<p>Un <b>transfert de savoir-faire</b> (TSF), c’est une journée pour "
                    "apprendre auprès de l’expert·e d’un jardin. S’y ajoutent des journées "
                    "techniques et les formations de Travail & TransitionS, finançables par "
                    "votre OPCO.</p>",
                    "training",
                ),
                Scheme(
                    "Financements de projets",
                    "<p>Environ <b>la moitié du budget annuel</b> du réseau retourne aux "
                    "jardins : appels à projets internes, Paniers Solidaires, Plan Serres… "
                    "avec un conseil individuel pour dimensionner et rendre compte.</p>",
                    "funding",
                ),
                Scheme(
                    "Accompagnement individuel",
                    "<p>On commence par <b>écouter vos besoins</b>, en visiodiag ou en tête à "
                    "tête. Vient ensuite un TSF individuel de quelques jours, ou un parrainage "
                    "plus long par un jardin expérimenté.</p>",
                    "individual",
                ),
                Scheme(
                    "La marque « Jardin de Cocagne »",
                    "<p>Déposée et gérée par le réseau, <b>réservée à ses membres</b>, la "
                    "marque dit un engagement social et agricole. Elle vous donne des outils "
                    "de promotion et une voix auprès des pouvoirs publics.</p>",
                    "mark",
                ),
                Scheme(
                    "Sortir la tête du guidon",
                    "<p>Tous les deux ans, le <b>forum Cocagne</b> ; chaque année, des débats, "
                    "des séminaires, de la recherche-action et des visites apprenantes où vous "
                    "pouvez inviter partenaires et élu·e·s.</p>",
                    "horizon",
                ),
            ),
        ),
        Section(
            "missions",
            "Un soutien pour chaque mission",
            "Vous dirigez, vous accompagnez, vous cultivez, vous vendez, vous imaginez la "
            "suite ? Entrez par votre métier : vous y trouverez nos priorités, vos contacts et "
            "les ressources du moment.",
        ),
        Section(
            "agenda",
            "Prochains rendez-vous",
            "Réunions régionales, visites, formations, débats : les rencontres ouvertes à tout "
            "le monde et celles qui sont réservées aux adhérent·e·s.",
        ),
        Framework(
            title="Qu’est-ce qu’un Jardin de Cocagne ?",
            intro=(
                "Un jardin maraîcher biologique dont la raison d’être est l’insertion par le "
                "travail."
            ),
            html=(
                "<p>La plupart des jardins sont des associations qui portent un <b>atelier et "
                "chantier d’insertion</b> (ACI), sous convention avec l’État. Les personnes y sont "
                "embauchées en contrat d’insertion (CDDI), épaulées par une équipe permanente. "
                "Chaque semaine de l’année, les adhérent·e·s-consommateurs et consommatrices "
                "reçoivent un panier de <b>5 à 7 légumes différents</b>, cultivés tout "
                "près.</p><p>En 30 ans, le réseau a appris qu’il n’existe ni jardin type ni modèle "
                "clés en main : <b>78 % des jardins</b> se sont diversifiés, chacun à sa "
                "manière.</p>"
            ),
            requirements=(
                (
                    "Des terres agricoles",
                    "Assez de foncier, et assez sûr, pour cultiver en bio pendant des années.",
                ),
                (
                    "Un bâtiment polyvalent",
                    "Pour stocker, préparer les paniers, se changer, se réunir et recevoir.",
                ),
                (
                    "Une équipe permanente",
                    (
                        "La capacité de recruter : direction, accompagnement socioprofessionnel, "
                        "culture, encadrement technique, vente."
                    ),
                ),
                (
                    "La convention avec l’État",
                    "Un agrément préparé avec la DDETS, pour l’atelier et chantier d’insertion.",
                ),
                (
                    "Un budget d’équipement",
                    "Chaque année, de quoi investir dans les serres, l’irrigation et les outils.",
                ),
            ),
            conclusion=(
                "Les ventes de légumes montent lentement et ne couvrent jamais tout le "
                "fonctionnement. Ce qui fait tenir un jardin, c’est son enracinement : il se "
                "construit avec les habitant·e·s, les collectivités, les associations et les "
                "entreprises du territoire."
            ),
            page="framework",
        ),
        Section(
            "join_steps",
            "Sept étapes pour nous rejoindre",
            "Vous avez un terrain, une envie, une structure ou simplement une question ? "
            "Commencez par la première étape, et avancez à votre pas.",
        ),
        Section(
            "newsletter",
            "La lettre du réseau",
            "Une fois par mois, l’essentiel : les dates à venir, les nouvelles ressources, les "
            "appels à projets. Vous pouvez partir quand vous voulez, en un clic.",
        ),
        Section(
            "toolbox",
            "Boîte à outils et agenda",
            "Choisissez une mission, puis un thème : les fiches, guides, vidéos, podcasts, "
            "modèles et outils que les jardins se transmettent.",
        ),
        Section(
            "alliances",
            "Nous n’avançons pas seuls",
            "Une stratégie d’alliances avec des partenaires qui explorent, et un plaidoyer "
            "fidèle à notre charte de valeurs.",
        ),
    ),
)
