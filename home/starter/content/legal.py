"""Legal pages: what is known is said, what the association must complete is said too."""

from __future__ import annotations

from ..schema import (
    ContactCard,
    ContentPage,
    Ecodesign,
    Heading,
    LegalNotice,
    PersonalData,
    Statement,
    Text,
    Treatment,
)

TO_COMPLETE = "À compléter par l’association"

CONTACT = ContentPage(
    key="contact",
    slug="nous-contacter",
    title="Nous contacter",
    short_title="Contact",
    summary=(
        "À qui écrire pour adhérer, créer un jardin, trouver un relais régional ou un appui pour "
        "votre mission."
    ),
    picture="interview",
    days_ago=352,
    body=(
        Text(
            "<p>Pour l’adhésion, le développement et toute première question, une adresse "
            "suffit : <a "
            'href="mailto:developpement@reseaucocagne.asso.fr">developpement@reseaucocagne.asso.fr</a>.</p>'
        ),
        Heading("Vous cherchez un jardin ou un projet près de chez vous"),
        ContactCard("development"),
        ContactCard("paris"),
        ContactCard("north-east"),
        ContactCard("overseas"),
        Heading("Vous êtes adhérent·e et cherchez un appui"),
        Text(
            '<p>Chaque page de <a page="missions">mission</a> donne ses contacts, thème par '
            "thème. Si vous hésitez, écrivez à l’adresse générale : nous ferons suivre.</p>"
        ),
    ),
)

LEGAL = LegalNotice(
    key="legal",
    slug="mentions-legales",
    title="Mentions légales",
    summary="Qui édite ce site, qui l’héberge, et ce que l’on peut faire de ce qui s’y trouve.",
    days_ago=350,
    legal_form="association",
    body=(
        Heading("Textes, documents et images"),
        Text(
            "<p>Chaque ressource de la boîte à outils indique sa licence. Celles qui portent "
            "une licence <b>Creative Commons</b> peuvent être reprises aux conditions de cette "
            "licence, en citant leurs auteurs. Celles qui sont réservées à un usage interne ne "
            "sortent pas du réseau.</p><p>Les dessins de ce site ont été réalisés pour lui et "
            "sont placés sous licence CC BY-SA 4.0.</p>"
        ),
        Heading("La marque"),
        Text(
            "<p>« Jardin de Cocagne » est une marque déposée, gérée par le Réseau Cocagne et "
            "réservée à ses membres.</p>"
        ),
        Heading("Liens vers d’autres sites"),
        Text(
            "<p>Ce site renvoie vers ceux de partenaires, dont il ne maîtrise pas le contenu. "
            "Un lien qui ne mène plus nulle part peut nous être signalé.</p>"
        ),
    ),
)

PRIVACY = PersonalData(
    key="privacy",
    slug="donnees-personnelles",
    title="Données personnelles",
    summary=(
        "Ce que ce site sait de vous, pourquoi, pendant combien de temps, et comment faire valoir "
        "vos droits."
    ),
    days_ago=349,
    introduction=(
        "<p>Lire ce site ne demande aucune information sur vous. Il n’y a <b>ni publicité, "
        "ni mesure d’audience par un tiers, ni contenu chargé depuis un autre site</b>. "
        "Voici les seuls cas où des données sont enregistrées.</p>"
    ),
    treatments=(
        Treatment(
            "vous inscrivez à la lettre",
            "votre adresse électronique, le texte accepté, les dates",
            "vous envoyer la lettre et prouver votre accord",
            "jusqu’à votre départ ; pour la preuve, durée à compléter",
        ),
        Treatment(
            "avez un compte d’adhérent·e",
            "votre nom, votre adresse électronique, votre jardin, vos missions",
            "vous ouvrir les contenus réservés",
            "le temps de l’adhésion ; au-delà, durée à compléter",
        ),
        Treatment(
            "rédigez ou validez des pages",
            "votre compte et l’historique de vos modifications",
            "suivre qui a écrit et qui a validé",
            TO_COMPLETE,
        ),
    ),
    cookies=(
        "<p>Un visiteur qui ne se connecte pas n’en reçoit pas pour être suivi. La "
        "connexion et les formulaires utilisent des cookies techniques, nécessaires à leur "
        "fonctionnement et à leur sécurité : ils ne demandent pas de consentement.</p>"
    ),
    rights=(
        "<p>Vous pouvez demander à voir vos données, à les faire corriger ou effacer, à en "
        "limiter l’usage, à les emporter ou à vous opposer à leur emploi. Chaque lettre "
        "contient un lien pour partir, sans mot de passe.</p><p>Écrivez à <a "
        'href="mailto:developpement@reseaucocagne.asso.fr">developpement@reseaucocagne.asso.fr</a>. '
        "Si notre réponse ne vous satisfait pas, vous pouvez saisir la <a "
        'href="https://www.cnil.fr/">CNIL</a>.</p>'
    ),
)

ACCESSIBILITY = Statement(
    key="accessibility",
    slug="accessibilite",
    title="Accessibilité",
    summary=(
        "Où en est l’accessibilité de ce site, ce qui a été fait, ce qui manque, et comment nous "
        "signaler une difficulté."
    ),
    days_ago=348,
    failures=(
        "<ul><li>Les documents PDF fournis au départ ont une langue et un titre, mais "
        "n’ont pas de structure balisée complète ; leur contenu est repris sur la page de "
        "la ressource.</li><li>Certains documents déposés plus tard par des jardins "
        "peuvent être moins accessibles : dites-le-nous, nous fournirons une autre "
        "version.</li></ul>"
    ),
    contact_email="developpement@reseaucocagne.asso.fr",
    body=(
        Text(
            "<p>Ce site veut pouvoir être lu et utilisé par tout le monde : au clavier, avec "
            "un lecteur d’écran, sur un petit téléphone, avec une connexion lente ou une vue "
            "fatiguée.</p>"
        ),
        Heading("Ce qui a été fait"),
        Text(
            "<ul><li>Chaque image porteuse de sens a un texte de remplacement, que les "
            "rédactrices et rédacteurs doivent remplir.</li><li>Les titres suivent leur ordre, "
            "les listes sont de vraies listes, les tableaux ont un intitulé.</li><li>Tout se "
            "fait au clavier ; les défilements d’images restent de simples listes sans "
            "JavaScript.</li><li>Les enregistrements sont accompagnés d’une transcription, les "
            "vidéos de sous-titres.</li></ul>"
        ),
    ),
)

ECODESIGN = Ecodesign(
    key="ecodesign",
    slug="ecoconception",
    title="Écoconception",
    summary="Ce que ce site fait pour peser peu, durer, et marcher sur un vieil appareil.",
    days_ago=347,
    done=(
        "<ul><li>Une page pèse moins de cent kilooctets hors images, et demande au plus douze "
        "fichiers.</li><li>Rien n’est chargé depuis un autre site : ni police, ni mesure "
        "d’audience, ni bouton de partage.</li><li>Les images sont envoyées à la taille de "
        "l’écran, dans des formats légers, et seulement quand on s’en approche.</li><li>Aucune "
        "vidéo ne démarre toute seule.</li><li>Tout se fait sans JavaScript, donc aussi sur un "
        "vieil appareil.</li></ul>"
    ),
    to_do=(
        "<ul><li>Faire l’évaluation complète des critères du référentiel.</li><li>Publier ce que "
        "l’hébergeur dit de son énergie et de son eau.</li></ul>"
    ),
)

LEGAL_PAGES = (CONTACT, LEGAL, PRIVACY, ACCESSIBILITY, ECODESIGN)
