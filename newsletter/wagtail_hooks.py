"""What the newsletter adds to the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


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
