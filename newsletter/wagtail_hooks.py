"""What the newsletter adds to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from .admin.letters import first_page
from .models import LetterPage


class SubscribersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.view_subscriber"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("newsletter/", include("newsletter.admin.urls"))]


@hooks.register("register_admin_menu_item")
def subscribers_menu_item() -> MenuItem:
    return SubscribersMenuItem(
        _("Subscriptions"), reverse("newsletter_admin:index"), icon_name="mail", order=450
    )


class ComposeMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return first_page(request.user) is not None


@hooks.register("register_admin_menu_item")
def compose_menu_item() -> MenuItem:
    return ComposeMenuItem(
        _("Compose a letter"), reverse("newsletter_admin:compose"), icon_name="edit", order=451
    )


@hooks.register("register_page_header_buttons")
def add_send_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if (
        isinstance(page.specific_deferred, LetterPage)
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button(
            _("Try and send"),
            reverse("newsletter_admin:send", args=[page.pk]),
            icon_name="mail",
            priority=12,
        )
