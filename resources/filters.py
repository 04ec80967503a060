"""The filter of the toolbox: mission, then the themes of that mission, kind, year, audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from site_cocagne.core import directory
from site_cocagne.core.facets import (
    CaseFacet,
    Choices,
    ColumnFacet,
    Facet,
    FacetedForm,
    FacetValue,
    RowsFacet,
    YearFacet,
)
from site_cocagne.core.models import Exposure

if TYPE_CHECKING:
    from django.db.models import Model

FIRST_YEAR = 1991  # of the first garden: nothing of the network is older


def _rows(name: str) -> type[Model]:
    return apps.get_model("resources", name)


class ToolboxFilter(FacetedForm):
    """Several values of each facet; newest first unless another order is asked."""

    facets = (
        RowsFacet(
            name="mission",
            label=_("Mission"),
            model=lambda: _rows("ResourceMission"),
            value="mission__slug",
        ),
        RowsFacet(
            name="theme",
            label=_("Theme"),
            model=lambda: _rows("ResourceTheme"),
            value="theme__slug",
        ),
        ColumnFacet(name="kind", label=_("Kind"), lookup="kind"),
        YearFacet(name="year", label=_("Year"), lookup="issued_on"),
        CaseFacet(
            name="audience",
            label=_("Audience"),
            choices=(("public", _("Open to everyone")), ("members", _("For members"))),
            cases={
                "public": Q(exposure=Exposure.OPEN),
                "members": Q(exposure__gt=Exposure.OPEN),
            },
        ),
    )
    sorts = {
        "newest": (_("Newest first"), ("-issued_on", "-pk")),
        "title": (_("Title"), ("sort_title", "pk")),
        "used": (
            _("Most used"),
            (F("use_total__total").desc(nulls_last=True), "-issued_on", "-pk"),
        ),
    }

    def __init__(self, data: QueryDict | None, *, language_code: str) -> None:
        self.missions = directory.missions(language_code)
        self.themes = directory.themes(language_code)
        super().__init__(data, language_code=language_code)

    def choices_of(self, facet: Facet) -> Choices:
        """Years are a fixed range: a list of those in use would tell of what is hidden."""
        if facet.name == "mission":
            return [(mission.slug, mission.name) for mission in self.missions]
        if facet.name == "theme":
            return [(theme.slug, theme.name) for theme in self.themes]
        if facet.name == "kind":
            return list(apps.get_model("resources", "ResourcePage").Kind.choices)
        if facet.name == "year":
            newest = timezone.localdate().year + 1
            return [(str(year), str(year)) for year in range(newest, FIRST_YEAR - 1, -1)]
        return super().choices_of(facet)

    def offers(self, value: FacetValue, facet: Facet) -> bool:
        """Themes of the chosen missions only; years that have something."""
        if facet.name == "theme":
            return value.value in self.offered_themes
        return facet.name != "year" or not value.is_empty

    @property
    def emblems(self) -> dict[str, str]:
        """Emblem of each mission, by the value of the mission."""
        return {mission.slug: mission.emblem for mission in self.missions}

    @cached_property
    def offered_themes(self) -> set[str]:
        """Themes under the chosen missions; all of them while no mission is chosen."""
        chosen = set(self.cleaned_data["mission"])
        return {
            theme.slug
            for theme in self.themes
            if not chosen or chosen & {row.mission.slug for row in theme.mission_rows.all()}
        }
