"""Feeds of the toolbox; its pages have the addresses that editors give them."""

from __future__ import annotations

from django.urls import path

from .feeds import NewResources, NewResourcesRss

urlpatterns = [
    path("atom.xml", NewResources(), name="resources_atom"),
    path("rss.xml", NewResourcesRss(), name="resources_rss"),
]
