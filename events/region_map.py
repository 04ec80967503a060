"""The regions of France as a map to choose from, drawn by hand on a coarse grid.

It is a drawing and no survey: neighbours touch where they do, sizes and coasts are simplified, the
overseas regions stand in a row below. It says nothing that the list of regions does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from site_cocagne.core.regions import Region

if TYPE_CHECKING:
    from site_cocagne.core.facets import FacetGroup

    from .filters import AgendaFilter

VIEW_BOX = "0 0 200 252"

# Outlines as "x,y x,y …"; two regions side by side share the corners between them.
OUTLINES = {
    Region.HAUTS_DE_FRANCE: "93,8 105,4 113,12 128,26 126,38 119,46 105,44 94,41 90,25",
    Region.NORMANDIE: (
        "90,25 94,41 91,46 84,51 78,58 58,55 50,52 51,42 46,31 54,31 55,38 66,39 74,34"
    ),
    Region.ILE_DE_FRANCE: "94,41 105,44 119,46 120,57 113,60 104,61 98,58 91,46",
    Region.BRETAGNE: (
        "50,52 58,55 56,65 46,71 37,74 27,70 15,68 14,62 6,60 7,54 17,50 28,47 35,53 43,49"
    ),
    Region.PAYS_DE_LA_LOIRE: (
        "58,55 78,58 82,66 78,76 71,82 62,86 62,96 50,96 44,89 40,80 37,74 46,71 56,65"
    ),
    Region.CENTRE_VAL_DE_LOIRE: (
        "91,46 98,58 104,61 113,60 114,69 113,78 114,90 107,97 95,99 85,95 80,88 71,82 78,76"
        " 82,66 78,58 84,51"
    ),
    Region.GRAND_EST: (
        "128,26 135,22 140,31 152,33 163,36 176,41 190,46 181,57 175,70 169,73 160,66 147,64"
        " 139,68 130,64 120,57 119,46 126,38"
    ),
    Region.BOURGOGNE_FRANCHE_COMTE: (
        "113,60 120,57 130,64 139,68 147,64 160,66 169,73 165,81 158,90 152,99 144,98 136,101"
        " 127,99 124,93 114,90 113,78 114,69"
    ),
    Region.AUVERGNE_RHONE_ALPES: (
        "114,90 124,93 127,99 136,101 144,98 152,99 162,97 166,103 168,116 165,123 154,127"
        " 152,134 146,139 134,138 128,136 122,128 113,125 107,127 100,122 103,112 108,104 107,97"
    ),
    Region.NOUVELLE_AQUITAINE: (
        "71,82 80,88 85,95 95,99 107,97 108,104 103,112 100,122 92,122 88,132 79,137 74,146"
        " 70,150 66,163 57,160 47,154 51,147 54,128 55,114 51,103 50,96 62,96 62,86"
    ),
    Region.OCCITANIE: (
        "100,122 107,127 113,125 122,128 128,136 134,138 136,147 132,152 129,155 120,155 113,160"
        " 112,171 104,174 95,170 83,168 74,167 66,163 70,150 74,146 79,137 88,132 92,122"
    ),
    Region.PROVENCE_ALPES_COTE_D_AZUR: (
        "134,138 146,139 152,134 154,127 165,123 169,128 168,137 174,144 173,150 163,157 157,162"
        " 147,162 141,158 129,155 132,152 136,147"
    ),
    Region.CORSE: "190,160 193,168 191,181 187,189 181,184 178,174 183,168 188,167",
    Region.GUADELOUPE: "2,200 64,200 64,222 2,222",
    Region.MARTINIQUE: "69,200 131,200 131,222 69,222",
    Region.GUYANE: "136,200 198,200 198,222 136,222",
    Region.LA_REUNION: "2,227 64,227 64,249 2,249",
    Region.MAYOTTE: "69,227 131,227 131,249 69,249",
}
# Where the number stands; those not named here bear it with their name, in the middle.
NUMBERS = {
    Region.HAUTS_DE_FRANCE: (108, 29),
    Region.NORMANDIE: (72, 47),
    Region.ILE_DE_FRANCE: (106, 52),
    Region.BRETAGNE: (32, 61),
    Region.PAYS_DE_LA_LOIRE: (61, 76),
    Region.CENTRE_VAL_DE_LOIRE: (97, 78),
    Region.GRAND_EST: (148, 49),
    Region.BOURGOGNE_FRANCHE_COMTE: (138, 82),
    Region.AUVERGNE_RHONE_ALPES: (135, 115),
    Region.NOUVELLE_AQUITAINE: (76, 117),
    Region.OCCITANIE: (100, 151),
    Region.PROVENCE_ALPES_COTE_D_AZUR: (153, 147),
    Region.CORSE: (186, 176),
}


@dataclass(frozen=True)
class Area:
    """A region on the map: what it leads to, how much is there, its outline, where words stand."""

    name: str
    count: int
    chosen: bool
    query: str
    outline: str
    x: float
    y: float
    named: bool


def areas(group: FacetGroup, form: AgendaFilter) -> list[Area]:
    """The regions in the order of their list, with the same counts.

    Each leads to the list of that region alone, all other choices kept; the one that is chosen
    alone leads back to all regions.
    """
    alone = sum(value.chosen for value in group.values) == 1
    found = []
    for value in group.values:
        region = Region(value.value)
        outline = OUTLINES[region]
        x, y = NUMBERS.get(region) or _middle(outline)
        back = alone and value.chosen
        query = form.with_values(group.name, [] if back else [value.value])
        named = region not in NUMBERS
        found.append(Area(value.label, value.count, value.chosen, query, outline, x, y, named))
    return found


def _middle(outline: str) -> tuple[float, float]:
    corners = [tuple(map(float, corner.split(","))) for corner in outline.split()]
    across, down = zip(*corners, strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
