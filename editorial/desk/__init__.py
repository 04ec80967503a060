"""What the editorial desk shows: each list a constant number of queries, however full it is."""

from .calendar import incomplete_events, planned
from .common import EVERYTHING, Chosen, Listing, Row
from .health import broken_links, faulty, last_audit, to_review, undelivered
from .work import asleep, behind, submitted, waiting

# Beyond this a list is worked off, not read; its own page and its export give all.
SHOWN = 10

LISTS = {
    "attente": waiting,
    "soumis": submitted,
    "agenda": planned,
    "evenements": incomplete_events,
    "revoir": to_review,
    "liens": broken_links,
    "qualite": faulty,
    "traductions": behind,
    "brouillons": asleep,
}

__all__ = [
    "EVERYTHING",
    "LISTS",
    "SHOWN",
    "Chosen",
    "Listing",
    "Row",
    "last_audit",
    "planned",
    "undelivered",
    "waiting",
]
