"""What may be uploaded: a file is looked at before anything of it is kept.

Its ending says what it is for readers and for their machines, so the bytes must agree with it;
what unfolds to a multiple of itself, or would keep a reader busy for minutes, is refused with a
word beside the field. Looking costs little whatever the file: a table of contents, a first block.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db.models import Q
from django.forms import ModelForm
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.permissions import policy_registry

from .documents import count_pages, size_in_words

logger = logging.getLogger(__name__)

# Before the last ending of a name, these say that the file is not what it seems to be.
MISLEADING = frozenset(
    [
        *(
            "exe",
            "bat",
            "cmd",
            "scr",
            "pif",
            "msi",
            "jar",
            "apk",
            "dll",
            "ps1",
            "vbs",
            "hta",
            "lnk",
        ),
        *("js", "mjs", "wsf", "sh", "php", "php5", "phtml", "phar", "asp", "aspx", "jsp", "cgi"),
        *("html", "htm", "xhtml", "shtml", "svg", "svgz", "xml", "swf", "docm", "xlsm", "pptm"),
    ]
)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
# The bytes by which each kind is known, and where they stand at the earliest and the latest.
MARKS: dict[str, tuple[bytes, int, int]] = {
    "pdf": (b"%PDF-", 0, 1024),
    "png": (b"\x89PNG\r\n\x1a\n", 0, 0),
    "jpg": (b"\xff\xd8\xff", 0, 0),
    "jpeg": (b"\xff\xd8\xff", 0, 0),
    "webp": (b"WEBP", 8, 8),
    "webm": (b"\x1aE\xdf\xa3", 0, 0),
    "wav": (b"WAVE", 8, 8),
    "ogg": (b"OggS", 0, 0),
    "oga": (b"OggS", 0, 0),
    "mp4": (b"ftyp", 4, 4),
    "m4a": (b"ftyp", 4, 4),
}
TEXTS = {"txt", "csv", "vtt", "srt"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What every archive of the kind holds.
HOLDS = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), "[Content_Types].xml"),
    **dict.fromkeys(("odt", "ods", "odp"), "mimetype"),
    "zip": "",
}
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar")

HEAD = 4096  # bytes looked at
MAX_PAGES = 3000
TABLE_SIZE, MAX_TABLE = 5, 2_000_000  # place in the end record; bytes, some 20,000 files
MAX_UNFOLDED = 1_000_000_000  # bytes
# Text shrinks to a tenth, an empty table to a hundredth; a bomb to a thousandth.
MAX_RATIO, RATIO_COUNTS_FROM = 120, 50_000_000


class StoringForm(ModelForm):  # type: ignore[type-arg]
    """A form whose file is put where it stays before the form is found right.

    A full disk or a storage that does not answer is then an error of the field, and all that was
    typed is still there; where it came up while the row is saved, it would be an error of the page.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors or "file" not in self.changed_data:
            return
        try:
            self.keep_file()
        except OSError:
            logger.exception("An upload could not be kept.")
            self.add_error(
                "file",
                _(
                    "The file could not be kept: where files are stored there is no room left, or "
                    "no answer. Try again in a moment; if it lasts, tell whoever runs the site."
                ),
            )

    def keep_file(self) -> None:
        """What saving does of itself; raises ``OSError``."""
        field = self.instance._meta.get_field("file")
        field.pre_save(self.instance, self.instance._state.adding)


class DocumentForm(StoringForm, BaseDocumentForm):
    """The form behind every way of uploading a document: one, many, in a chooser."""

    def keep_file(self) -> None:
        self.instance.settle_facts()  # from what was sent, before it goes away
        super().keep_file()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Captions are chosen among the files this person may choose: the others tell no title."""
        user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if user is not None and "captions" in self.fields:
            captions: Any = self.fields["captions"]
            policy = policy_registry.get_by_type(captions.queryset.model)
            allowed = policy.instances_user_has_any_permission_for(user, ["choose", "change"])
            mine = Q(pk__in=allowed.values("pk")) | Q(pk=self.instance.captions_id)
            captions.queryset = captions.queryset.filter(mine)

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_document(file, file.name)
        return file


class ImageForm(StoringForm, BaseImageForm):
    """Wagtail reads the picture itself; what its name pretends is asked here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field: Any = self.fields["file"]
            field.to_python = _saying_what_is_broken(field.to_python)

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            check_name(file.name)
        return file


def _saying_what_is_broken(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A damaged picture is an error of its field, not a fault of the site."""

    def read_or_say(data: Any) -> Any:
        try:
            return read(data)
        except ValidationError:
            raise
        except Exception as error:  # the library raises anything on damaged bytes
            raise ValidationError(_("The picture is damaged: it cannot be read.")) from error

    return read_or_say


def check_document(file: Any, name: str) -> None:
    """Raise ``ValidationError`` with what is wrong with ``file``, left at its beginning."""
    FileExtensionValidator(settings.WAGTAILDOCS_EXTENSIONS)(file)
    check_name(name)
    kind = PurePath(name).suffix.lower().removeprefix(".")
    try:
        _check_mark(file, kind)
        if kind in HOLDS:
            _check_archive(file, kind)
        if kind == "pdf":
            _check_pages(file)
    finally:
        file.seek(0)


def check_name(name: str) -> None:
    """Refuse « facture.exe.pdf »: a name with two endings, the hidden one of a program."""
    hidden = [ending.lower().strip(". ") for ending in PurePath(name).suffixes[:-1]]
    if found := [ending for ending in hidden if ending in MISLEADING]:
        raise ValidationError(
            _("The name has two endings (“.%(ending)s” is hidden in it): rename the file.")
            % {"ending": found[0]}
        )


def _check_mark(file: IO[bytes], kind: str) -> None:
    file.seek(0)
    head = file.read(HEAD)
    wrong = head.startswith(PROGRAMS)
    if kind in TEXTS:
        wrong |= b"\x00" in head and not head.startswith(UTF_16)
    elif kind in MARKS:
        mark, first, last = MARKS[kind]
        wrong |= head.find(mark, first, last + len(mark)) < 0
    if wrong:
        raise _not_of(kind)


def _not_of(kind: str) -> ValidationError:
    return ValidationError(
        _("What is in the file is not what its ending “.%(ending)s” says.") % {"ending": kind}
    )


def _check_archive(file: IO[bytes], kind: str) -> None:
    """By its table of contents: nothing is unfolded."""
    file.seek(0)
    try:
        # How long the table of contents is, before the library makes objects of all of it.
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
        if end is not None and end[TABLE_SIZE] > MAX_TABLE:
            raise ValidationError(_("The archive holds too many files: cut it into several."))
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise _not_of(kind) from error
    if HOLDS[kind] and all(each.filename != HOLDS[kind] for each in members):
        raise _not_of(kind)
    unfolded = sum(each.file_size for each in members)
    packed = file.seek(0, 2)
    if unfolded > MAX_UNFOLDED or unfolded > max(RATIO_COUNTS_FROM, packed * MAX_RATIO):
        raise ValidationError(
            _("The file would unfold to %(size)s: that is refused.")
            % {"size": size_in_words(unfolded)}
        )
    if kind == "zip" and any(each.filename.lower().endswith(ARCHIVES) for each in members):
        raise ValidationError(
            _("The archive holds another archive: unpack it, and pack the files themselves.")
        )


def _check_pages(file: IO[bytes]) -> None:
    if (pages := count_pages(file) or 0) > MAX_PAGES:
        raise ValidationError(
            _("This PDF has %(n)d pages, %(most)d at most are taken: cut it into several.")
            % {"n": pages, "most": MAX_PAGES}
        )
