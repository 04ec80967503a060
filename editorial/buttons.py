"""Buttons that the editorial desk adds to the head of an editor."""

from __future__ import annotations

from wagtail.admin.widgets.button import Button


class StepButton(Button):
    """The next step of a workflow, where an editor has no button of its own for it."""
