"""The addresses of documents and of pictures that are not for everybody."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from . import access
from .doors import closed_door
from .models import SiteDocument, SiteImage, SiteRendition
from .serving import hand_over

# Shown or played by a page; everything else is saved by the browser, never opened in the site.
INLINE = ("audio/", "video/", "image/png", "image/jpeg", "image/webp", "text/vtt")


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> Any:
    """A document, as closed as the strictest published page that uses it.

    A wrong name is answered like a number that is none: it is no way to learn what exists.
    """
    found = get_object_or_404(SiteDocument, pk=document_id)
    if found.filename != document_filename:
        raise Http404
    for ask in hooks.get_hooks("before_serve_document"):
        refusal = ask(found, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    document_served.send(sender=SiteDocument, instance=found, request=request)
    kind = content_type_of(found.filename)
    return hand_over(
        request,
        found.file,
        name=found.filename,
        content_type=kind,
        tag=f"{found.pk}-{found.file_hash or found.file_size or found.file.name}",
        inline=kind.startswith(INLINE),
    )


@require_safe
def picture(request: HttpRequest, rendition_id: int, name: str) -> Any:
    """A rendition of a picture that is not for everybody."""
    found = get_object_or_404(SiteRendition.objects.select_related("image"), pk=rendition_id)
    if found.file.name.rpartition("/")[2] != name:
        raise Http404
    return _picture(request, found.image, found.file)


@require_safe
def original(request: HttpRequest, name: str) -> Any:
    """A picture as it was uploaded; the admin shows it to those who work with pictures."""
    found = get_object_or_404(SiteImage, file=name)
    return _picture(request, found, found.file)


def _picture(request: HttpRequest, image: SiteImage, file: Any) -> Any:
    if not access.can_view(request.user, image):
        return closed_door(request)
    name = file.name.rpartition("/")[2]
    return hand_over(
        request, file, name=name, content_type=content_type_of(name), tag=file.name, inline=True
    )


def content_type_of(name: str) -> str:
    """From the last extension alone; what is unknown is bytes."""
    return mimetypes.guess_type(name.rpartition("/")[2], strict=False)[0] or (
        "text/vtt" if name.endswith(".vtt") else "application/octet-stream"
    )
