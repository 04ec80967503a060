"""Addresses of the agenda that are no plain page address.

Wagtail's own pattern knows no dot: ``calendrier.ics`` and ``evenement.ics`` are routes of
pages and go through the same door as they do.
"""

from __future__ import annotations

from django.urls import path, re_path

from site_cocagne.core.routing import serve

from . import proposal_views, views

urlpatterns = [
    path("mon-agenda/<str:token>.ics", views.member_feed, name="events_member_feed"),
    path("mon-espace/calendrier/", views.my_calendar, name="events_my_calendar"),
    path("mon-espace/proposer-un-evenement/", proposal_views.mine, name="events_proposals"),
    path(
        "mon-espace/proposer-un-evenement/<int:proposal_id>/",
        proposal_views.one,
        name="events_proposal",
    ),
    re_path(r"^((?:[\w\-]+/)+[\w\-]+\.ics)$", serve, name="events_page_calendar"),
]
