"""Workbooks of the garden: crops, price of a basket, size of a project, losses."""

from __future__ import annotations

from ..schema import File, Tab, Workbook

EURO = '#,##0.00 "€"'
WHOLE = "#,##0"
PERCENT = "0 %"
HOW_TO = "Mode d’emploi"


def how_to(title: str, *lines: str) -> Tab:
    """The first tab of each workbook."""
    end = "Réseau Cocagne. Adaptez ce classeur à votre jardin, et partagez ce que vous y améliorez."
    return Tab(HOW_TO, (96,), ((title,), *((line,) for line in lines), (None,), (end,)), heads=(1,))


CROPS = (
    ("Carotte", "Apiacées", 4, 30, 0.8, 3.2, "S12", "S26"),
    ("Panais", "Apiacées", 2, 30, 0.8, 2.4, "S16", "S42"),
    ("Poireau", "Alliacées", 6, 30, 0.8, 2.5, "S20", "S40"),
    ("Oignon jaune", "Alliacées", 3, 30, 0.8, 3.0, "S10", "S30"),
    ("Tomate sous abri", "Solanacées", 3, 40, 0.8, 7.5, "S16", "S28"),
    ("Pomme de terre", "Solanacées", 8, 30, 0.8, 2.3, "S15", "S27"),
    ("Chou cabus", "Brassicacées", 4, 30, 0.8, 2.8, "S22", "S41"),
    ("Navet botte", "Brassicacées", 2, 30, 0.8, 2.0, "S12", "S20"),
    ("Courge", "Cucurbitacées", 5, 30, 0.8, 2.1, "S20", "S38"),
    ("Courgette", "Cucurbitacées", 2, 30, 0.8, 4.0, "S19", "S26"),
    ("Salade de saison", "Astéracées", 6, 30, 0.8, 2.6, "S10", "S16"),
    ("Haricot vert", "Fabacées", 3, 30, 0.8, 1.1, "S20", "S29"),
)
FAMILIES = (
    "Apiacées",
    "Alliacées",
    "Solanacées",
    "Brassicacées",
    "Cucurbitacées",
    "Astéracées",
    "Fabacées",
)
CROP_LAST = 4 + 40  # forty lines to fill in

CROP_BOOK = Workbook(
    "Modèle de plan de culture",
    (
        how_to(
            "Plan de culture",
            "1. Dans l’onglet « Cultures », une ligne par série : remplissez les cellules crème.",
            "2. La surface et la récolte attendue se calculent seules.",
            "3. L’onglet « Récapitulatif » additionne par famille botanique, pour surveiller "
            "les rotations.",
            "4. Les chiffres fournis sont des exemples : remplacez-les par les vôtres.",
        ),
        Tab(
            "Cultures",
            (22, 16, 10, 12, 12, 14, 14, 12, 12, 14),
            (
                ("Plan de culture de l’année",),
                ("Cellules crème : à remplir. Cellules blanches : calculées.",),
                (None,),
                (
                    "Culture",
                    "Famille",
                    "Planches",
                    "Longueur (m)",
                    "Largeur (m)",
                    "Rendement (kg/m²)",
                    "Surface (m²)",
                    "Semis",
                    "Récolte",
                    "Attendu (kg)",
                ),
                *(
                    (
                        name,
                        family,
                        beds,
                        length,
                        width,
                        crop,
                        f"=C{row}*D{row}*E{row}",
                        sow,
                        harvest,
                        f"=F{row}*G{row}",
                    )
                    for row, (name, family, beds, length, width, crop, sow, harvest) in enumerate(
                        CROPS, 5
                    )
                ),
                *(
                    (
                        None,
                        None,
                        None,
                        None,
                        None,
                        None,
                        f"=C{row}*D{row}*E{row}",
                        None,
                        None,
                        f"=F{row}*G{row}",
                    )
                    for row in range(5 + len(CROPS), CROP_LAST + 1)
                ),
            ),
            heads=(1, 4),
            inputs=(f"A5:F{CROP_LAST}", f"H5:I{CROP_LAST}"),
            formats=((f"G5:G{CROP_LAST}", WHOLE), (f"J5:J{CROP_LAST}", WHOLE)),
            choices=((f"B5:B{CROP_LAST}", ",".join(FAMILIES)),),
        ),
        Tab(
            "Récapitulatif",
            (24, 16, 18, 18),
            (
                ("Par famille botanique",),
                (None,),
                ("Famille", "Surface (m²)", "Part de la surface", "Récolte attendue (kg)"),
                *(
                    (
                        family,
                        f"=SUMIF(Cultures!$B$5:$B${CROP_LAST},A{row},Cultures!$G$5:$G${CROP_LAST})",
                        f"=IF($B${4 + len(FAMILIES)}=0,0,B{row}/$B${4 + len(FAMILIES)})",
                        f"=SUMIF(Cultures!$B$5:$B${CROP_LAST},A{row},Cultures!$J$5:$J${CROP_LAST})",
                    )
                    for row, family in enumerate(FAMILIES, 4)
                ),
                (
                    "Total",
                    f"=SUM(B4:B{3 + len(FAMILIES)})",
                    f"=SUM(C4:C{3 + len(FAMILIES)})",
                    f"=SUM(D4:D{3 + len(FAMILIES)})",
                ),
            ),
            heads=(1, 3, 4 + len(FAMILIES)),
            formats=(
                (f"B4:B{4 + len(FAMILIES)}", WHOLE),
                (f"C4:C{4 + len(FAMILIES)}", PERCENT),
                (f"D4:D{4 + len(FAMILIES)}", WHOLE),
            ),
        ),
    ),
)

VEGETABLES = (
    ("Carottes", 1.2, 2.6),
    ("Poireaux", 1.0, 3.4),
    ("Pommes de terre", 1.5, 2.2),
    ("Salade", 0.3, 4.8),
    ("Courge", 1.1, 2.9),
    ("Betteraves", 0.6, 3.1),
    ("Oignons", 0.5, 2.8),
)

PRICE_BOOK = Workbook(
    "Décomposer le prix d’un panier",
    (
        how_to(
            "Prix d’un panier",
            "1. Pesez un panier type et remplissez l’onglet « Panier ».",
            "2. Notez dans l’onglet « Coûts » ce que coûte la préparation d’un panier.",
            "3. Comparez les trois scénarios de l’onglet « Scénarios ».",
        ),
        Tab(
            "Panier",
            (26, 14, 18, 16),
            (
                ("Contenu d’un panier type",),
                (None,),
                ("Légume", "Poids (kg)", "Prix au marché (€/kg)", "Valeur (€)"),
                *(
                    (name, weight, price, f"=B{row}*C{row}")
                    for row, (name, weight, price) in enumerate(VEGETABLES, 4)
                ),
                ("Total", "=SUM(B4:B10)", None, "=SUM(D4:D10)"),
            ),
            heads=(1, 3, 11),
            inputs=("A4:C10",),
            formats=(("B4:B11", "0.0"), ("C4:D11", EURO)),
        ),
        Tab(
            "Coûts",
            (40, 18),
            (
                ("Ce que coûte un panier, hors légumes",),
                (None,),
                ("Poste", "Par panier (€)"),
                ("Préparation", 1.9),
                ("Livraison", 1.6),
                ("Emballages", 0.5),
                ("Animation des adhérent·e·s", 0.8),
                ("Total", "=SUM(B4:B7)"),
            ),
            heads=(1, 3, 8),
            inputs=("B4:B7",),
            formats=(("B4:B8", EURO),),
        ),
        Tab(
            "Scénarios",
            (40, 14, 14, 14),
            (
                ("Trois prix à discuter",),
                (None,),
                ("", "Prudent", "Médian", "Ambitieux"),
                ("Prix affiché (€)", 13, 14.5, 16),
                (
                    "Reste pour la production (€)",
                    "=B4-Coûts!$B$8",
                    "=C4-Coûts!$B$8",
                    "=D4-Coûts!$B$8",
                ),
                (
                    "Écart avec le marché",
                    "=IF(Panier!$D$11=0,0,B4/Panier!$D$11-1)",
                    "=IF(Panier!$D$11=0,0,C4/Panier!$D$11-1)",
                    "=IF(Panier!$D$11=0,0,D4/Panier!$D$11-1)",
                ),
            ),
            heads=(1, 3),
            inputs=("B4:D4",),
            formats=(("B4:D5", EURO), ("B6:D6", "+0 %;-0 %")),
        ),
    ),
)

SIZE_BOOK = Workbook(
    "Dimensionner un projet de jardin",
    (
        how_to(
            "Dimensionner un projet",
            "1. Dans l’onglet « Projet », indiquez le nombre de paniers visé et vos coefficients.",
            "2. Lisez les ordres de grandeur dans l’onglet « Résultat ».",
            "3. Les coefficients sont des exemples : demandez ceux d’un jardin comparable lors "
            "d’une visite.",
        ),
        Tab(
            "Projet",
            (56, 16),
            (
                ("Votre projet",),
                (None,),
                ("Donnée", "Valeur"),
                ("Paniers par semaine visés", 150),
                ("Surface de plein champ par panier (m²)", 180),
                ("Surface sous abri par panier (m²)", 14),
                ("Part de la surface en engrais verts", 0.3),
                ("Paniers préparés par poste en insertion", 12),
                ("Postes en insertion par encadrant·e technique", 8),
                ("Coût d’un m² de tunnel équipé (€)", 45),
            ),
            heads=(1, 3),
            inputs=("B4:B10",),
            formats=(("B7", PERCENT), ("B10", EURO)),
        ),
        Tab(
            "Résultat",
            (56, 18),
            (
                ("Ordres de grandeur",),
                (None,),
                ("Résultat", "Valeur"),
                (
                    "Surface de plein champ, engrais verts compris (ha)",
                    "=IF(Projet!B7>=1,0,Projet!B4*Projet!B5/(1-Projet!B7)/10000)",
                ),
                ("Surface sous abri (m²)", "=Projet!B4*Projet!B6"),
                ("Postes en insertion", "=ROUNDUP(Projet!B4/Projet!B8,0)"),
                ("Encadrant·e·s techniques", "=ROUNDUP(B6/Projet!B9,0)"),
                ("Investissement en tunnels (€)", "=B5*Projet!B10"),
            ),
            heads=(1, 3),
            formats=(("B4", "0.0"), ("B5", WHOLE), ("B8", EURO)),
        ),
    ),
)

LOSSES = ("Au champ", "Au lavage et au tri", "Au stockage", "À la préparation", "À la distribution")

WASTE_BOOK = Workbook(
    "Mesurer le gaspillage",
    (
        how_to(
            "Mesurer le gaspillage",
            "1. Pendant quatre semaines, pesez ce qui se perd à chaque étape.",
            "2. Reportez les kilogrammes dans l’onglet « Pesées ».",
            "3. L’onglet « Lecture » montre par où commencer.",
        ),
        Tab(
            "Pesées",
            (28, 14, 14, 14, 14, 14),
            (
                ("Pertes en kilogrammes",),
                (None,),
                ("Étape", "Semaine 1", "Semaine 2", "Semaine 3", "Semaine 4", "Total"),
                *((name, 0, 0, 0, 0, f"=SUM(B{row}:E{row})") for row, name in enumerate(LOSSES, 4)),
                ("Récolte totale (kg)", 0, 0, 0, 0, "=SUM(B9:E9)"),
            ),
            heads=(1, 3),
            inputs=("B4:E9",),
            formats=(("B4:F9", "0.0"),),
        ),
        Tab(
            "Lecture",
            (28, 20, 20),
            (
                ("Où agir d’abord ?",),
                (None,),
                ("Étape", "Part des pertes", "Part de la récolte"),
                *(
                    (
                        name,
                        f"=IF(SUM(Pesées!$F$4:$F$8)=0,0,Pesées!F{row}/SUM(Pesées!$F$4:$F$8))",
                        f"=IF(Pesées!$F$9=0,0,Pesées!F{row}/Pesées!$F$9)",
                    )
                    for row, name in enumerate(LOSSES, 4)
                ),
                ("Ensemble", "=SUM(B4:B8)", "=SUM(C4:C8)"),
            ),
            heads=(1, 3, 9),
            formats=(("B4:C9", PERCENT),),
        ),
    ),
)

WORKBOOKS: dict[str, File] = {
    "crop-book": CROP_BOOK,
    "price-book": PRICE_BOOK,
    "size-book": SIZE_BOOK,
    "waste-book": WASTE_BOOK,
}
