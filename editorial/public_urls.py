"""Addresses that need no account: what they carry is their own key."""

from __future__ import annotations

from django.urls import path

from .views.calendar import feed
from .views.sharing import draft

urlpatterns = [
    path("apercu/<str:token>/", draft, name="editorial_draft"),
    path("bureau/calendrier/<str:token>.ics", feed, name="editorial_feed"),
]
