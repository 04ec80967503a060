"""What the editorial desk adds to Wagtail's admin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from . import desk, farewell, translations, urls
from .buttons import StepButton
from .models import Rhythm
from .publication import may_publish_in_emergency
from .sentences import translation_of
from .views import one_po
from .views.filters import RIGHT
from .views.judgement import may_judge
from .views.sharing import may_share
from .views.state import may_look
from .views.submission import may_submit

# Hooks of their own module, registered by being imported.
__all__ = ["farewell"]


@hooks.register("register_admin_urls", order=-100)
def guard_translation_views() -> list[URLPattern]:
    """Before wagtail-localize's own addresses, which are the same: the first one found serves."""
    return [
        path(
            "localize/submit/page/<int:page_id>/",
            translations.GuardedSubmitPageTranslationView.as_view(),
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            translations.GuardedUpdateTranslationsView.as_view(),
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", translations.refuse_conversion),
        path("localize/translate/<int:translation_id>/pofile/download/", one_po.give),
        path("localize/translate/<int:translation_id>/pofile/upload/", one_po.take),
    ]


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern | URLResolver]:
    return [path("bureau/", include(urls, namespace="editorial"))]


@hooks.register("register_permissions")
def register_rights() -> Any:
    return Permission.objects.filter(content_type__app_label="editorial").exclude(
        content_type__model__in=["message", "rhythm"]
    )


@hooks.register("before_edit_page", order=-100)
def check_what_is_judged(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A judgement given in the editor is about the draft that was on the screen.

    A page that changed in the meantime (another tab, another person) is shown again first.
    """
    if request.method != "POST" or not request.POST.get("action-workflow-action"):
        return None
    try:
        extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except json.JSONDecodeError as error:
        raise SuspiciousOperation("The data of the workflow action is not JSON.") from error
    if not isinstance(extra, dict) or {"user", "task_state", "action_name"} & extra.keys():
        raise SuspiciousOperation("The data of the workflow action is not what the form sends.")
    seen = request.POST.get("loaded_revision_id")
    if seen and page.latest_revision_id and seen != str(page.latest_revision_id):
        messages.error(request, _now("This page has changed since you opened it: read it again."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_page_header_buttons")
def add_emergency_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.depth > 1 and page.has_unpublished_changes and may_publish_in_emergency(user, page):
        yield Button(
            _("Publish in an emergency"),
            reverse("editorial:emergency", args=[page.pk]),
            icon_name="warning",
            priority=90,
        )


@hooks.register("register_page_header_buttons")
def add_submit_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """On translations only: the editor of other pages has its own button."""
    if page.depth > 1 and may_submit(user, page) and translation_of(page) is not None:
        yield StepButton(
            _("Submit for review"),
            reverse("editorial:submit", args=[page.pk]),
            icon_name="resubmit",
            priority=80,
        )


@hooks.register("register_page_header_buttons")
def add_judge_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """On translations only, too: their editor has no buttons of a workflow."""
    if page.depth > 1 and page.workflow_in_progress and may_judge(user, page.specific):
        yield StepButton(
            _("Answer the review"),
            reverse("editorial:judge", args=[page.pk]),
            icon_name="check",
            priority=79,
        )


@hooks.register("register_page_header_buttons")
def add_share_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.depth > 1 and may_share(user, page):
        yield Button(
            _("Show a draft"),
            reverse("editorial:share", args=[page.pk]),
            icon_name="view",
            priority=85,
        )


@hooks.register("register_page_header_buttons")
def add_care_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Review date"),
            reverse("editorial:care", args=[page.pk]),
            icon_name="date",
            priority=87,
        )


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


@hooks.register("register_admin_menu_item")
def add_desk_to_menu() -> DeskMenuItem:
    return DeskMenuItem(
        _("Editorial desk"), reverse("editorial:desk"), icon_name="clipboard-list", order=10
    )


@hooks.register("register_reports_menu_item")
def add_trail_to_reports() -> DeskMenuItem:
    return DeskMenuItem(_("The trail"), reverse("editorial:trail"), icon_name="history", order=10)


class StateMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_reports_menu_item")
def add_state_to_reports() -> StateMenuItem:
    return StateMenuItem(
        _("State of the site"), reverse("editorial:state"), icon_name="tasks", order=20
    )


@hooks.register("register_help_menu_item")
def add_guide_to_help() -> MenuItem:
    return MenuItem(_("Editors’ guide"), reverse("editorial:guide"), icon_name="help", order=10)


class DeskPanel(Component):
    """The head of the desk, first thing after login."""

    name = "editorial_desk"
    template_name = "editorial/panel.html"
    order = 0

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = desk.waiting(user, desk.Chosen(), slice(0, desk.SHOWN))
        return {"rows": waiting.rows, "count": waiting.count}


WAGTAIL_PANELS = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"}


@hooks.register("construct_homepage_panels")
def put_desk_first(request: HttpRequest, panels: list[Any]) -> None:
    """The desk says what Wagtail's own workflow panels say, and more."""
    if request.user.has_perm(RIGHT):
        panels[:] = [panel for panel in panels if panel.name not in WAGTAIL_PANELS]
        panels.insert(0, DeskPanel())


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Rhythm
        fields = ("choice",)


@hooks.register("register_account_settings_panel")
class RhythmPanel(BaseSettingsPanel):
    """Each person chooses: messages at once, or a daily digest."""

    name = "editorial_rhythm"
    title = _("Messages of the editorial desk")
    order = 250
    form_class = RhythmForm
    form_object = "rhythm"

    def get_form(self) -> RhythmForm:
        row = Rhythm.objects.filter(user=self.user).first() or Rhythm(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return RhythmForm(data, instance=row, prefix=self.name)

    def is_active(self) -> bool:
        return bool(self.user.has_perm(RIGHT))


class ReasonFormatter(LogFormatter):
    """A line of the history with the reason or comment that was given."""

    label = ""
    sentence = ""

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        words = data.get("reason") or data.get("comment") or ""
        return f"{self.sentence} : {words}" if words else str(self.sentence)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """Our own actions in Wagtail's history and reports."""
    for name, label, sentence in (
        ("editorial.emergency", _("Published in an emergency"), _("Published in an emergency")),
        ("editorial.advice.pass_over", _("Opinion passed over"), _("Opinion passed over")),
        ("editorial.verify", _("Verified"), _("Verified: all of it still holds")),
        ("editorial.note", _("Word with the submission"), _("Word with the submission")),
        ("editorial.care", _("Review date set"), _("Review date set")),
        ("editorial.export", _("Export"), _("Export made")),
        ("editorial.share", _("Draft shared"), _("Draft shown to an outsider")),
        ("editorial.share_end", _("Sharing revoked"), _("Address of a draft revoked")),
        ("editorial.outside_opinion", _("Outside opinion"), _("Word of an outside reader")),
        ("editorial.audience", _("Audience changed"), _("Audience changed")),
    ):
        formatter = type("Formatter", (ReasonFormatter,), {"label": label, "sentence": sentence})
        actions.register_action(name)(formatter)


def leave_lists_alone() -> None:
    """wagtail-localize's two buttons stand in the head of a page, and no more in lists of pages.

    For those who may translate they cost two queries a row: a hundred for a list of fifty.
    """
    name = "register_page_listing_more_buttons"
    hooks._hooks[name] = [
        (hook, order) for hook, order in hooks._hooks[name] if hook is not page_listing_more_buttons
    ]


leave_lists_alone()
