"""Addresses of the sign-up and of the links in mails, under that of the newsletter page."""

from __future__ import annotations

from django.urls import path

from . import reports, views

app_name = "newsletter"

urlpatterns = [
    path("inscription/", views.subscribe, name="subscribe"),
    path("jeton/", views.token, name="token"),
    path("merci/", views.thanks, name="thanks"),
    # Where the mail provider reports to, with its secret.
    path("rapports/", reports.receive, name="reports"),
    path("confirmer/<str:token>/", views.confirm, name="confirm"),
    path("quitter/<str:token>/", views.leave, name="leave"),
    path("continuer/<str:token>/", views.keep, name="keep"),
    path("abonnement/<str:token>/", views.manage, name="manage"),
    path("abonnement/<str:token>/donnees/", views.export_own_data, name="own_data"),
]
