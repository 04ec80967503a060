"""The five missions: what they are, and how the network supports them."""

from __future__ import annotations

from ..schema import Callout, Figures, MissionPage, Page, Pages, Questions, Topic

INDEX = Page(
    slug="missions",
    title="Un soutien pour chaque mission",
    short_title="Missions",
    summary=(
        "Piloter, accompagner, produire, commercialiser, se diversifier : cinq missions, et pour "
        "chacune nos priorités, vos contacts, vos ressources."
    ),
    picture="parcels",
    days_ago=380,
)

MISSION_PAGES = (
    MissionPage(
        slug="piloter",
        title="Piloter une activité Cocagne",
        short_title="Piloter",
        summary=(
            "Pour les directrices et directeurs : tenir ensemble le projet social, l’équipe et "
            "l’équilibre économique du jardin."
        ),
        picture="planning",
        days_ago=372,
        mission="piloter",
        your_mission=(
            "<p>Vous dirigez un jardin. Le matin, vous répondez à un financeur ; à midi, vous "
            "réglez une question d’irrigation ; le soir, vous préparez un conseil "
            "d’administration. Entre-temps, une équipe compte sur vous pour garder le "
            "cap.</p><p>Votre métier tient dans cet équilibre : <b>un projet de société, des "
            "femmes et des hommes, une activité agricole et une économie</b>, dont aucun ne doit "
            "écraser les autres.</p>"
        ),
        our_support=(
            "<p>Le réseau vous aide à prendre de la hauteur et à décider à plusieurs. Les réunions "
            "régionales de dirigeant·e·s vous donnent des pairs à qui parler franchement ; un "
            "diagnostic de vos besoins ouvre la voie à un accompagnement sur mesure ; le conseil "
            "financier vous suit, du dossier d’investissement jusqu’au bilan présenté aux "
            "financeurs.</p>"
        ),
        topics=(
            Topic(
                "Écrire une stratégie Cocagne",
                "<p>Projet de société, gouvernance, positionnement, investissements : nous "
                "vous aidons à poser les choix des trois à cinq prochaines années, avec votre "
                "conseil d’administration et votre équipe. Une stratégie utile tient en "
                "quelques pages, et tout le monde au jardin peut la raconter.</p>",
            ),
            Topic(
                "Sécuriser le modèle économique",
                "<p>Fixer un prix juste, choisir un régime fiscal, explorer l’économie de la "
                "fonctionnalité : nous travaillons sur <b>vos chiffres</b>. Les ventes ne "
                "couvrent jamais tout le fonctionnement d’un jardin ; il s’agit de savoir ce "
                "que chaque activité apporte, en argent et autrement.</p>",
            ),
            Topic(
                "S’enraciner dans le territoire",
                "<p>Un jardin dure quand il est attendu par ceux qui l’entourent. Nous vous "
                "outillons pour dialoguer avec les communes, les intercommunalités, les "
                "entreprises et les associations, et pour passer de la bonne entente à la "
                "coopération.</p>",
            ),
        ),
        body=(
            Figures(
                (
                    ("50 %", "environ du budget annuel du réseau retournent aux jardins"),
                    ("2 ans", "entre deux forums Cocagne"),
                )
            ),
            Pages("À lire aussi", ("funding", "individual", "horizon")),
        ),
    ),
    MissionPage(
        slug="insertion",
        title="La mission d’insertion",
        short_title="Insertion",
        summary=(
            "Pour les ASP, CIP et encadrant·e·s : faire de chaque contrat un passage qui rend plus "
            "libre, sans s’épuiser soi-même."
        ),
        picture="interview",
        days_ago=371,
        mission="insertion",
        your_mission=(
            "<p>Vous accompagnez des personnes en parcours : au bureau, entre deux rangs de "
            "poireaux, au téléphone avec un bailleur ou un employeur. Vous levez des freins, vous "
            "repérez des capacités, vous dites quand c’est le moment d’essayer ailleurs.</p><p>Que "
            "vous soyez <b>ASP, CIP ou encadrant·e technique</b>, vous partagez la même question : "
            "comment le travail au jardin redonne-t-il du pouvoir d’agir ?</p>"
        ),
        our_support=(
            "<p>Personne ne devrait exercer ce métier dans l’isolement. Le réseau vous réunit par "
            "région, fait circuler les pratiques, suit pour vous les réformes de l’insertion par "
            "l’activité économique et porte votre expérience auprès des pouvoirs publics.</p>"
        ),
        topics=(
            Topic(
                "Bien vivre son métier",
                "<p>Sortir de l’isolement, partager les situations difficiles, prendre du "
                "recul : les réunions d’ASP et d’encadrant·e·s sont d’abord des lieux où l’on "
                "parle du travail réel. Des formations, notamment sur la souffrance psychique, "
                "les complètent.</p>",
            ),
            Topic(
                "Se repérer dans les réformes de l’IAE",
                "<p>Textes, conventions, expérimentations : nous faisons la veille, nous "
                "l’expliquons en mots simples et nous dialoguons avec les administrations à "
                "partir de ce que vous vivez.</p>",
            ),
            Topic(
                "Chercher l’émancipation",
                "<p>Thème du forum de 2021, l’émancipation se travaille dans les gestes de "
                "tous les jours. Les <b>fiches chiches</b> proposent des expériences modestes "
                "à tenter au jardin : décider ensemble, changer de place, transmettre à son "
                "tour.</p>",
            ),
            Topic(
                "Rendre les territoires plus inclusifs",
                "<p>Territoires Zéro Chômeur de Longue Durée, couveuses d’activité, premières "
                "heures de travail, SEVE Emploi : nous aidons les jardins à prendre leur part "
                "dans ces démarches, sans perdre le fil de leur projet.</p>",
            ),
        ),
        body=(
            Callout(
                "Le saviez-vous ?",
                "<p>Les salarié·e·s en parcours sont embauché·e·s en <b>CDDI</b>, un contrat à "
                "durée déterminée d’insertion. Pendant ce temps, l’encadrement technique et "
                "l’accompagnement socioprofessionnel avancent ensemble.</p>",
            ),
            Pages("À lire aussi", ("exchange", "training", "individual")),
        ),
    ),
    MissionPage(
        slug="produire",
        title="Produire & transformer bio solidaire",
        short_title="Produire",
        summary=(
            "Pour les chef·fe·s de culture et les encadrant·e·s techniques : cultiver bien, "
            "transmettre, et s’adapter à un climat qui change."
        ),
        picture="field",
        days_ago=370,
        mission="produire",
        your_mission=(
            "<p>Vous semez en pensant à la récolte, et vous distribuez le travail en pensant à ce "
            "que chacun·e va y apprendre. Chaque semaine, il faut garnir les paniers de 5 à 7 "
            "légumes différents ; chaque saison, il faut tout recommencer autrement.</p><p>Vous "
            "êtes à la fois <b>maraîcher ou maraîchère, formateur ou formatrice et chef·fe "
            "d’équipe</b> : peu de métiers demandent autant de regards à la fois.</p>"
        ),
        our_support=(
            "<p>Des référent·e·s techniques se relaient dans les régions, des journées se tiennent "
            "directement sur les parcelles et les TSF vous emmènent une journée chez un jardin qui "
            "maîtrise ce que vous cherchez. Quand il faut investir, le Plan Serres et les appels à "
            "projets internes prennent le relais.</p>"
        ),
        topics=(
            Topic(
                "Bien vivre son métier",
                "<p>Un référent ou une référente technique de votre région connaît votre sol, "
                "votre climat et vos contraintes d’équipe. Un appel suffit parfois ; sinon, "
                "une visite permet de poser les choses.</p>",
            ),
            Topic(
                "S’adapter au changement climatique",
                "<p>Sécheresses, coups de chaud, pluies brutales : nous recueillons les "
                "<b>pratiques résilientes</b> des jardins et les moyens de ménager l’eau, les "
                "sols et l’énergie. Rien de magique, beaucoup d’essais partagés, y compris "
                "ceux qui ont raté.</p>",
            ),
            Topic(
                "Transformer et coopérer avec les fermes voisines",
                "<p>Légumerie, conserverie, bocaux à façon : transformer allonge la saison et "
                "crée d’autres postes de travail. Avec les paysan·ne·s du coin, le jardin peut "
                "mutualiser une livraison, un atelier, un plan de culture.</p>",
            ),
        ),
        body=(Pages("À lire aussi", ("training", "funding", "exchange")),),
    ),
    MissionPage(
        slug="commercialiser",
        title="Commercialiser bio solidaire",
        short_title="Commercialiser",
        summary=(
            "Pour les équipes de vente, de communication et d’animation : faire aimer le panier et "
            "le rendre accessible à tout le monde."
        ),
        picture="market",
        days_ago=369,
        mission="commercialiser",
        your_mission=(
            "<p>Vous êtes la voix du jardin : au point de dépôt, sur le marché, au téléphone, dans "
            "la feuille glissée au fond du panier. Vous savez qui n’aime pas les blettes et qui ne "
            "vient plus depuis septembre.</p><p>Votre travail relie deux promesses : <b>des "
            "légumes bio, locaux et vivants</b>, et une vraie utilité sociale pour celles et ceux "
            "qui les mangent comme pour celles et ceux qui les cultivent.</p>"
        ),
        our_support=(
            "<p>Formations, webinaires, boîte à outils : le réseau vous fournit des méthodes et "
            "des supports que vous pouvez adapter. Les dispositifs solidaires, dont les <b>Paniers "
            "Solidaires</b>, s’accompagnent d’un appui pour nouer les partenariats avec l’action "
            "sociale.</p>"
        ),
        topics=(
            Topic(
                "Bien vivre son métier",
                "<p>Des temps d’échange entre chargé·e·s de commercialisation, de "
                "communication et d’animation, des webinaires courts, et des modèles prêts à "
                "l’emploi pour ne pas réinventer l’affiche ou le bulletin à chaque saison.</p>",
            ),
            Topic(
                "La proposition de valeur et l’engagement",
                "<p>Pourquoi s’engage-t-on pour un panier à l’année ? Nous vous aidons à le "
                "dire simplement, à accueillir les nouveaux adhérent·e·s et à garder le lien "
                "avec les anciens.</p>",
            ),
            Topic(
                "Vendre avec solidarité",
                "<p>Paniers Solidaires, accès à l’alimentation, achats groupés avec un CCAS : "
                "la solidarité se construit avec des partenaires, des règles claires et du "
                "respect. Chacun·e doit pouvoir choisir ce qu’il mange.</p>",
            ),
            Topic(
                "S’adapter au territoire",
                "<p>Groupe de pairs des jardins ruraux, éco-pôles alimentaires, tiers-lieux "
                "nourriciers : un jardin ne vend pas de la même façon dans un bourg et dans "
                "une métropole.</p>",
            ),
        ),
        body=(
            Questions(
                (
                    (
                        "Combien de légumes dans un panier ?",
                        (
                            "<p>De 5 à 7 légumes différents chaque semaine, cultivés localement, "
                            "toute l’année.</p>"
                        ),
                    ),
                    (
                        "Qui peut utiliser la marque ?",
                        (
                            "<p>Les membres du Réseau Cocagne, et eux seuls. Les règles d’usage et "
                            'le kit sont dans l’espace de la <a page="brand">marque</a>, réservé '
                            "aux adhérent·e·s.</p>"
                        ),
                    ),
                )
            ),
            Pages("À lire aussi", ("mark", "training", "exchange")),
        ),
    ),
    MissionPage(
        slug="se-diversifier",
        title="Se diversifier",
        summary=(
            "Pour la direction et le développement : ouvrir une nouvelle activité sans fragiliser "
            "celle qui existe."
        ),
        picture="orchard",
        days_ago=368,
        mission="se-diversifier",
        your_mission=(
            "<p>Espaces verts, transformation et conserverie, pépinière de plants, conditionnement "
            "et distribution, visites pédagogiques, vergers, poules pondeuses : <b>78 % des "
            "jardins</b> font déjà autre chose, en plus des légumes.</p><p>Vous cherchez ce qui, "
            "chez vous, aurait du sens : un besoin du territoire, un savoir-faire de l’équipe, un "
            "bâtiment qui attend, un partenaire qui frappe à la porte.</p>"
        ),
        our_support=(
            "<p>Nous croyons à une <b>méthode pas à pas</b>, qui part de ce qui existe : essayer "
            "petit, compter, ajuster, puis investir. Le réseau vous met en relation avec les "
            "jardins qui ont déjà tenté l’aventure, et vous aide à bâtir un modèle économique qui "
            "ne compte pas que l’argent.</p>"
        ),
        topics=(
            Topic(
                "Structurer des filières bio solidaires",
                "<p>Du champ à l’assiette, une filière demande des volumes, des règles "
                "partagées et de la confiance. Le jardin peut y tenir une place précise : les "
                "plants, le conditionnement, la légumerie, la livraison.</p>",
            ),
            Topic(
                "L’accès de tou·te·s à l’alimentation",
                "<p>Une cuisine ouverte, une épicerie, des ateliers avec un centre social : la "
                "diversification peut rapprocher le jardin de personnes qui n’auraient jamais "
                "pris de panier.</p>",
            ),
            Topic(
                "Réparer et faire évoluer le territoire",
                "<p>Haies, mares, berges, jardins partagés : les équipes savent prendre soin "
                "du vivant. Ces chantiers participent à la transition écologique du territoire "
                "et se voient.</p>",
            ),
            Topic(
                "Inventer d’autres emplois et d’autres débouchés",
                "<p>Une nouvelle activité, c’est aussi d’autres métiers à découvrir pendant le "
                "parcours, et parfois des employeurs qui recrutent à la sortie.</p>",
            ),
        ),
        body=(
            Callout(
                "Une méthode incrémentale",
                "<ol><li>Regarder ce que le jardin sait déjà faire.</li><li>Trouver un besoin "
                "réel, tout près du jardin.</li><li>Essayer une saison, avec peu de "
                "moyens.</li><li>Faire le bilan avec l’équipe et les "
                "partenaires.</li><li>Investir, ou renoncer sans regret.</li></ol>",
            ),
            Pages("À lire aussi", ("individual", "funding", "exchange")),
        ),
    ),
)
