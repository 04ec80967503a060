"""The shared models: media, taxonomy, settings, and what every page type is made of."""

from .audience import Audience, AudienceMixin, Door, Exposure, ReservedByTypeMixin
from .media import SiteDocument, SiteImage, SiteRendition
from .pages import BasePage, SitePageQuerySet
from .settings import FooterLink, MenuItem, Navigation, Organisation, StarterContentLoad
from .taxonomy import (
    Contact,
    ContactMission,
    ContactRegion,
    ContactTheme,
    Mission,
    MissionRow,
    Partner,
    Theme,
    ThemeMission,
    ThemeRow,
)

__all__ = [
    "Audience",
    "AudienceMixin",
    "BasePage",
    "Contact",
    "ContactMission",
    "ContactRegion",
    "ContactTheme",
    "Door",
    "Exposure",
    "FooterLink",
    "MenuItem",
    "Mission",
    "MissionRow",
    "Navigation",
    "Organisation",
    "Partner",
    "ReservedByTypeMixin",
    "SiteDocument",
    "SiteImage",
    "SitePageQuerySet",
    "SiteRendition",
    "StarterContentLoad",
    "Theme",
    "ThemeMission",
    "ThemeRow",
]
