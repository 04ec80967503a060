"""Addresses of the editorial desk, under the admin's."""

from __future__ import annotations

from django.urls import path

from .views.emergency import emergency

app_name = "editorial"

urlpatterns = [
    path("pages/<int:page_id>/urgence/", emergency, name="emergency"),
]
