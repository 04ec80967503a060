"""The filter of the agenda, as a bound form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from site_cocagne.core.listing import ListingForm, SeveralChoices
from site_cocagne.core.models import Mission
from site_cocagne.core.regions import Region


class AgendaFilter(ListingForm):
    """Region, kind, mission and format, several values each; what comes or what was."""

    region = SeveralChoices(label=_("Region"))
    kind = SeveralChoices(label=_("Kind"))
    mission = SeveralChoices(label=_("Mission"))
    format = SeveralChoices(label=_("Format"))
    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, data: QueryDict | None, *, language_code: str) -> None:
        from .models import EventPage

        missions = Mission.objects.in_language(language_code)
        super().__init__(
            data,
            {
                "region": list(Region.choices),
                "kind": list(EventPage.Kind.choices),
                "mission": [(mission.slug, mission.name) for mission in missions],
                "format": list(EventPage.Format.choices),
                "period": [("", _("Upcoming")), ("past", _("Past"))],
            },
        )

    @property
    def past(self) -> bool:
        return self.cleaned_data.get("period") == "past"

    def apply(self, queryset: Any) -> Any:
        """Any of the chosen values in each facet, all facets together, in order of date."""
        if missions := self.cleaned_data["mission"]:
            queryset = queryset.for_missions(missions)
        for name in ("region", "kind", "format"):
            if values := self.cleaned_data[name]:
                queryset = queryset.filter(**{f"{name}__in": values})
        return queryset.past() if self.past else queryset.upcoming()
