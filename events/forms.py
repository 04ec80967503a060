"""The form in which an event is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from site_cocagne.core.forms import SitePageForm


class EventForm(SitePageForm):
    """What only a published event must say; a draft is saved however little it says."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            self._note_previous_date(cleaned)
            if cleaned.get("status") == "cancelled" and not cleaned.get("status_note"):
                self.add_error("status_note", _("Say in a few words why it is cancelled."))
        return cleaned

    def _note_previous_date(self, cleaned: dict[str, Any]) -> None:
        """An announced event that gets another day while postponed: note the one announced."""
        if cleaned.get("status") != "postponed" or cleaned.get("previous_date"):
            return
        announced = (
            type(self.instance)
            ._base_manager.filter(pk=self.instance.pk, live=True)
            .values_list("start_date", flat=True)
            .first()
        )
        if announced and cleaned.get("start_date") and announced != cleaned["start_date"]:
            cleaned["previous_date"] = announced
