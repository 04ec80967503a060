from __future__ import annotations
from django.http import HttpResponse


def _todo(request, *a, **k):
    return HttpResponse("")


alive = ready = robots = search = site_map = forbidden = not_found = server_error = _todo
