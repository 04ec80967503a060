"""People and how they come in: accounts, gardens, affiliations, invitations, requests."""

from .entry import AccessRequest, Invitation
from .people import Affiliation, Garden, User, UserManager
from .records import AuditRun, BrandAcceptance, GardenImport, MembershipReminder

__all__ = [
    "AccessRequest",
    "Affiliation",
    "AuditRun",
    "BrandAcceptance",
    "Garden",
    "GardenImport",
    "Invitation",
    "MembershipReminder",
    "User",
    "UserManager",
]
