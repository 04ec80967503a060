"""The staff's screens for *Vie du réseau*: gardens, affiliations, requests, invitations.

They give no right over accounts: people come by invitation, and an affiliation names its person
without letting anybody choose another.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import URLField
from django.forms import modelform_factory
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button, HeaderButton

from .entry import invite
from .models import (
    AccessRequest,
    Affiliation,
    BrandAcceptance,
    Garden,
    Invitation,
    UserManager,
)
from .staff import gardens, panel, screens


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


class AccessRequestIndex(IndexView):
    """The queue, each waiting request with its two answers."""

    def get_list_more_buttons(self, instance: AccessRequest) -> list[Any]:
        return [*answers_to(instance, self.request.user), *super().get_list_more_buttons(instance)]


class AccessRequestInspection(InspectView):
    @property
    def header_buttons(self) -> list[Any]:
        """The two answers in sight, not in a menu."""
        return [*answers_to(self.object, self.request.user, HeaderButton), *super().header_buttons]


def answers_to(asked: AccessRequest, user: Any, button: type[Button] = Button) -> list[Button]:
    """Invite or turn down, while the request waits, for who may invite."""
    waiting = asked.status == AccessRequest.Status.WAITING
    if not waiting or not user.has_perm("members.add_invitation"):
        return []
    invite = f"{reverse('invitation:add')}?{urlencode({'email': asked.email})}"
    return [
        button(_("Invite"), url=invite, icon_name="mail", priority=1),
        button(
            _("Turn down"),
            url=reverse("accessrequest:refuse", args=[asked.pk]),
            icon_name="cross",
            priority=2,
        ),
    ]


class AccessRequestViewSet(ModelViewSet):
    """The queue. A request is answered by an invitation, turned down, or deleted."""

    model = AccessRequest
    icon = "mail"
    menu_label = _("Requests for access")
    list_display = ["email", "first_name", "last_name", "garden_name", "status", "created_at"]
    list_filter = ["status"]
    search_fields = ["email", "last_name", "garden_name"]
    search_backend_name = None
    inspect_view_enabled = True
    index_view_class = AccessRequestIndex
    inspect_view_class = AccessRequestInspection
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

    def get_urlpatterns(self) -> list[Any]:
        answer = path("turn-down/<int:pk>/", screens.refuse, name="refuse")
        return [*super().get_urlpatterns(), answer]


class InviteView(CreateView):
    """Inviting sends the link and answers the requests of the same address.

    Somebody who holds an invitation of that garden gets it anew: the older link dies.
    """

    def get_initial(self) -> dict[str, Any]:
        """The address of the request that is answered, where one led here."""
        return {**super().get_initial(), "email": self.request.GET.get("email", "")[:254]}

    def save_instance(self) -> Any:
        asked = self.form.cleaned_data
        invitation, self.sent = invite(
            email=asked["email"], garden=asked["garden"], role=asked["role"], by=self.request.user
        )
        AccessRequest.objects.filter(
            email=invitation.email, status=AccessRequest.Status.WAITING
        ).update(
            status=AccessRequest.Status.INVITED,
            handled_at=timezone.now(),
            handled_by=self.request.user,
        )
        return invitation

    def get_success_message(self, instance: Any) -> Any:
        """What became of the message: a mail server that is down is no success."""
        if self.sent:
            return _("The invitation has been sent to %(email)s. It lives seven days.") % {
                "email": instance.email
            }
        messages.warning(
            self.request,
            _("The message could not be sent just now. Send the invitation again in a while."),
        )
        return None


class InvitationForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        email = UserManager.normalize_email(data.get("email"))
        team = Affiliation.objects.not_ended().filter(user__email=email, garden=data.get("garden"))
        if email and team.exists():
            self.add_error("email", _("This person is already in the team of that garden."))
        return data


class InvitationIndex(IndexView):
    """All invitations, each open one with what may be done about it."""

    def get_list_more_buttons(self, instance: Invitation) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if instance.is_open and self.request.user.has_perm("members.add_invitation"):
            for name, words, icon in (
                ("resend", _("Send again"), "mail"),
                ("revoke", _("Revoke"), "cross"),
            ):
                url = reverse(f"invitation:{name}", args=[instance.pk])
                buttons.append(Button(words, url=url, icon_name=icon, priority=5))
        return buttons


class InvitationViewSet(ModelViewSet):
    """Who was invited where. One that waits may be sent again or revoked."""

    model = Invitation
    icon = "mail"
    menu_label = _("Invitations")
    list_display = ["email", "garden", "role", Column("state", label=_("status")), "sent_at"]
    list_filter = ["garden"]
    search_fields = ["email"]
    search_backend_name = None
    index_view_class = InvitationIndex
    add_view_class = InviteView
    form_fields = ["email", "garden", "role"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return modelform_factory(Invitation, form=InvitationForm, fields=self.form_fields)

    def get_urlpatterns(self) -> list[Any]:
        answers = [
            path("resend/<int:pk>/", screens.resend, name="resend"),
            path("revoke/<int:pk>/", screens.revoke, name="revoke"),
        ]
        return [*super().get_urlpatterns(), *answers]


class AcceptanceViewSet(ModelViewSet):
    """Who accepted which version of the rules of the brand, and when: read, never written."""

    model = BrandAcceptance
    icon = "check"
    menu_label = _("Rules of the brand accepted")
    list_display = ["user", "rules_version", "accepted_at"]
    list_filter = ["rules_version"]
    list_export = ["user", "rules_version", "accepted_at"]
    export_filename = "regles-acceptees"
    search_fields = ["user__email", "user__last_name"]
    search_backend_name = None
    ordering = ["-accepted_at"]
    form_fields = ["rules_version"]


class ChaseMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("members.view_garden"))


class ChaseViewSet(ViewSet):
    name = "memberships"
    icon = "date"
    menu_label = _("Memberships to chase")
    menu_item_class = ChaseMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", screens.chase, name="chase")]


class GardensFileMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perms(gardens.RIGHTS))


class GardensFileViewSet(ViewSet):
    name = "gardens_file"
    url_prefix = "gardens-file"
    icon = "upload"
    menu_label = _("Import gardens")
    menu_item_class = GardensFileMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", gardens.bring, name="bring"),
            path("<int:pk>/", gardens.check, name="check"),
            path("export/", gardens.export, name="export"),
        ]


class NetworkLifeGroup(ModelViewSetGroup):
    menu_label = _("Network life")
    menu_icon = "group"
    menu_order = 260
    items = (
        GardenViewSet,
        GardensFileViewSet,
        ChaseViewSet,
        AffiliationViewSet,
        AccessRequestViewSet,
        InvitationViewSet,
        AcceptanceViewSet,
    )


@hooks.register("register_admin_viewset")
def network_life() -> NetworkLifeGroup:
    return NetworkLifeGroup()


hooks.register("construct_homepage_panels", panel.put_network_first)
