"""The alliances page and the newsletter page."""

from __future__ import annotations

from ..schema import AlliancesPage, Callout, Heading, NewsletterPage, Pages, Picture, Text

ALLIANCES = AlliancesPage(
    slug="alliances",
    title="Nos alliances",
    short_title="Alliances",
    summary=(
        "Six partenaires avec lesquels le réseau explore, défend et construit, dans le fil de sa "
        "charte de valeurs."
    ),
    picture="territory",
    days_ago=351,
    introduction=(
        "<p>Un réseau seul pèse peu. Le Réseau Cocagne a choisi une <b>stratégie d’alliances</b> : "
        "travailler avec des partenaires qui explorent, chacun depuis son domaine, et porter avec "
        "eux un plaidoyer fidèle à sa charte de valeurs. L’agriculture biologique, l’emploi pour "
        "tou·te·s, l’accès digne à l’alimentation et la formation s’y répondent.</p>"
    ),
    body=(
        Heading("Pourquoi des alliances ?"),
        Text(
            "<p>Parce qu’un jardin touche à tout à la fois : au travail, à la terre, à "
            "l’assiette, au climat. Les réponses qui durent se trouvent aux croisements, avec "
            "d’autres.</p><p>Vous êtes une organisation nationale ou locale et une question "
            'commune nous rapproche ? <a page="contact">Parlons-en</a>.</p>'
        ),
        Pages("Pour aller plus loin", ("horizon", "framework")),
    ),
)

NEWSLETTER = NewsletterPage(
    slug="newsletter",
    title="La lettre du réseau",
    short_title="La lettre",
    summary=(
        "Une fois par mois, les dates, les ressources et les nouvelles des Jardins de Cocagne dans "
        "votre boîte aux lettres."
    ),
    picture="delivery",
    days_ago=347,
    body=(
        Text(
            "<p>Pas de grand discours : une page, une fois par mois. Les prochains "
            "rendez-vous, deux ou trois ressources nouvelles, un appel à projets, et des "
            "nouvelles d’un jardin.</p>"
        ),
        Picture("basket", "Comme le panier : de saison, et sans superflu."),
        Callout(
            "Ce que nous ne faisons pas",
            "<p>Votre adresse ne sert qu’à vous envoyer la lettre. Elle n’est ni donnée, ni "
            "vendue, ni échangée.</p>",
        ),
    ),
    consent=(
        "<p>J’accepte de recevoir <b>la lettre du Réseau Cocagne</b>, envoyée par l’association "
        "<b>une fois par mois</b> à l’adresse que j’indique. Je peux la quitter à tout moment "
        "grâce au lien présent dans chaque envoi. Pour toute question sur mes données, j’écris à "
        "<a "
        'href="mailto:developpement@reseaucocagne.asso.fr">developpement@reseaucocagne.asso.fr</a> '
        'ou je lis la page <a page="privacy">Données personnelles</a>.</p>'
    ),
    thanks=(
        "<p><b>Merci !</b> Si cette adresse n’est pas encore inscrite, un message vient de lui "
        "être envoyé : ouvrez-le et suivez le lien pour confirmer. Rien n’arrive ? Regardez dans "
        "les courriers indésirables.</p>"
    ),
    confirmed=(
        "<p><b>C’est noté, bienvenue !</b> La prochaine lettre vous parviendra dans le mois. En "
        'attendant, l’<a page="agenda">agenda</a> est ouvert.</p>'
    ),
    goodbye=(
        "<p><b>C’est fait, vous ne recevrez plus la lettre.</b> Vous pourrez revenir quand vous "
        "voudrez.</p>"
    ),
)
