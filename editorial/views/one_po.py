"""The PO file of one page, from the translation editor: taken whole or refused whole.

wagtail-localize takes what it understands of a file, breaks off where its head is missing, and
cannot tell a file that was cut from a whole one.
"""

from __future__ import annotations

from typing import Any

import polib
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation

from .. import roundtrip
from ..translations import require_edit

WHOSE = "X-WagtailLocalize-TranslationID"


def of(request: HttpRequest, translation_id: int) -> Translation:
    """The translation, to somebody who may edit what it is the text of."""
    translation = get_object_or_404(Translation, pk=translation_id)
    try:
        target: Any = translation.get_target_instance()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    require_edit(request.user, target)
    return translation


@require_safe
def give(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = of(request, translation_id)
    file = translation.export_po()
    roundtrip.seal(file)
    name = f"{slugify(translation.source.object_repr)}-{translation.target_locale.language_code}.po"
    return HttpResponse(
        f"{file}\n",
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def take(request: HttpRequest, translation_id: int) -> HttpResponse:
    translation = of(request, translation_id)
    upload: Any = request.FILES.get("file")
    try:
        file = read(upload.read(roundtrip.LARGEST + 1) if upload else b"", translation)
    except roundtrip.RefusedError as refusal:
        for fault in refusal.faults:
            messages.error(request, fault)
    else:
        translation.import_po(file, user=request.user, tool_name="PO File")
        messages.success(request, _("The sentences of the file were taken."))
    return redirect(
        get_valid_next_url_from_request(request)
        or translation.get_target_instance_edit_url()
        or "wagtailadmin_home"
    )


def read(data: bytes, translation: Translation) -> polib.POFile:
    file = roundtrip.parse(data)
    if file.metadata.get(WHOSE) != str(translation.uuid):
        raise roundtrip.RefusedError([_("This file is of another section or page.")])
    roundtrip.judge(file)
    return file
