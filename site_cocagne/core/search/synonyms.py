"""The synonyms a new site begins with; the team edits them afterwards."""

from __future__ import annotations

from ..models import SynonymGroup

BEGINNING = (
    "ACI, atelier et chantier d’insertion",
    "ASP, accompagnement socioprofessionnel, accompagnement socio-professionnel",
    "CIP, conseiller en insertion professionnelle, conseillère en insertion professionnelle",
    "CDDI, contrat à durée déterminée d’insertion",
    "ETI, encadrant technique, encadrante technique",
    "IAE, insertion par l’activité économique",
    "OPCO, opérateur de compétences",
    "SIAE, structure d’insertion par l’activité économique",
    "TSF, transfert de savoir-faire",
    "TZCLD, territoires zéro chômeur de longue durée",
    "bio, biologique, agriculture biologique",
    "irrigation, irriguer, arrosage, arroser",
    "maraîchage, maraîcher, maraîchère",
)


def begin() -> int:
    """Write the first synonyms where there are none; what was deleted does not come back."""
    if SynonymGroup.objects.exists():
        return 0
    made = SynonymGroup.objects.bulk_create([SynonymGroup(words=words) for words in BEGINNING])
    return len(made)
