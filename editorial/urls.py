"""Addresses of the editorial desk, under the admin's."""

from __future__ import annotations

from django.urls import path, re_path

from .views import translations
from .views.calendar import calendar, key
from .views.desk import export, index, verify
from .views.emergency import emergency
from .views.guide import guide, picture
from .views.judgement import judge
from .views.reviews import care, export_reviews, report
from .views.roundtrip import download, file_of_section
from .views.sharing import revoke, share
from .views.state import state
from .views.submission import submit
from .views.trail import export_trail, trail

app_name = "editorial"

urlpatterns = [
    path("", index, name="desk"),
    path("traductions/", translations.matrix, name="translations"),
    path("traductions/fichier/", file_of_section, name="translation_file"),
    path("traductions/fichier/telecharger/", download, name="translation_download"),
    path(
        "traductions/<int:page_id>/<int:locale_id>/",
        translations.begin,
        name="translation_begin",
    ),
    path(
        "traductions/<int:translation_id>/mettre-a-jour/",
        translations.sync,
        name="translation_sync",
    ),
    path("guide/", guide, name="guide"),
    path("guide/images/<str:name>", picture, name="guide_picture"),
    path("guide/<slug:name>/", guide, name="guide_page"),
    re_path(r"^(?P<name>[a-z]+)\.(?P<form>csv|xlsx)$", export, name="export"),
    path("calendrier/", calendar, name="calendar"),
    path("calendrier/adresse/", key, name="key"),
    path("verifications/", report, name="reviews"),
    re_path(r"^verifications/export\.(?P<form>csv|xlsx)$", export_reviews, name="export_reviews"),
    path("pages/<int:page_id>/suivi/", care, name="care"),
    path("etat/", state, name="state"),
    path("trace/", trail, name="trail"),
    path("trace/export.<str:form>", export_trail, name="export_trail"),
    path("partages/<int:link_id>/revoquer/", revoke, name="share_revoke"),
    path("pages/<int:page_id>/partager/", share, name="share"),
    path("pages/<int:page_id>/verifie/", verify, name="verify"),
    path("pages/<int:page_id>/soumettre/", submit, name="submit"),
    path("pages/<int:page_id>/reponse/", judge, name="judge"),
    path("pages/<int:page_id>/urgence/", emergency, name="emergency"),
]
