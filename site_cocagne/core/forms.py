"""The form of every page in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from .signals import checking_submission

SUBMITTING = ("action-submit", "action-restart-workflow")


class SitePageForm(WagtailAdminPageForm):
    """Forgets schedules that are over, and asks the quality gate when a page is submitted."""

    submission_note = forms.CharField(
        label=_("Why it may go on all the same"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the submission and shown to those who approve."),
    )

    checked = False
    asks_for_a_word = False

    def clean(self) -> dict[str, Any]:
        self.forget_schedules_that_are_over()
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def is_valid(self) -> bool:
        """The gate comes last: it reads the page as it would be saved, rows included."""
        if not super().is_valid():
            return False
        if self.is_submitting and not self.checked:
            self.checked = True
            self.check_submission()
        return not self.errors

    @property
    def is_submitting(self) -> bool:
        return any(name in self.data for name in SUBMITTING)

    def forget_schedules_that_are_over(self) -> None:
        """A date that passed since it was set is dropped; one typed wrongly is still refused.

        Wagtail leaves the dates on the page after they were carried out, and then refuses the
        next save because the page would expire in the past.
        """
        now = timezone.now()
        for name in ("go_live_at", "expire_at"):
            value, before = self.cleaned_data.get(name), self.initial.get(name)
            # The field of the form knows minutes only.
            if (
                value
                and before
                and value <= now
                and value == before.replace(second=0, microsecond=0)
            ):
                self.cleaned_data[name] = None

    def check_submission(self) -> None:
        """Each fault found is shown at its field; one that only warns lets pass who says why."""
        page = self.save(commit=False)
        answers: list[tuple[Any, Any]] = checking_submission.send(type(page), page=page, form=self)
        faults = [fault for _receiver, found in answers for fault in found or []]
        warnings = [fault for fault in faults if not fault.blocks]
        words = self.cleaned_data.get("submission_note", "").strip()
        self.asks_for_a_word = bool(warnings) and not words
        for fault in faults:
            if fault.blocks or self.asks_for_a_word:
                self.show(fault)
        if self.asks_for_a_word:
            self.add_error("submission_note", _("Say why in a word, or correct what is marked."))
        page.submission_note = words
        page.submission_warnings = [fault.message for fault in warnings]

    def show(self, fault: Any) -> None:
        """At the field, in the row of a list of rows, or else above the form."""
        for form in getattr(self.formsets.get(fault.field), "forms", []):
            if form.instance is fault.row:
                shown = [name for name, field in form.fields.items() if not field.widget.is_hidden]
                form.add_error(shown[0] if shown else None, fault.message)
        self.add_error(fault.field if fault.field in self.fields else None, fault.message)
