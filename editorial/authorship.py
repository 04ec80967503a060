"""Whose change is the latest: the question on which *never alone* rests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

# What a revision holds that no editor wrote: state of the page, place in the tree, notes.
NOT_CONTENT = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "translation_key", "locale", "owner"),
        *("content_type", "alias_of", "live", "live_revision", "has_unpublished_changes"),
        *("latest_revision", "latest_revision_created_at", "draft_title", "expired"),
        *("first_published_at", "last_published_at", "locked", "locked_at", "locked_by"),
        *("exposure", "index_entries", "wagtail_admin_comments"),
    }
)
# Worth nothing in a child row: its identity changes when the page is published.
NOT_CONTENT_OF_ROWS = frozenset({"pk", "page", "translation_key", "locale"})
SCHEDULE = ("go_live_at", "expire_at")


def essence(content: dict[str, Any]) -> dict[str, Any]:
    """What an editor wrote, of the content of a revision. Equal essences: nothing was changed."""
    kept: dict[str, Any] = {}
    for name, value in content.items():
        if name in NOT_CONTENT:
            continue
        if name in SCHEDULE:
            kept[name] = _still_to_come(value)
        elif isinstance(value, list):
            kept[name] = [_row(row) for row in value]
        else:
            kept[name] = value
    return kept


def _row(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return {name: value for name, value in row.items() if name not in NOT_CONTENT_OF_ROWS}


def _still_to_come(value: str | None) -> str | None:
    """A moment that has passed plans nothing: it equals an empty one."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return value if moment is not None and moment > timezone.now() else None


def latest_change(page: Page) -> Revision | None:
    """The latest revision that changed something; saves that changed nothing are passed over."""
    revisions = list(
        Revision.page_revisions.filter(object_id=str(page.pk))
        .order_by("-created_at", "-pk")
        .values_list("pk", flat=True)
    )
    later: Revision | None = None
    for pk in revisions:
        revision = Revision.objects.select_related("user").get(pk=pk)
        if later is not None and essence(revision.content) != essence(later.content):
            return later
        later = revision
    return later


def made_latest_change(user: Any, page: Page) -> bool:
    """Did this person make the latest change of the page? Such a one never approves it."""
    change = latest_change(page)
    return change is not None and change.user_id is not None and change.user_id == user.pk
