"""The generation of what is published: one word that changes whenever anything changes.

Whatever is kept (``memo``, ``pagecache``) is kept under the present generation, so that one write
forgets all of it, on every node, and nothing has to know what shows where. What was worked out
from old data while somebody publishes bears the old word, which nobody asks for any more.

The word lives where all processes read it: in the shared cache, or, where each process has a
memory of its own, as the age of a small file (commands that run by the clock are processes too).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

KEY = "generation"
FILE = ".generation"

# Rows that no public page shows. Whatever is not named here begins a new generation when it is
# saved or deleted, so that a new model is right before anybody thinks of it.
UNSEEN_APPS = frozenset(
    {
        *("account", "admin", "auth", "axes", "contenttypes", "mfa", "sessions"),
        *("django_tasks_database", "wagtail_localize", "wagtailadmin", "wagtailsearch"),
        *("wagtailusers",),
    }
)
UNSEEN = frozenset(
    {
        *("core.DocumentText", "core.FruitlessSearch", "core.SearchEntry", "core.SearchWord"),
        *("editorial.AdviceTask", "editorial.ApprovalTask", "editorial.DeskKey"),
        *("editorial.DraftLink", "editorial.DraftOpinion", "editorial.EditorialRight"),
        *("editorial.ExternalLink", "editorial.Finding", "editorial.Heartbeat"),
        *("editorial.Message", "editorial.Rhythm", "editorial.SubmissionNote"),
        *("events.CalendarKey", "events.Proposal", "events.SeriesDate"),
        *("members.AccessRequest", "members.Affiliation", "members.AuditRun"),
        *("members.BrandAcceptance", "members.GardenImport", "members.Invitation"),
        *("members.MembershipReminder", "members.User"),
        *("newsletter.BulkAction", "newsletter.ConsentEvent", "newsletter.Outgoing"),
        *("newsletter.ProviderReport", "newsletter.ProviderUpdate", "newsletter.Sending"),
        *("newsletter.SignupRequest", "newsletter.Subscriber", "newsletter.Subscription"),
        *("resources.DailyUse", "resources.Favourite", "resources.Shelf", "resources.UseTotal"),
        *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.ModelLogEntry"),
        *("wagtailcore.PageLogEntry", "wagtailcore.PageSubscription", "wagtailcore.Revision"),
        *("wagtailcore.ReferenceIndex", "wagtailcore.TaskState", "wagtailcore.UploadedFile"),
        *("wagtailcore.WorkflowState",),
    }
)
# What saving a draft or locking a page writes on the page itself.
OF_A_DRAFT = frozenset(
    {
        *("draft_title", "has_unpublished_changes", "latest_revision"),
        *("latest_revision_created_at", "locked", "locked_at", "locked_by"),
    }
)


class Moment:
    """What is asked once while one request is answered; also Wagtail's root paths of sites."""

    word: str | None = None
    # Nobody is logged in, and a page is being served: drafts and locks show nowhere.
    of_visitor: bool = False


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """Ask for the word once until the end of the block: a page asks twenty times.

    What this very process changes meanwhile is still seen at once.
    """
    token = _moment.set(Moment())
    try:
        yield
    finally:
        _moment.reset(token)


def moment() -> Moment | None:
    """That of the request which is being answered, if any."""
    return _moment.get()


def present() -> str:
    """The word under which everything is kept now."""
    now = _moment.get()
    if now is None:
        return _ask()
    if now.word is None:
        now.word = _ask()
    return now.word


def _ask() -> str:
    if in_own_memory():
        with contextlib.suppress(FileNotFoundError):
            return _age_of_file()
        return begin()
    found: str | None = caches["pages"].get(KEY)
    return found or begin()


def begin(**kwargs: Any) -> str:
    """Forget everything that is kept. Takes what signals send."""
    if (now := _moment.get()) is not None:
        vars(now).clear()
    if in_own_memory():
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{FILE}-{uuid4().hex}")
        fresh.touch()
        os.replace(fresh, path)  # noqa: PTH105 (as one step)
        return _age_of_file()
    word = uuid4().hex
    caches["pages"].set(KEY, word, None)
    return word


def in_own_memory() -> bool:
    """Does each process have a cache of its own?"""
    return isinstance(caches["pages"], LocMemCache)


def _file() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / FILE


def _age_of_file() -> str:
    # Asked for by every request, so without the path as an object.
    found = os.stat(os.path.join(settings.PRIVATE_MEDIA_ROOT, FILE))  # noqa: PTH116, PTH118
    return f"{found.st_ino}-{found.st_mtime_ns}"


def something_changed(
    sender: type[Any], update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Begin a new generation at once, and again when the change can be seen by others."""
    label = sender._meta.label
    if sender._meta.app_label in UNSEEN_APPS or label in UNSEEN:
        return
    if label == "core.SiteRendition" and kwargs.get("created"):
        return  # made by the page that shows it first
    if update_fields and issubclass(sender, Page) and update_fields <= OF_A_DRAFT:
        return
    begin()
    transaction.on_commit(begin)


def page_changed(sender: type[Any], **kwargs: Any) -> None:
    """Moved, published, unpublished: what moves under a page is not saved one by one."""
    begin()
    transaction.on_commit(begin)


def watch() -> None:
    """Listen to every save and deletion.

    Called when the last app is ready: every other listener has done its part by then, and what
    it changed without saying so (references, renditions) is forgotten with the rest.
    """
    post_save.connect(something_changed, dispatch_uid="generation.saved")
    post_delete.connect(something_changed, dispatch_uid="generation.deleted")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(page_changed, dispatch_uid="generation.page")
