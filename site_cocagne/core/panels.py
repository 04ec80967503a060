"""Panels of the page editor that are not fields of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class SubmissionNotePanel(Panel):
    """The word that goes with a submission: asked for when there are warnings, then read.

    Hidden at all other times. Notes are kept by an app that stands on this one, and are reached
    by their related name.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("A word to those who approve"))
        super().__init__(**kwargs)

    @property
    def clean_name(self) -> str:
        return "submission-note"

    def get_form_options(self) -> dict[str, Any]:
        """It draws this field itself: Wagtail would put one that no panel names at the end."""
        options: dict[str, Any] = super().get_form_options()
        options["fields"] = ["submission_note"]
        return options

    class BoundPanel(Panel.BoundPanel):
        template_name = "editorial/note_panel.html"

        @property
        def asked(self) -> bool:
            return bool(getattr(self.form, "asks_for_a_word", False))

        @property
        def field(self) -> Any:
            return self.form["submission_note"]

        @property
        def note(self) -> Any:
            """The word of the submission that is being judged."""
            if not hasattr(self, "_note"):
                state = self.instance.current_workflow_state if self.instance.pk else None
                notes = getattr(self.instance, "submission_notes", None)
                found = notes.filter(workflow_state=state).last() if state and notes else None
                self._note = found
            return self._note

        def is_shown(self) -> bool:
            return super().is_shown() and (self.asked or self.note is not None)
