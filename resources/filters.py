"""The filter of the toolbox, as a bound form."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from site_cocagne.core.listing import ListingForm, SeveralChoices
from site_cocagne.core.models import Mission, Theme


class ToolboxFilter(ListingForm):
    """Mission, then themes of that mission, then kind; several values each."""

    mission = SeveralChoices(label=_("Mission"))
    theme = SeveralChoices(label=_("Theme"))
    kind = SeveralChoices(label=_("Kind"))

    def __init__(self, data: QueryDict | None, *, language_code: str) -> None:
        from .models import ResourcePage

        self.missions = list(Mission.objects.in_language(language_code))
        self.themes = list(Theme.objects.in_language(language_code))
        super().__init__(
            data,
            {
                "mission": [(mission.slug, mission.name) for mission in self.missions],
                "theme": [(theme.slug, theme.name) for theme in self.themes],
                "kind": list(ResourcePage.Kind.choices),
            },
        )

    @cached_property
    def offered_themes(self) -> list[Theme]:
        """Themes under the chosen missions; all of them while no mission is chosen."""
        chosen = set(self.cleaned_data["mission"])
        if not chosen:
            return self.themes
        return [
            theme
            for theme in self.themes
            if chosen & {row.mission.slug for row in theme.mission_rows.all()}
        ]

    def apply(self, queryset: Any) -> Any:
        """Any of the chosen values in each facet, all facets together."""
        if missions := self.cleaned_data["mission"]:
            queryset = queryset.for_missions(missions)
        if themes := self.cleaned_data["theme"]:
            queryset = queryset.for_themes(themes)
        if kinds := self.cleaned_data["kind"]:
            queryset = queryset.filter(kind__in=kinds)
        return queryset
