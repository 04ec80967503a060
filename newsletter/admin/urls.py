from __future__ import annotations

from django.urls import path

from . import letters, views

app_name = "newsletter_admin"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.trail, name="trail"),
    path("<int:pk>/effacer/", views.erase, name="erase"),
    path("efface/<uuid:subject>/", views.erased_trail, name="erased_trail"),
    path("export/", views.export, name="export"),
    path("lettre/", letters.compose, name="compose"),
    path("lettre/<int:pk>/", letters.send, name="send"),
    path("lettre/<int:pk>/essai/", letters.send_test, name="send_test"),
    path("envoi/<int:pk>/reprendre/", letters.send_doubtful, name="send_doubtful"),
    path("import/", views.bring_in, name="import"),
]
