"""Resources for those who lead a garden."""

from __future__ import annotations

from ..schema import (
    Callout,
    Heading,
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
        slug="fixer-le-prix-du-panier",
        title="Fixer le prix du panier, pas à pas",
        summary=(
            "Une méthode en cinq étapes pour trouver un prix que les adhérent·e·s comprennent, que "
            "l’équipe défend et qui paie ce qu’il doit payer."
        ),
        picture="balance",
        days_ago=24,
        verified=10,
        kind="sheet",
        missions=("piloter", "commercialiser"),
        themes=("modeles-economiques", "commercialisation"),
        files=("pdf", "price-book"),
        authors="Accompagnement au pilotage, Réseau Cocagne",
        body=(
            Text(
                "<p>Le prix d’un panier n’est ni un secret ni une fatalité. C’est une "
                "décision, que l’on prend à plusieurs et que l’on sait expliquer au point de "
                "dépôt un jour de pluie.</p>"
            ),
            Heading("Cinq étapes"),
            Text(
                "<ol><li><b>Peser.</b> Relevez le contenu de huit paniers répartis sur "
                "l’année.</li><li><b>Comparer.</b> Calculez le prix des mêmes légumes bio au "
                "marché et en magasin.</li><li><b>Compter.</b> Additionnez ce que coûte la "
                "préparation et la livraison d’un panier.</li><li><b>Discuter.</b> Présentez "
                "deux ou trois scénarios à l’équipe et au conseil "
                "d’administration.</li><li><b>Annoncer.</b> Donnez la date, la raison et "
                "l’usage de chaque euro.</li></ol>"
            ),
            Heading("Ce que le prix ne peut pas faire"),
            Text(
                "<p>Même bien fixé, le prix ne financera pas tout : les ventes ne couvrent "
                "jamais l’ensemble du fonctionnement d’un jardin. Le panier paie une part de "
                "la production et de la distribution ; l’accompagnement des personnes relève "
                "d’autres ressources.</p>"
            ),
            Callout(
                "Un prix, plusieurs tarifs",
                "<p>Un tarif selon les revenus ou un <b>panier solidaire</b> n’oblige pas à "
                "brader le panier ordinaire. Distinguez toujours le prix de revient, le prix "
                "affiché et l’aide qui comble l’écart.</p>",
            ),
            Heading("Un exemple chiffré", "h3"),
            Table(
                "Décomposer le prix d’un panier (exemple fictif)",
                ("Poste", "Part du prix"),
                (
                    ("Légumes", "62 %"),
                    ("Préparation", "14 %"),
                    ("Livraison", "12 %"),
                    ("Animation des adhérent·e·s", "7 %"),
                    ("Emballages", "5 %"),
                ),
            ),
            Picture("market", "Un prix que l’on sait expliquer, même un jour de pluie."),
        ),
    ),
    Resource(
        slug="modele-de-budget",
        title="Modèle de budget d’un jardin",
        summary=(
            "Un classeur à quatre onglets pour poser vos hypothèses, vos charges et vos produits, "
            "et voir d’un coup d’œil la part couverte par les ventes."
        ),
        picture="planning",
        days_ago=61,
        verified=30,
        kind="template",
        missions=("piloter", "creer"),
        themes=("modeles-economiques", "fabrique-des-territoires"),
        files=("budget-book",),
        licence="network",
        members=True,
        authors="Financement des projets, Réseau Cocagne",
        body=(
            Text(
                "<p>Ce classeur n’a rien de savant. Il oblige seulement à écrire noir sur "
                "blanc ce que l’on espère, puis à regarder si les comptes suivent.</p>"
            ),
            Heading("Comment s’en servir"),
            Text(
                "<ul><li>Remplissez <b>uniquement les cellules crème</b> : les autres se "
                "calculent.</li><li>Commencez par l’onglet « Hypothèses », même avec des "
                "chiffres approximatifs.</li><li>Gardez une copie par scénario : prudent, "
                "probable, ambitieux.</li></ul>"
            ),
            Callout(
                "Deux chiffres à suivre",
                "<p>Le <b>taux de couverture par les ventes</b> et le <b>coût d’un panier "
                "livré</b>. Le reste du tableau sert à les comprendre.</p>",
            ),
            Heading("Le présenter"),
            Text(
                "<p>Un conseil d’administration lit volontiers une page. Imprimez l’onglet "
                "« Synthèse », et gardez le détail pour les questions.</p>"
            ),
            Quote(
                "La première fois, nous avions oublié les plants et les sacs. La deuxième, "
                "nous avons su pourquoi il manquait de l’argent.",
                "Une trésorière",
                "dans un jardin du réseau",
            ),
        ),
    ),
    Resource(
        slug="trouver-et-securiser-du-foncier",
        title="Trouver et sécuriser du foncier agricole",
        summary=(
            "Où chercher des terres, à qui parler, quels baux signer : les chemins qu’ont suivis "
            "des jardins pour cultiver sans craindre l’année suivante."
        ),
        picture="territory",
        days_ago=112,
        verified=45,
        kind="guide",
        missions=("piloter", "produire", "creer"),
        themes=("foncier-bati",),
        files=("pdf",),
        body=(
            Text(
                "<p>Sans terres, pas de jardin ; avec des terres mal assurées, pas de serres, "
                "pas de haies, pas de verger. Le foncier se cherche longtemps et se perd "
                "vite.</p>"
            ),
            Heading("Où chercher"),
            Text(
                "<ul><li>Les <b>communes et intercommunalités</b>, qui possèdent souvent des "
                "parcelles qu’elles connaissent mal.</li><li>Les structures foncières et les "
                "groupements de citoyen·ne·s.</li><li>Les fermes qui cherchent une suite, en "
                "tout ou en partie.</li><li>Les établissements publics, religieux ou "
                "hospitaliers qui ont gardé des terres.</li></ul>"
            ),
            Heading("Ce qu’il faut vérifier"),
            Table(
                "Six vérifications avant de dire oui",
                ("Question", "Pourquoi"),
                (
                    ("L’eau est-elle là ?", "Un forage ou un raccordement décide du projet"),
                    ("Le sol a-t-il été cultivé en bio ?", "Il faut compter la conversion"),
                    (
                        "Que dit le plan local d’urbanisme ?",
                        "Serres et bâtiment doivent y être permis",
                    ),
                    ("L’accès est-il facile ?", "Les salarié·e·s viennent souvent sans voiture"),
                    ("Qui sont les voisins ?", "Traitements, bruit, entraide"),
                    ("Le bail protège-t-il l’investissement ?", "Une serre ne se déplace pas"),
                ),
            ),
            Heading("Le bâtiment compte autant"),
            Text(
                "<p>Vestiaires, salle de pause, stockage, préparation des paniers, bureau "
                "d’accompagnement : un <b>bâtiment polyvalent</b> évite bien des détours. On "
                "peut commencer modestement, à condition d’avoir la place de grandir.</p>"
            ),
            Callout(
                "Rencontrer tôt",
                "<p>Le premier rendez-vous avec la mairie se prend avant d’avoir un projet "
                "ficelé. On y apprend ce qui se prépare, et l’on devient une réponse "
                "possible.</p>",
                "important",
            ),
            Picture("gate", "Une parcelle se visite à plusieurs, plan en main."),
        ),
    ),
    Resource(
        slug="cartographier-les-acteurs",
        title="Coopérer sur son territoire : cartographier les acteurs",
        summary=(
            "Un atelier de deux heures pour voir qui compte autour du jardin, qui manque, et par "
            "quelle conversation commencer."
        ),
        picture="meeting",
        days_ago=83,
        verified=60,
        kind="guide",
        missions=("piloter",),
        themes=("cooperation-territoriale",),
        files=("pdf",),
        body=(
            Text(
                "<p>On croit connaître son territoire. Puis on met les noms sur un mur, et "
                "l’on découvre que personne ne parle au lycée agricole ou que tout repose sur "
                "une seule élue.</p>"
            ),
            Heading("Préparer l’atelier"),
            Text(
                "<p>Réunissez six à dix personnes qui ne voient pas le jardin de la même "
                "place : un·e salarié·e, un·e administrateur·rice, une adhérente, un voisin, "
                "l’équipe. Prévoyez un grand mur, des papiers de trois couleurs et deux "
                "heures.</p>"
            ),
            Heading("Le déroulé"),
            Text(
                "<ol><li><b>Nommer</b> (30 minutes). Un papier par acteur, sans "
                "trier.</li><li><b>Placer</b> (30 minutes). Au centre le jardin ; plus c’est "
                "proche, plus on se parle.</li><li><b>Relier</b> (20 minutes). Qui connaît "
                "qui ? Où sont les tensions ?</li><li><b>Choisir</b> (40 minutes). Trois "
                "conversations à ouvrir dans les deux mois, avec un nom en face de "
                "chacune.</li></ol>"
            ),
            Callout(
                "La règle d’or",
                "<p>Une coopération commence quand chacun·e peut dire ce qu’il ou elle y "
                "gagne. Si vous ne savez pas ce que l’autre y gagne, c’est la première "
                "question à poser.</p>",
            ),
            Heading("Et après ?"),
            Text(
                "<p>Refaites la carte un an plus tard, avec les mêmes personnes. Les papiers "
                "qui se sont rapprochés valent tous les bilans d’activité.</p>"
            ),
            Picture("territory", "Les meilleures cartes se dessinent à plusieurs."),
        ),
    ),
    Resource(
        slug="faire-vivre-l-association",
        title="Faire vivre l’association : bénévoles, adhérent·e·s, salarié·e·s",
        summary=(
            "Donner une place à chacun·e sans mélanger les rôles : des pratiques simples pour une "
            "vie associative qui soutient le jardin au lieu de l’épuiser."
        ),
        picture="visit",
        days_ago=140,
        verified=None,
        kind="sheet",
        missions=("piloter",),
        themes=("vie-associative", "organisation-du-travail"),
        files=("pdf",),
        licence="cc-by-nc-sa-4.0",
        body=(
            Text(
                "<p>Un jardin réunit des personnes qui n’y viennent pas pour la même raison. "
                "C’est sa richesse, et parfois son casse-tête.</p>"
            ),
            Heading("Trois places, trois accords"),
            Table(
                "Qui fait quoi",
                ("Place", "On lui doit", "Elle nous doit"),
                (
                    (
                        "Salarié·e·s",
                        "Un contrat clair, un encadrement, un parcours",
                        "Leur travail",
                    ),
                    (
                        "Adhérent·e·s",
                        "Un panier, des nouvelles, une voix en assemblée",
                        "Leur engagement",
                    ),
                    ("Bénévoles", "Un accueil, une mission courte, un merci", "Le temps promis"),
                ),
            ),
            Heading("Des gestes qui comptent"),
            Text(
                "<ul><li>Ouvrir l’assemblée générale par une visite des "
                "cultures.</li><li>Inviter un·e salarié·e en parcours à chaque conseil "
                "d’administration, avec la parole.</li><li>Écrire les missions bénévoles sur "
                "une demi-page, avec une date de fin.</li><li>Faire circuler un compte rendu "
                "que l’on lit en trois minutes.</li></ul>"
            ),
            Callout(
                "Attention",
                "<p>Le bénévolat n’est jamais un poste de travail gratuit. Quand une tâche est "
                "indispensable chaque semaine, elle demande un emploi.</p>",
                "important",
            ),
            Quote(
                "Depuis que l’assemblée se tient dans la serre, nous manquons de chaises.",
                "Un administrateur",
                "dans un jardin du réseau",
            ),
        ),
    ),
    Resource(
        slug="podcast-diriger-sans-s-isoler",
        title="Au micro du jardin : diriger sans s’isoler",
        summary=(
            "Ce que les réunions régionales changent au quotidien d’une directrice ou d’un "
            "directeur : l’essentiel à lire, et l’indicatif sonore de la série."
        ),
        picture="studio",
        days_ago=33,
        verified=33,
        kind="podcast",
        missions=("piloter",),
        themes=("organisation-du-travail", "vie-associative"),
        files=("podcast-steer",),
        members=True,
        body=(
            Recording("podcast-steer", "L’indicatif de la série « Au micro du jardin »."),
            Text(
                "<p>Diriger un jardin, c’est être le dernier à partir et le premier que l’on "
                "appelle. Cet épisode parle de ce qui aide à tenir : des pairs, des limites, "
                "et le droit de ne pas savoir.</p>"
            ),
            Heading("À retenir"),
            Text(
                "<ul><li>Une réunion entre pairs vaut par ce que l’on ose y dire ; la "
                "confidentialité se décide au début.</li><li>Un <b>binôme</b> dans un autre "
                "jardin, que l’on appelle sans raison, prévient bien des crises.</li><li>Le "
                "conseil d’administration ne protège la direction que s’il connaît les vrais "
                "chiffres.</li></ul>"
            ),
            Heading("Pour en parler dans votre équipe"),
            Questions(
                (
                    (
                        "Qui m’appelle quand ça ne va pas ?",
                        "<p>Si la réponse est « tout le monde », il est temps de répartir.</p>",
                    ),
                    (
                        "Quelle décision ai-je prise seul·e le mois dernier ?",
                        "<p>Cherchez avec qui elle aurait pu être partagée.</p>",
                    ),
                )
            ),
            Callout(
                "Un enregistrement à venir",
                "<p>Le fichier joint est l’indicatif de la série, composé pour ce site. "
                "L’équipe de communication y substituera l’épisode enregistré.</p>",
            ),
        ),
    ),
)
