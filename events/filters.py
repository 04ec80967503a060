"""The filter of the agenda: one form for the list, the month, the archive and the calendars."""

from __future__ import annotations

import datetime
import operator
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from site_cocagne.core import directory
from site_cocagne.core.facets import CaseFacet, Choices, ColumnFacet, Facet, FacetedForm, RowsFacet
from site_cocagne.core.models import Exposure
from site_cocagne.core.regions import Region

if TYPE_CHECKING:
    from django.db.models import Model

PAST = "past"
SOON = datetime.timedelta(days=30)
SEASON = datetime.timedelta(days=90)


def _rows(name: str) -> type[Model]:
    return apps.get_model("events", name)


def _when(now: datetime.datetime) -> CaseFacet:
    """How far away an event starts, in exclusive steps; what has begun is near."""
    return CaseFacet(
        name="when",
        label=_("When"),
        choices=(
            ("soon", _("Within 30 days")),
            ("season", _("In one to three months")),
            ("later", _("Later")),
        ),
        cases={
            "soon": Q(over_at__gt=now, starts_at__lt=now + SOON),
            "season": Q(starts_at__gte=now + SOON, starts_at__lt=now + SEASON),
            "later": Q(starts_at__gte=now + SEASON),
        },
    )


class AgendaFilter(FacetedForm):
    """Several values of each facet; what comes, or what was (``period=past``)."""

    fixed_facets: ClassVar[tuple[Facet, ...]] = (
        ColumnFacet(name="kind", label=_("Kind"), lookup="kind"),
        RowsFacet(
            name="mission",
            label=_("Mission"),
            model=lambda: _rows("EventMission"),
            value="mission__slug",
        ),
        ColumnFacet(name="format", label=_("Format"), lookup="format"),
        CaseFacet(
            name="audience",
            label=_("Audience"),
            choices=(("public", _("Open to everyone")), ("members", _("For members"))),
            cases={
                "public": Q(exposure=Exposure.OPEN),
                "members": Q(exposure__gt=Exposure.OPEN),
            },
        ),
        ColumnFacet(name="region", label=_("Region"), lookup="region"),
    )

    def __init__(self, data: QueryDict | None, *, language_code: str) -> None:
        self.missions = directory.missions(language_code)
        # The steps of this facet move with the clock: it is made for each request.
        self.facets = (*self.fixed_facets, _when(timezone.now()))  # type: ignore[misc]
        super().__init__(data, language_code=language_code)

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["period"] = forms.ChoiceField(
            label=_("Period"),
            required=False,
            choices=[("", _("Upcoming")), (PAST, _("Past"))],
        )

    def choices_of(self, facet: Facet) -> Choices:
        if facet.name == "mission":
            return [(mission.slug, mission.name) for mission in self.missions]
        if facet.name == "kind":
            return list(_event().Kind.choices)
        if facet.name == "format":
            return list(_event().Format.choices)
        if facet.name == "region":
            return list(Region.choices)
        return super().choices_of(facet)

    @property
    def emblems(self) -> dict[str, str]:
        """Emblem of each mission, by the value that stands in addresses."""
        return {mission.slug: mission.emblem for mission in self.missions}

    @property
    def past(self) -> bool:
        return bool(self.cleaned_data.get("period") == PAST)

    def scope(self, queryset: Any) -> Any:
        return queryset.past() if self.past else queryset.upcoming()

    @property
    def condition(self) -> Q:
        """What a row must meet to pass all facets, whatever the period."""
        return reduce(operator.and_, self._conditions.values(), Q())

    def narrow(self, queryset: Any) -> Any:
        """The facets alone, whatever the period: for a month, an archive, a calendar."""
        return queryset.filter(self.condition)

    @property
    def facet_query(self) -> str:
        """The canonical query string of the facets alone: what a calendar is subscribed by."""
        data = QueryDict(self.query, mutable=True)
        data.pop("period", None)
        return data.urlencode()

    def with_values(self, name: str, values: list[str]) -> str:
        """The canonical query string with these values alone in one facet, all others kept."""
        chosen = {**self.cleaned_data, name: values}
        return urlencode(
            [
                (key, str(item))
                for key in self.fields
                for item in (
                    chosen[key] if isinstance(chosen.get(key), list) else [chosen.get(key)]
                )
                if item
            ]
        )


def _event() -> Any:
    return apps.get_model("events", "EventPage")
