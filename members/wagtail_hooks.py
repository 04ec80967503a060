"""The staff's screens for *Vie du réseau*: gardens, affiliations, requests, invitations.

They give no right over accounts: people come by invitation, and an affiliation names its person
without letting anybody choose another.
"""

from __future__ import annotations

from typing import Any

from django.db.models import URLField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .entry import send_invitation
from .models import AccessRequest, Affiliation, Garden, Invitation


class GardenViewSet(ModelViewSet):
    model = Garden
    icon = "home"
    menu_label = _("Gardens")
    list_display = ["name", "status", "membership_valid_until", "region"]
    list_filter = ["status", "region"]
    search_fields = ["name", "city"]
    search_backend_name = None
    form_fields = [
        "name",
        "status",
        "membership_valid_until",
        "region",
        "address",
        "postcode",
        "city",
        "latitude",
        "longitude",
        "website",
        "activities",
    ]

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"  # what Django 6 does by itself
        return super().formfield_for_dbfield(db_field, **kwargs)


class AffiliationViewSet(ModelViewSet):
    model = Affiliation
    icon = "group"
    menu_label = _("Affiliations")
    list_display = ["user", "garden", "role", "started_on", "ended_on"]
    list_filter = ["role", "garden"]
    search_fields = ["user__email", "user__last_name", "garden__name"]
    search_backend_name = None
    panels = [
        FieldPanel("user", read_only=True),
        FieldPanel("garden", read_only=True),
        FieldPanel("role"),
        FieldPanel("missions"),
        FieldPanel("ended_on"),
    ]


class AccessRequestViewSet(ModelViewSet):
    """The queue. A request is answered by an invitation to its address, or deleted."""

    model = AccessRequest
    icon = "mail"
    menu_label = _("Requests for access")
    list_display = ["email", "first_name", "last_name", "garden_name", "status", "created_at"]
    list_filter = ["status"]
    search_fields = ["email", "last_name", "garden_name"]
    search_backend_name = None
    inspect_view_enabled = True
    form_fields = ["occupation", "message"]
    inspect_view_fields = [
        "first_name",
        "last_name",
        "email",
        "garden_name",
        "occupation",
        "message",
        "status",
        "created_at",
    ]


class InviteView(CreateView):
    """Inviting sends the link and answers the requests of the same address."""

    def save_instance(self) -> Any:
        invitation = self.form.save(commit=False)
        invitation.invited_by = self.request.user
        invitation.save()
        send_invitation(invitation)
        AccessRequest.objects.filter(
            email=invitation.email, status=AccessRequest.Status.WAITING
        ).update(
            status=AccessRequest.Status.INVITED,
            handled_at=timezone.now(),
            handled_by=self.request.user,
        )
        return invitation


class InvitationViewSet(ModelViewSet):
    model = Invitation
    icon = "mail"
    menu_label = _("Invitations")
    list_display = ["email", "garden", "role", "state", "sent_at"]
    list_filter = ["garden"]
    search_fields = ["email"]
    search_backend_name = None
    add_view_class = InviteView
    form_fields = ["email", "garden", "role"]


class NetworkLifeGroup(ModelViewSetGroup):
    menu_label = _("Network life")
    menu_icon = "group"
    menu_order = 260
    items = (GardenViewSet, AffiliationViewSet, AccessRequestViewSet, InvitationViewSet)


@hooks.register("register_admin_viewset")
def network_life() -> NetworkLifeGroup:
    return NetworkLifeGroup()
