"""The end of a workflow. Wagtail imports this while its models load: nothing is imported here."""

from __future__ import annotations

from typing import Any


def publish(workflow_state: Any, user: Any = None) -> None:
    """Named by the setting ``WAGTAIL_FINISH_WORKFLOW_ACTION``."""
    from .publication import publish_approved

    publish_approved(workflow_state, user)
