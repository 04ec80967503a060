"""Missions, themes, contacts and partners."""

from __future__ import annotations

from ..schema import Contact, Mission, Partner, Theme

DEVELOPMENT = "developpement@reseaucocagne.asso.fr"

MISSIONS = (
    Mission("piloter", "Piloter une activité Cocagne", "Directrices et directeurs", "steer"),
    Mission("insertion", "La mission d’insertion", "ASP, CIP et encadrant·e·s", "inclusion"),
    Mission(
        "produire",
        "Produire & transformer bio solidaire",
        "Chef·fe·s de culture et encadrant·e·s techniques",
        "grow",
    ),
    Mission(
        "commercialiser",
        "Commercialiser bio solidaire",
        "Chargé·e·s de commercialisation, de communication et d’animation du réseau d’adhérent·e·s",
        "sell",
    ),
    Mission(
        "se-diversifier", "Se diversifier", "Direction et chargé·e·s de développement", "diversify"
    ),
    Mission("creer", "Créer un Jardin de Cocagne", "Porteuses et porteurs de projet", "create"),
)

THEMES = (
    Theme("alimentation", "Alimentation", ("commercialiser", "se-diversifier")),
    Theme("animation-pedagogique", "Animation pédagogique", ("commercialiser", "se-diversifier")),
    Theme("anti-gaspi", "Anti-gaspi", ("commercialiser", "se-diversifier")),
    Theme("commercialisation", "Commercialisation", ("commercialiser",)),
    Theme("cuisine", "Cuisine", ("commercialiser", "se-diversifier")),
    Theme(
        "filiere-bio-solidaire",
        "Filière bio solidaire",
        ("commercialiser", "se-diversifier", "produire"),
    ),
    Theme("environnement", "Environnement", ("se-diversifier",)),
    Theme("espaces-verts", "Entretien d’espaces verts et naturels", ("se-diversifier",)),
    Theme("jardinage", "Jardinage", ("se-diversifier", "insertion", "produire")),
    Theme("incubateur-couveuse", "Incubateur et couveuse", ("se-diversifier", "insertion")),
    Theme("fabrique-des-territoires", "La Fabrique des Territoires Cocagne", ("creer",)),
    Theme("cooperation-territoriale", "Coopération territoriale", ("piloter",)),
    Theme("foncier-bati", "Foncier et bâti", ("piloter", "produire")),
    Theme("organisation-du-travail", "Organisation du travail", ("piloter", "insertion")),
    Theme("modeles-economiques", "Modèles économiques", ("piloter",)),
    Theme("vie-associative", "Vie associative", ("piloter",)),
    Theme("emancipation", "Émancipation", ("insertion",)),
    Theme("mission-insertion", "Mission d’insertion (ASP et encadrement)", ("insertion",)),
    Theme("production-agricole", "Production agricole", ("produire",)),
)

# Services, never persons. Addresses other than the one that is known are the association’s to add.
CONTACTS: dict[str, Contact] = {
    "development": Contact(
        "Pôle développement",
        "Adhésion, nouveaux projets et vie du réseau",
        DEVELOPMENT,
        ("creer", "se-diversifier", "piloter"),
        ("fabrique-des-territoires", "cooperation-territoriale", "vie-associative"),
    ),
    "steering": Contact(
        "Accompagnement au pilotage",
        "Stratégie, modèle économique et gouvernance des jardins",
        "",
        ("piloter",),
        ("modeles-economiques", "organisation-du-travail", "vie-associative"),
    ),
    "funding": Contact(
        "Financement des projets",
        "Conseil pour dimensionner, suivre et présenter un investissement",
        "",
        ("piloter", "se-diversifier", "creer"),
        ("modeles-economiques", "foncier-bati"),
    ),
    "inclusion": Contact(
        "Pôle insertion",
        "Parcours, accompagnement socioprofessionnel et veille sur l’IAE",
        "",
        ("insertion",),
        ("mission-insertion", "emancipation", "organisation-du-travail"),
    ),
    "incubators": Contact(
        "Incubateurs et territoires inclusifs",
        "Premières heures, couveuses d’activité, Territoires Zéro Chômeur de Longue Durée",
        "",
        ("insertion", "se-diversifier"),
        ("incubateur-couveuse", "emancipation"),
    ),
    "growing": Contact(
        "Appui technique au maraîchage",
        "Référent·e·s techniques régionaux, journées techniques et TSF",
        "",
        ("produire",),
        ("production-agricole", "jardinage", "foncier-bati"),
    ),
    "processing": Contact(
        "Transformation et filières",
        "Légumeries, conserveries et coopération avec les fermes voisines",
        "",
        ("produire", "se-diversifier"),
        ("filiere-bio-solidaire", "cuisine", "anti-gaspi"),
    ),
    "selling": Contact(
        "Commercialisation et paniers",
        "Offre, communication et animation du réseau d’adhérent·e·s",
        "",
        ("commercialiser",),
        ("commercialisation", "animation-pedagogique", "anti-gaspi"),
    ),
    "food": Contact(
        "Paniers Solidaires et accès à l’alimentation",
        "Appels à projets et partenariats avec l’action sociale",
        "",
        ("commercialiser", "se-diversifier"),
        ("alimentation", "cuisine"),
    ),
    "green": Contact(
        "Environnement et espaces naturels",
        "Chantiers d’entretien, haies, vergers et biodiversité",
        "",
        ("se-diversifier",),
        ("environnement", "espaces-verts", "jardinage"),
    ),
    "north-east": Contact(
        "Relais régional Grand Est et Bourgogne-Franche-Comté",
        "Réunions par métier, visites et premiers contacts",
        DEVELOPMENT,
        ("piloter", "insertion", "produire", "creer"),
        ("cooperation-territoriale",),
        ("44", "27"),
    ),
    "paris": Contact(
        "Relais régional Île-de-France",
        "Réunions par métier, agriculture urbaine et premiers contacts",
        DEVELOPMENT,
        ("piloter", "insertion", "creer"),
        ("cooperation-territoriale",),
        ("11",),
    ),
    "overseas": Contact(
        "Relais des jardins d’outre-mer",
        "Premiers contacts et rencontres à distance, aux heures de chaque territoire",
        DEVELOPMENT,
        ("piloter", "produire", "creer"),
        ("production-agricole",),
        ("01", "02", "03", "04", "06"),
    ),
}

PARTNERS = (
    Partner(
        "FNAB (Fédération nationale d’agriculture biologique)",
        "Le Réseau Cocagne est membre de la FNAB, elle-même membre d’IFOAM : les jardins font "
        "ainsi pleinement partie du mouvement de l’agriculture biologique.",
        "fnab",
        "https://www.fnab.org/",
    ),
    Partner(
        "Collectif inter-réseaux de l’IAE",
        "Aux côtés des autres réseaux de l’insertion par l’activité économique, le Réseau "
        "Cocagne contribue à une politique publique inclusive.",
        "iae",
    ),
    Partner(
        "Territoires Zéro Chômeur de Longue Durée",
        "Partenaire de l’expérimentation, le Réseau Cocagne a signé l’appel pour le droit à "
        "l’emploi.",
        "tzcld",
        "https://www.tzcld.fr/",
    ),
    Partner(
        "Collectif pour l’accès à une alimentation digne",
        "Fondé en 2020 par cinq organisations de l’agriculture, de la solidarité et de "
        "l’insertion, dont le Réseau Cocagne, il défend pour chaque personne le choix d’une "
        "alimentation de qualité.",
        "food",
    ),
    Partner(
        "Collectif Transition Citoyenne",
        "Le Réseau Cocagne en est membre, parmi 33 mouvements de la transition écologique, "
        "sociale et démocratique.",
        "transition",
        "https://transitioncitoyenne.org/",
    ),
    Partner(
        "Travail & TransitionS",
        "Organisme de formation certifié Qualiopi, fondé par le Réseau Cocagne avec 8 autres "
        "organisations ; son catalogue est ouvert aux équipes des jardins.",
        "training",
        "https://travail-transitions.fr/",
    ),
)
