"""Workbooks of the team: budget, steps of a person, questions before a new activity."""

from __future__ import annotations

from ..schema import File, Tab, Workbook
from .workbooks_garden import EURO, PERCENT, WHOLE, how_to

BUDGET_BOOK = Workbook(
    "Modèle de budget d’un jardin",
    (
        how_to(
            "Budget d’un jardin",
            "1. Commencez par l’onglet « Hypothèses », même avec des chiffres approximatifs.",
            "2. Détaillez ensuite les charges, puis les produits.",
            "3. L’onglet « Synthèse » donne le taux de couverture par les ventes et le coût "
            "d’un panier.",
            "4. Tous les montants fournis sont fictifs : remplacez-les.",
        ),
        Tab(
            "Hypothèses",
            (46, 16, 50),
            (
                ("Hypothèses",),
                (None,),
                ("Donnée", "Valeur", "Remarque"),
                ("Nombre de paniers par semaine", 180, "Paniers livrés, toutes tailles confondues"),
                ("Semaines de livraison par an", 48, "Un panier toute l’année, moins les pauses"),
                ("Prix moyen d’un panier (€)", 14.5, "Après réductions"),
                ("Postes en insertion (équivalent temps plein)", 14, "Selon la convention"),
                (
                    "Postes permanents (équivalent temps plein)",
                    6,
                    "Direction, ASP, culture, encadrement, vente",
                ),
                ("Coût annuel moyen d’un poste en insertion (€)", 25500, "Charges comprises"),
                ("Coût annuel moyen d’un poste permanent (€)", 39000, "Charges comprises"),
            ),
            heads=(1, 3),
            inputs=("B4:B10",),
            formats=(("B6", EURO), ("B9:B10", EURO), ("B4:B5", WHOLE)),
        ),
        Tab(
            "Charges",
            (46, 20),
            (
                ("Charges de l’année",),
                (None,),
                ("Poste", "Montant (€)"),
                ("Salaires en insertion", "=Hypothèses!B7*Hypothèses!B9"),
                ("Salaires permanents", "=Hypothèses!B8*Hypothèses!B10"),
                ("Semences, plants et terreau", 21000),
                ("Eau et énergie", 13500),
                ("Petit matériel et entretien", 16000),
                ("Emballages et paniers", 6200),
                ("Carburant et livraison", 11800),
                ("Loyers et assurances", 14200),
                ("Formation", 7500),
                ("Amortissements", 28000),
                ("Total", "=SUM(B4:B13)"),
            ),
            heads=(1, 3, 14),
            inputs=("B6:B13",),
            formats=(("B4:B14", EURO),),
        ),
        Tab(
            "Produits",
            (46, 20),
            (
                ("Produits de l’année",),
                (None,),
                ("Ressource", "Montant (€)"),
                ("Ventes de paniers", "=Hypothèses!B4*Hypothèses!B5*Hypothèses!B6"),
                ("Autres ventes", 18500),
                ("Aide aux postes", 305000),
                ("Collectivités", 86000),
                ("Appels à projets et fondations", 42000),
                ("Prestations (autres activités)", 24000),
                ("Adhésions et dons", 6500),
                ("Total", "=SUM(B4:B10)"),
            ),
            heads=(1, 3, 11),
            inputs=("B5:B10",),
            formats=(("B4:B11", EURO),),
        ),
        Tab(
            "Synthèse",
            (46, 20),
            (
                ("À lire en conseil d’administration",),
                (None,),
                ("Indicateur", "Valeur"),
                ("Résultat", "=Produits!B11-Charges!B14"),
                (
                    "Taux de couverture par les ventes",
                    "=IF(Charges!B14=0,0,(Produits!B4+Produits!B5)/Charges!B14)",
                ),
                ("Paniers livrés dans l’année", "=Hypothèses!B4*Hypothèses!B5"),
                ("Coût complet d’un panier livré", "=IF(B6=0,0,Charges!B14/B6)"),
                (
                    "Charges de personnel",
                    "=IF(Charges!B14=0,0,(Charges!B4+Charges!B5)/Charges!B14)",
                ),
            ),
            heads=(1, 3),
            formats=(("B4", EURO), ("B5", PERCENT), ("B6", WHOLE), ("B7", EURO), ("B8", PERCENT)),
        ),
    ),
)

STEPS = (
    "Semer et repiquer",
    "Récolter et trier",
    "Préparer un panier",
    "Lire un planning",
    "Suivre une consigne de sécurité",
    "Travailler à plusieurs",
    "Expliquer un geste",
    "Se rendre à un rendez-vous",
    "Utiliser une messagerie",
    "Parler de son projet",
)

PATH_BOOK = Workbook(
    "Tableau de bord du parcours",
    (
        how_to(
            "Tableau de bord du parcours",
            "1. Ce classeur se remplit à deux, et la personne peut en avoir une copie.",
            "2. N’y inscrivez ni santé, ni situation familiale, ni appréciation.",
            "3. Dans l’onglet « Repères », choisissez : à découvrir, en cours, acquis, transmis.",
        ),
        Tab(
            "Repères",
            (40, 18, 18, 18),
            (
                ("Repères observables",),
                (None,),
                ("Je sais…", "À l’arrivée", "À trois mois", "À six mois"),
                *((name, "À découvrir", None, None) for name in STEPS),
            ),
            heads=(1, 3),
            inputs=("B4:D13",),
            choices=(("B4:D13", "À découvrir,En cours,Acquis,Transmis"),),
        ),
        Tab(
            "Étapes",
            (44, 24, 16, 16),
            (
                ("Étapes décidées ensemble",),
                (None,),
                ("Étape", "Avec qui", "Pour quand", "Fait ?"),
                *((None, None, None, None) for _ in range(12)),
            ),
            heads=(1, 3),
            inputs=("A4:D15",),
            choices=(("D4:D15", "Oui,Non"),),
        ),
        Tab(
            "Bilan",
            (30, 18, 18, 18),
            (
                ("Décompte pour l’entretien",),
                (None,),
                ("Repère", "À l’arrivée", "À trois mois", "À six mois"),
                *(
                    (
                        level,
                        f"=COUNTIF(Repères!B4:B13,A{row})",
                        f"=COUNTIF(Repères!C4:C13,A{row})",
                        f"=COUNTIF(Repères!D4:D13,A{row})",
                    )
                    for row, level in enumerate(
                        ("À découvrir", "En cours", "Acquis", "Transmis"), 4
                    )
                ),
                ("Étapes faites", '=COUNTIF(Étapes!D4:D15,"Oui")', None, None),
            ),
            heads=(1, 3),
        ),
    ),
)

QUESTIONS = (
    (
        "Le sens",
        (
            "Le besoin est nommé par d’autres que nous",
            "L’activité prolonge notre projet social",
            "Des habitant·e·s l’attendent",
            "Elle ne concurrence personne",
            "Nous saurions dire non",
        ),
    ),
    (
        "L’équipe",
        (
            "Des salarié·e·s en ont envie",
            "Quelqu’un peut l’encadrer",
            "L’accompagnement suivra",
            "Le maraîchage n’en souffrira pas",
            "Nous avons vu une équipe qui le fait",
        ),
    ),
    (
        "Les moyens",
        (
            "Un local convient",
            "Le matériel est trouvé ou prêté",
            "Les autorisations sont connues",
            "Nous pouvons essayer une saison",
            "Un partenaire s’engage",
        ),
    ),
    (
        "L’économie",
        (
            "Les dépenses d’une année sont chiffrées",
            "Un premier client est prêt",
            "Nous savons ce que l’activité apporte hors argent",
            "Nous avons de quoi tenir dix-huit mois",
            "Nous savons comment arrêter",
        ),
    ),
)
GRID = tuple((family, question) for family, questions in QUESTIONS for question in questions)

GRID_BOOK = Workbook(
    "Avant de se diversifier : grille d’autodiagnostic",
    (
        how_to(
            "Avant de se diversifier",
            "1. Chacun·e remplit la grille de son côté : 0 non, 1 en partie, 2 oui.",
            "2. Comparez les onglets « Résultat » : les écarts ouvrent la discussion.",
            "3. Un total faible n’interdit rien ; il dit par quoi commencer.",
        ),
        Tab(
            "Grille",
            (18, 60, 14, 40),
            (
                ("Vingt questions",),
                (None,),
                ("Famille", "Question", "Note (0 à 2)", "Ce qui nous manque"),
                *((family, question, None, None) for family, question in GRID),
            ),
            heads=(1, 3),
            inputs=("C4:D23",),
            choices=(("C4:C23", "0,1,2"),),
        ),
        Tab(
            "Résultat",
            (24, 16, 16),
            (
                ("Notre photographie du moment",),
                (None,),
                ("Famille", "Points", "Part des points"),
                *(
                    (family, f"=SUMIF(Grille!$A$4:$A$23,A{row},Grille!$C$4:$C$23)", f"=B{row}/10")
                    for row, (family, _) in enumerate(QUESTIONS, 4)
                ),
                ("Ensemble", "=SUM(B4:B7)", "=B8/40"),
            ),
            heads=(1, 3, 8),
            formats=(("C4:C8", PERCENT),),
        ),
    ),
)

WORKBOOKS: dict[str, File] = {
    "budget-book": BUDGET_BOOK,
    "path-book": PATH_BOOK,
    "grid-book": GRID_BOOK,
}
