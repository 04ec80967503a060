"""Handing out files of the private storage, once somebody may read them.

The bytes leave by the shortest way the machine offers: the web server (X-Accel-Redirect through
django-sendfile2, where ``ACCEL_REDIRECT`` is set), the object storage by a signed address that
lives a minute, or else this process, in constant memory. Whatever the way, no shared cache keeps
them, no browser guesses their type, and nothing in them runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from django.http import HttpRequest

CHUNK = 256 * 1024  # bytes
SIGNED_FOR = 60  # seconds
ONE_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
CLOSED = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def hand_over(
    request: HttpRequest, file: FieldFile, *, name: str, content_type: str, tag: str, inline: bool
) -> Any:
    """Answer with ``file``; the caller has asked ``can_view`` before, for every method.

    ``tag`` is what changes with the bytes; ``name`` is the name under which the file is saved;
    ``inline`` is for sound and pictures that a page plays or shows.
    """
    etag = quote_etag(tag)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _by_the_shortest_way(request, file, name, content_type, etag, inline=inline)
    if not isinstance(response, HttpResponseRedirect):
        response.headers.setdefault("ETag", etag)
    for header, value in CLOSED.items():
        response.headers[header] = value
    return response


def _by_the_shortest_way(
    request: HttpRequest,
    file: FieldFile,
    name: str,
    content_type: str,
    etag: str,
    *,
    inline: bool,
) -> Any:
    disposition = content_disposition_header(not inline, name)
    try:
        path = file.path
    except NotImplementedError:
        parameters = {
            "ResponseContentDisposition": disposition,
            "ResponseContentType": content_type,
        }
        storage: Any = file.storage
        return HttpResponseRedirect(
            storage.url(file.name, parameters=parameters, expire=SIGNED_FOR)
        )
    if getattr(settings, "SENDFILE_BACKEND", None):
        from django_sendfile import sendfile

        return sendfile(
            request, path, attachment=not inline, attachment_filename=name, mimetype=content_type
        )
    response = _stream(request, file, etag)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _stream(request: HttpRequest, file: FieldFile, etag: str) -> Any:
    """The bytes, or the one range of them that was asked for."""
    size = file.size
    asked = _range(request, etag, size)
    if asked is None:
        if request.method == "HEAD":
            response: Any = HttpResponse()
        else:
            response = FileResponse(file.storage.open(str(file.name), "rb"))
        response.headers["Content-Length"] = str(size)
    elif asked[0] >= asked[1]:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
    else:
        first, end = asked
        if request.method == "HEAD":
            response = HttpResponse(status=206)
        else:
            opened = file.storage.open(str(file.name), "rb")
            response = StreamingHttpResponse(_part(opened, first, end), status=206)
        response.headers["Content-Length"] = str(end - first)
        response.headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """``(first, end)`` of the range asked for; ``None`` where the whole is to be sent.

    Several ranges, or one in another spelling, are answered with the whole, as the standard
    allows; a range beyond the end gives an empty one (416).
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    found = ONE_RANGE.match(request.headers.get("Range", "").strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if len(first) > 18 or len(last) > 18:
        return None
    if not first:
        return max(size - int(last), 0), size if int(last) else 0
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return int(first), end


def _part(file: IO[bytes], first: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = end - first
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
