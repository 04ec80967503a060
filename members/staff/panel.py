"""What waits for the staff of *Vie du réseau*, first thing after login."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from ..models import AccessRequest, Garden

RIGHTS = ("members.view_garden", "members.view_accessrequest")
SHOWN = 5


class NetworkPanel(Component):
    """Requests for access that wait, and memberships that end: four queries whatever there is."""

    name = "network_life"
    template_name = "members/admin/panel.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = AccessRequest.objects.filter(status=AccessRequest.Status.WAITING)
        ending = Garden.objects.to_chase()
        return {
            "waiting": waiting.order_by("created_at")[:SHOWN],
            "waiting_count": waiting.count(),
            "ending": ending[:SHOWN],
            "ending_count": ending.count(),
        }


def put_network_first(request: HttpRequest, panels: list[Any]) -> None:
    """For those who answer requests and look after gardens."""
    if request.user.has_perms(RIGHTS):
        panels.insert(0, NetworkPanel())
