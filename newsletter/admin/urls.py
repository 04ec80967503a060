from __future__ import annotations

from django.urls import path

from . import views

app_name = "newsletter_admin"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.trail, name="trail"),
    path("<int:pk>/effacer/", views.erase, name="erase"),
    path("export/", views.export, name="export"),
    path("import/", views.bring_in, name="import"),
]
