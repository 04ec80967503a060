"""The member's shelf, below their own pages."""

from __future__ import annotations

from django.urls import path

from . import shelf_views

urlpatterns = [
    path("", shelf_views.shelf, name="shelf"),
    path("garder/<int:page_id>/", shelf_views.keep, name="shelf_keep"),
    path("arreter/<str:token>/", shelf_views.stop, name="shelf_stop"),
]
