"""The shared models: media, taxonomy, settings, and what every page type is made of."""

from .audience import Audience, AudienceMixin, Door, Exposure, ReservedByTypeMixin
from .media import SiteDocument, SiteImage, SiteRendition
from .pages import BasePage, SitePageQuerySet
from .search import (
    DocumentText,
    FruitlessSearch,
    SearchEntry,
    SearchPin,
    SearchWord,
    SynonymGroup,
)
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
    "DocumentText",
    "Door",
    "Exposure",
    "FooterLink",
    "FruitlessSearch",
    "MenuItem",
    "Mission",
    "MissionRow",
    "Navigation",
    "Organisation",
    "Partner",
    "ReservedByTypeMixin",
    "SearchEntry",
    "SearchPin",
    "SearchWord",
    "SiteDocument",
    "SiteImage",
    "SitePageQuerySet",
    "SiteRendition",
    "StarterContentLoad",
    "SynonymGroup",
    "Theme",
    "ThemeMission",
    "ThemeRow",
]
