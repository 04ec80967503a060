"""Sounds, films and the agreement: files that are not the sheet of a resource or a workbook."""

from __future__ import annotations

from ..schema import Callout, File, Film, Heading, Sheet, Sound, Table, Text

RECORDINGS: dict[str, File] = {
    "podcast-first-day": Sound(
        "Au micro du jardin : le premier jour (indicatif)",
        (0, 2, 4, 7, 4, 9, 7, 4, 2, 4, 0),
        "[Indicatif musical d’une dizaine de secondes : une mélodie douce qui monte, hésite, "
        "puis se pose.] Ce fichier est l’indicatif de la série. Il ne contient aucune parole : "
        "l’enregistrement de l’épisode le remplacera.",
    ),
    "podcast-farms": Sound(
        "Au micro du jardin : coopérer entre fermes voisines (indicatif)",
        (7, 4, 7, 9, 12, 9, 7, 4, 7, 2, 0),
        "[Indicatif musical d’une dizaine de secondes : deux notes se répondent, comme d’une "
        "ferme à l’autre.] Ce fichier est l’indicatif de la série. Il ne contient aucune "
        "parole : l’enregistrement de l’épisode le remplacera.",
    ),
    "podcast-steer": Sound(
        "Au micro du jardin : diriger sans s’isoler (indicatif)",
        (0, 7, 4, 9, 7, 12, 9, 7, 4, 2, 0),
        "[Indicatif musical d’une dizaine de secondes : une mélodie ample qui revient à sa "
        "première note.] Ce fichier est l’indicatif de la série. Il ne contient aucune "
        "parole : l’enregistrement de l’épisode le remplacera.",
    ),
    "film-nursery": Film(
        "La serre à plants, du semis à la livraison (film)",
        (
            ("greenhouse", "Bienvenue dans la serre à plants."),
            ("hands", "Semer : une graine par alvéole, à la bonne profondeur."),
            ("water", "Soigner : arroser en pluie fine, aérer, surveiller."),
            ("sowing", "Repiquer : choisir les plus beaux, laisser du temps aux lents."),
            ("tunnels", "Endurcir : sortir les plaques le jour, les rentrer la nuit."),
            ("delivery", "Livrer : compter, étiqueter, charger à plat."),
        ),
        "Film muet. Six dessins se succèdent. Un groupe visite une serre à plants. Deux mains "
        "tiennent une motte et son jeune plant : on sème une graine par alvéole. Une personne "
        "arrose près d’une cuve : on soigne en pluie fine. Une autre repique au champ : on "
        "choisit les plus beaux plants. Devant les tunnels, on endurcit les plaques. Enfin, un "
        "camion livre les caisses.",
    ),
    "film-gestures": Film(
        "Biner, pailler, arroser (film)",
        (
            ("tools", "Trois gestes, trois outils, et un dos à ménager."),
            ("sowing", "Biner : avancer le dos droit, changer de main."),
            ("soil", "Pailler : couvrir une terre humide et réchauffée."),
            ("water", "Arroser : au pied, tôt ou tard, jamais en plein soleil."),
            ("field", "Se relayer : aucun geste plus d’une heure d’affilée."),
        ),
        "Film muet. Cinq dessins se succèdent. Des outils sont rangés contre le mur d’un abri. "
        "Une personne pousse une houe entre les rangs : on bine le dos droit. La coupe d’un "
        "sol vivant montre pourquoi l’on paille. Une personne tient un arrosoir au bord des "
        "planches. Deux personnes récoltent au lever du soleil : on se relaie.",
    ),
    "film-parcels": Film(
        "Préparer les paniers sans se presser (film)",
        (
            ("crates", "Les caisses arrivent : les légumes lourds d’abord."),
            ("parcels", "Une table à hauteur de hanche, et rien par terre."),
            ("basket", "Le panier témoin, pesé, sous les yeux de tout le monde."),
            ("delivery", "On charge, on sourit, et l’on prend la pause à l’heure."),
        ),
        "Film muet. Quatre dessins se succèdent. Neuf caisses pleines de légumes attendent. "
        "Quatre personnes remplissent des paniers le long d’une table. Un panier témoin est "
        "posé en évidence. Au point de dépôt, une personne vient chercher le sien.",
    ),
    "convention": Sheet(
        title="Convention de partenariat pour des paniers solidaires",
        label="Modèle à compléter",
        licence="Usage interne au réseau",
        summary=(
            "Entre le jardin et un partenaire de l’action sociale. Remplissez ensemble les lignes "
            "en pointillé, supprimez ce qui ne vous concerne pas."
        ),
        story=(
            Heading("Les parties"),
            Table(
                "Qui signe",
                ("Le jardin", "Le partenaire"),
                (
                    ("Nom : ……………………………", "Nom : ……………………………"),
                    ("Adresse : …………………………", "Adresse : …………………………"),
                    ("Représenté par : ……………………", "Représenté par : ……………………"),
                ),
            ),
            Heading("1. Objet"),
            Text(
                "<p>Permettre à ……… foyers de choisir et de recevoir chaque semaine un panier "
                "de légumes biologiques, pendant ……… mois à partir du ………………………</p>"
            ),
            Heading("2. Engagements du jardin"),
            Text(
                "<ul><li>Composer le panier comme celui des autres "
                "adhérent·e·s.</li><li>Accueillir les personnes au point de dépôt de "
                "………………………</li><li>Proposer ……… ateliers de cuisine ou visites pendant la "
                "durée de la convention.</li></ul>"
            ),
            Heading("3. Engagements du partenaire"),
            Text(
                "<ul><li>Proposer le panier sans l’imposer, et expliquer comment il "
                "fonctionne.</li><li>Être présent lors du premier retrait.</li><li>Prévenir "
                "d’un arrêt au moins une semaine à l’avance.</li></ul>"
            ),
            Heading("4. Prix"),
            Table(
                "Répartition du prix d’un panier",
                ("Part", "Montant"),
                (
                    ("Prix du panier", "……… €"),
                    ("Reste à payer par le foyer", "……… €"),
                    ("Prise en charge par le partenaire", "……… €"),
                    ("Aide mobilisée par le jardin", "……… €"),
                ),
            ),
            Heading("5. Respect et discrétion"),
            Text(
                "<p>Rien ne distingue un panier solidaire d’un autre. Les noms ne circulent "
                "qu’entre les personnes qui en ont besoin pour l’organiser. Chaque foyer peut "
                "arrêter sans avoir à se justifier.</p>"
            ),
            Heading("6. Bilan"),
            Text(
                "<p>Les parties se retrouvent le ……………………… pour un bilan partagé avec les "
                "foyers qui le souhaitent.</p>"
            ),
            Callout(
                "Signatures",
                "<p>Fait à ………………………, le ………………………, en deux exemplaires.</p><p>Pour le "
                "jardin : ……………………… Pour le partenaire : ………………………</p>",
            ),
        ),
    ),
}
