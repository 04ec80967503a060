"""Addresses of the editorial desk, under the admin's."""

from __future__ import annotations

from django.urls import path, re_path

from .views.desk import export, index, verify
from .views.emergency import emergency
from .views.guide import guide
from .views.submission import submit

app_name = "editorial"

urlpatterns = [
    path("", index, name="desk"),
    path("guide/", guide, name="guide"),
    re_path(r"^(?P<name>[a-z]+)\.(?P<form>csv|xlsx)$", export, name="export"),
    path("pages/<int:page_id>/verifie/", verify, name="verify"),
    path("pages/<int:page_id>/soumettre/", submit, name="submit"),
    path("pages/<int:page_id>/urgence/", emergency, name="emergency"),
]
