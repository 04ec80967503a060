"""Events of the coming months."""

from __future__ import annotations

from datetime import time

from ..schema import Callout, Event, Figures, Heading, Pages, Place, Text, When

EVENTS = (
    Event(
        slug="reunion-regionale-asp-nouvelle-aquitaine",
        kind="regional",
        days_ago=50,
        picture="interview",
        title="Réunion régionale ASP Nouvelle-Aquitaine",
        summary=(
            "Les ASP et CIP de la région partagent leurs pratiques d’accompagnement et leurs "
            "situations difficiles."
        ),
        when=When(38, start=time(9, 30), end=time(16)),
        place=Place("Jardin d’accueil", "", "", "Limoges", "75"),
        missions=("insertion",),
        contact="inclusion",
        members=True,
        status="postponed",
        previous_day=17,
        status_note=(
            "La réunion est reportée : le jardin qui reçoit termine des travaux. Les inscriptions "
            "sont conservées."
        ),
        body=(
            Text(
                "<ul><li>Analyse de pratiques, en deux groupes</li><li>Les premières heures de "
                "travail : retours d’expérience</li></ul>"
            ),
        ),
    ),
    Event(
        slug="rencontre-jardins-d-outre-mer",
        kind="webinar",
        days_ago=32,
        picture="night",
        title="Maraîchage et insertion outre-mer : rencontre à distance depuis La Réunion",
        short_title="Rencontre outre-mer",
        summary=(
            "Depuis La Réunion, un échange à distance sur le maraîchage biologique et l’insertion "
            "sous d’autres climats. Horaires de La Réunion."
        ),
        when=When(41, start=time(15), end=time(17), zone="Indian/Reunion"),
        format="online",
        place=Place("", "", "", "", "04"),
        missions=("produire", "creer"),
        contact="overseas",
        price="Gratuit",
        online_link="https://example.org/visio/outre-mer",
        body=(
            Text(
                "<p>Deux saisons au lieu de quatre, des cyclones au lieu du gel, et les mêmes "
                "questions d’équipe. L’heure indiquée est celle de La Réunion.</p>"
            ),
        ),
    ),
    Event(
        slug="formation-souffrance-psychique",
        kind="training",
        days_ago=55,
        picture="hands",
        title="Formation : accueillir la souffrance psychique dans l’équipe",
        summary=(
            "Deux jours pour reconnaître les signes, poser un cadre, orienter sans se substituer "
            "aux soins, et se protéger soi-même."
        ),
        when=When(52, days=2, start=time(9), end=time(17)),
        place=Place("Salle de formation", "", "", "Nantes", "52"),
        missions=("insertion",),
        organiser="Travail & TransitionS",
        contact="inclusion",
        deadline=14,
        price="Selon la convention de formation ; prise en charge possible par un OPCO",
        body=(
            Heading("Objectifs", "h3"),
            Text(
                "<ul><li>Repérer ce qui relève du mal-être et ce qui relève du "
                "soin</li><li>Tenir un cadre de travail protecteur</li><li>Connaître les "
                "relais de son territoire</li></ul>"
            ),
            Callout(
                "Public",
                "<p>Encadrant·e·s techniques, ASP, CIP et directions. Aucun prérequis.</p>",
            ),
        ),
    ),
    Event(
        slug="visite-apprenante-verger-et-poules",
        kind="visit",
        days_ago=48,
        picture="orchard",
        title="Visite apprenante : un verger et ses poules",
        summary="Découvrir une activité d’œufs et de fruits née à côté du maraîchage.",
        when=When(60, start=time(10), end=time(15)),
        place=Place("Jardin d’accueil", "", "", "Caen", "28"),
        missions=("se-diversifier",),
        contact="green",
        status="cancelled",
        status_note=(
            "Visite annulée : des mesures sanitaires limitent l’accès aux élevages de volailles. "
            "Une nouvelle date sera proposée dès que possible."
        ),
        body=(
            Text(
                "<p>Le verger, le parcours, l’œuf et le planning : quatre étapes, et un temps "
                "d’échange.</p>"
            ),
            Pages("En attendant", ("resource:poules-et-verger",)),
        ),
    ),
    Event(
        slug="groupe-de-pairs-jardins-ruraux",
        kind="regional",
        days_ago=22,
        picture="field",
        title="Groupe de pairs des jardins ruraux",
        summary="Trois heures entre jardins ruraux, sur les distances et les débouchés.",
        when=When(75, start=time(14), end=time(17)),
        format="online",
        missions=("commercialiser", "piloter"),
        contact="selling",
        members=True,
        door="hidden",
        online_link="https://example.org/visio/jardins-ruraux",
        body=(
            Text(
                "<p>Question du jour : jusqu’où livrer sans y perdre son âme, ni son budget ?</p>"
            ),
        ),
    ),
    Event(
        slug="tsf-legumerie",
        kind="tsf",
        days_ago=18,
        picture="parcels",
        title="TSF collectif : faire tourner une légumerie",
        summary=(
            "Une journée dans l’atelier d’un jardin, suivie à distance par celles et ceux qui ne "
            "peuvent pas se déplacer."
        ),
        when=When(89, start=time(9, 30), end=time(16, 30)),
        format="hybrid",
        place=Place("Jardin d’accueil", "", "", "Dijon", "27"),
        missions=("produire", "se-diversifier"),
        contact="processing",
        members=True,
        deadline=10,
        online_link="https://example.org/visio/legumerie",
        body=(
            Text(
                "<ol><li>Les flux, du quai au camion</li><li>Les postes, et qui peut y "
                "travailler</li><li>Les comptes d’une année</li></ol>"
            ),
        ),
    ),
    Event(
        slug="forum-cocagne",
        kind="forum",
        days_ago=65,
        picture="forum",
        title="Forum Cocagne : trois jours pour sortir la tête du guidon",
        short_title="Forum Cocagne",
        summary=(
            "Toutes les équipes, tous les métiers, trois jours : ateliers, grandes tablées, "
            "visites et débats. Les partenaires sont invités."
        ),
        when=When(112, days=3),
        place=Place("Lieu à confirmer", "", "", "", "24"),
        missions=("piloter", "insertion", "produire", "commercialiser", "se-diversifier", "creer"),
        contact="development",
        deadline=30,
        body=(
            Figures(
                (
                    ("3", "jours ensemble"),
                    ("2 ans", "entre deux forums"),
                    ("2021", "l’année de l’émancipation"),
                )
            ),
            Text(
                "<p>Le forum se tient tous les deux ans. On y vient en équipe : salarié·e·s en "
                "parcours, permanent·e·s, administrateur·rice·s. Le thème sera choisi avec les "
                "jardins.</p>"
            ),
            Pages("D’ici là", ("horizon", "resource:fiches-chiches")),
        ),
    ),
    Event(
        slug="webinaire-plan-serres",
        kind="webinar",
        days_ago=8,
        picture="tunnels",
        title="Webinaire : déposer un projet au Plan Serres",
        summary=(
            "Dimensionner, chiffrer, présenter : ce que l’équipe du réseau regarde dans un "
            "dossier, et comment elle peut vous aider."
        ),
        when=When(130, start=time(14), end=time(15)),
        format="online",
        missions=("produire", "piloter"),
        contact="funding",
        members=True,
        online_link="https://example.org/visio/plan-serres",
        body=(
            Text(
                "<p>Une demi-heure d’explications, une demi-heure de questions. Venez avec vos "
                "métrés.</p>"
            ),
        ),
    ),
)
