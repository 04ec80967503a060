"""The form of every page in the admin."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from .signals import checking_submission

SUBMITTING = ("action-submit", "action-restart-workflow")


class SitePageForm(WagtailAdminPageForm):
    """Forgets schedules that are over, and asks the quality gate when a page is submitted."""

    checked = False

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
        """Each fault found is shown at its field, or above the form where it has none."""
        page = self.save(commit=False)
        answers: list[tuple[Any, Any]] = checking_submission.send(type(page), page=page, form=self)
        for _receiver, faults in answers:
            for field, message in faults or []:
                self.add_error(field if field in self.fields else None, message)
