"""The admin's own addresses for scripts, as far as its screens need them.

As they come they list every file to whoever enters the admin. wagtail-localize's editor asks for
one picture or document at a time, and stays blank where it gets no answer that it can print.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.images.models import SourceImageIOError
from wagtail.permissions import policy_registry

THUMBNAIL = "max-165x165"  # as in Wagtail's own choosers


@hooks.register("construct_admin_api", order=1000)
def one_file_at_a_time(admin_api: Any) -> None:
    for name, mixin in (("images", OneImage), ("documents", OneFile)):
        endpoint = admin_api._endpoints[name]
        admin_api._endpoints[name] = type(endpoint.__name__, (mixin, endpoint), {})


class OneFile:
    """Lists and finds nothing; tells of one file to who may choose it."""

    model: Any

    def listing_view(self, request: HttpRequest) -> JsonResponse:
        raise Http404

    def find_view(self, request: HttpRequest) -> JsonResponse:
        raise Http404

    def detail_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        policy: Any = policy_registry.get_by_type(self.model)
        choosable = policy.instances_user_has_permission_for(request.user, "choose")
        found = choosable.filter(pk=pk).first()
        if found is None:
            # The script does not look at the status: it prints what it is given, or stops.
            words = _("This file was deleted, or is not yours to choose.")
            gone = {"title": words, "thumbnail": {}}
            return JsonResponse(gone, status=404)
        return JsonResponse(self.told_of(found))

    def told_of(self, found: Any) -> dict[str, Any]:
        return {"id": found.pk, "title": found.title}


class OneImage(OneFile):
    def told_of(self, found: Any) -> dict[str, Any]:
        return {**super().told_of(found), "thumbnail": thumbnail_of(found)}


def thumbnail_of(image: Any) -> dict[str, Any]:
    """Address and size; nothing where the file of the picture is lost."""
    try:
        made = image.get_rendition(THUMBNAIL)
    except SourceImageIOError:
        return {}
    return {"url": made.url, "width": made.width, "height": made.height}
