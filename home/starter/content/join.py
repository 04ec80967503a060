"""The path to join the network: seven steps."""

from __future__ import annotations

from ..schema import Callout, ContactCard, Heading, JoinPage, Link, Questions, Step

JOIN = JoinPage(
    slug="rejoindre-le-reseau",
    title="Rejoindre le réseau en sept étapes",
    short_title="Rejoindre le réseau",
    summary=(
        "De la première visite à l’adhésion : sept étapes pour trouver votre place dans la "
        "communauté Cocagne, avec un jardin qui existe ou un jardin à créer."
    ),
    picture="gate",
    days_ago=365,
    introduction=(
        "<p>On entre dans le réseau par bien des portes : parce qu’on mange ses légumes, parce "
        "qu’on y travaille, parce qu’on dirige une structure d’insertion ou parce qu’on rêve d’un "
        "jardin là où il n’y en a pas. Ces sept étapes ne sont pas toutes pour vous : <b>prenez "
        "celles qui vous concernent</b>, dans l’ordre qui vous va.</p>"
    ),
    steps=(
        Step(
            "Contacter le jardin le plus proche ou le relais régional",
            "<p>Le jardin voisin connaît le terrain, les partenaires et les débouchés. S’il "
            "partage votre bassin d’emploi ou de vente, le projet se <b>construit avec lui ou "
            "en complément</b>, jamais contre lui. À défaut, le Relais Régional vous orientera "
            "et vous remettra la plaquette de la région.</p>",
            (Link("Voir les missions et leurs contacts", "missions"),),
        ),
        Step(
            "Venir voir, écouter, lire",
            "<p>Visites apprenantes, webinaires, débats : rien ne remplace une matinée au "
            "milieu d’une équipe. Entre deux rendez-vous, la boîte à outils vous donne de quoi "
            "nourrir vos questions.</p>",
            (Link("Consulter l’agenda", "agenda"), Link("Ouvrir la boîte à outils", "toolbox")),
        ),
        Step(
            "Adhérer, si vous êtes déjà une SIAE maraîchère bio",
            "<p>Votre structure d’insertion pratique déjà le maraîchage biologique ? Vous "
            "pouvez demander votre adhésion. Elle ouvre les <b>groupes de pairs, les réunions "
            "régionales et les dispositifs d’accompagnement</b>.</p>",
            (Link("Découvrir les dispositifs", "schemes"),),
        ),
        Step(
            "Travailler dans un jardin",
            "<p>Encadrant·e technique, ASP ou CIP, chargé·e de vente ou de communication, "
            "direction, développement : les jardins recrutent. On peut aussi y venir en stage, "
            "comme bénévole, ou soutenir un projet par le mécénat.</p>",
            (Link("Demander les offres en cours", "contact"),),
        ),
        Step(
            "Se former, avant ou pendant",
            "<p>Le catalogue de Travail & TransitionS va des techniques culturales à l’accueil "
            "de la souffrance psychique. Les formations sont ouvertes aux équipes et peuvent "
            "être financées par un OPCO.</p>",
            (
                Link(
                    "Le catalogue de Travail & TransitionS", url="https://travail-transitions.fr/"
                ),
                Link("Formations, TSF et journées techniques", "training"),
            ),
        ),
        Step(
            "Préparer la création d’un jardin",
            "<p>Il faut des <b>terres, une convention, des soutiens</b>. Rencontrez tôt la "
            "commune, l’intercommunalité, le département et la DREETS : leur avis façonne le "
            "projet bien avant le premier semis.</p>",
            (
                Link("Ce qu’est un Jardin de Cocagne", "framework"),
                Link("Le guide de création", "resource:guide-creer-un-jardin"),
            ),
        ),
        Step(
            "Rejoindre la Fabrique et adhérer en tant que projet",
            "<p>Depuis 2021, <b>La Fabrique des Nouveaux Territoires Cocagne</b> épaule les "
            "projets. Une fois les partenaires réunis, le terrain trouvé et l’étude de "
            "faisabilité favorable, vous demandez l’<b>adhésion-projet</b> : elle ouvre les "
            "groupes de pairs, les réunions régionales et les dispositifs "
            "d’accompagnement.</p>",
            (Link("Écrire au pôle développement", "contact"),),
        ),
    ),
    body=(
        Heading("Questions que l’on nous pose souvent"),
        Questions(
            (
                (
                    "Faut-il être une association ?",
                    (
                        "<p>La plupart des jardins sont des associations loi 1901 qui portent un "
                        "atelier et chantier d’insertion. D’autres montages existent : parlez-en "
                        "au pôle développement.</p>"
                    ),
                ),
                (
                    "Combien de temps faut-il pour créer un jardin ?",
                    (
                        "<p>Il n’y a pas de durée type. Le foncier et la convention décident "
                        "souvent du calendrier ; commencer par les rencontres fait gagner des "
                        "mois.</p>"
                    ),
                ),
                (
                    "Un jardin peut-il vivre de ses ventes ?",
                    (
                        "<p>Non : les ventes montent lentement et ne couvrent jamais tout le "
                        "fonctionnement. La solidité vient des liens avec le territoire.</p>"
                    ),
                ),
            )
        ),
        Callout(
            "Une adresse pour commencer",
            "<p>Pour l’adhésion comme pour un projet de création, écrivez à <a "
            'href="mailto:developpement@reseaucocagne.asso.fr">developpement@reseaucocagne.asso.fr</a> '
            "en disant où vous êtes et où vous en êtes.</p>",
            "important",
        ),
        ContactCard("development"),
    ),
)
