"""The member's pages. Those of the account itself stand in ``account_urls``."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import path

from .views import data, garden, invitations, space

app_name = "members"

urlpatterns = [
    path("", space.space, name="space"),
    path("connexion/", account.login, name="login"),
    path("deconnexion/", account.logout, name="logout"),
    path("deconnexion/partout/", space.end_sessions, name="end_sessions"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("demander-un-acces/", invitations.request_access, name="request_access"),
    path("demander-un-acces/merci/", invitations.request_sent, name="request_sent"),
    path("mon-jardin/", garden.people, name="garden"),
    path("mon-jardin/<int:garden_id>/", garden.people, name="garden_people"),
    path("mon-jardin/invitation/<int:invitation_id>/renvoyer/", garden.resend, name="resend"),
    path("mon-jardin/invitation/<int:invitation_id>/annuler/", garden.revoke, name="revoke"),
    path(
        "mon-jardin/equipe/<int:affiliation_id>/terminer/",
        garden.end_affiliation,
        name="end_affiliation",
    ),
    path("mon-compte/", data.profile, name="profile"),
    path("mon-compte/mes-donnees.json", data.export_data, name="export"),
    path("mon-compte/supprimer/", data.delete_account, name="delete"),
    path("compte-supprime/", data.deleted, name="deleted"),
]
