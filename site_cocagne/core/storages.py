"""Where files stand: what anybody may see, and what only our own views hand out."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.urls import reverse
from django.utils.deconstruct import deconstructible

RESERVED = "reserved/"


class ToldByName:
    """The private storage, told to others by its name: a task that deletes a file is written down.

    What it was made with would not do: it may hold the keys of a bucket.
    """

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "site_cocagne.core.models.media.private_storage", [], {}


class WholeFiles(FileSystemStorage):
    """A folder in which no half of a file stays when the disk is full."""

    def _save(self, name: str, content: File[Any]) -> str:
        was_there = self.exists(name)
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            if not was_there:
                self.delete(name)
            raise


class PrivateFileSystemStorage(ToldByName, WholeFiles):
    """A folder that no web server serves: the address of a file is that of our view."""

    def url(self, name: str | None) -> str:
        return reverse("original_picture", args=[str(name)])


@deconstructible
class RenditionStorage(Storage):
    """Renditions of public pictures in the public storage, the others in the private one.

    The name says where a file stands, so that a list asks nothing of the database: what begins
    with ``reserved/`` is private.
    """

    def of(self, name: str) -> Storage:
        return storages["private" if name.startswith(RESERVED) else "default"]

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        return self.of(name).open(name, mode)

    def _save(self, name: str, content: File[Any]) -> str:
        return self.of(name).save(name, content)

    def delete(self, name: str) -> None:
        self.of(name).delete(name)

    def exists(self, name: str) -> bool:
        return self.of(name).exists(name)

    def size(self, name: str) -> int:
        return self.of(name).size(name)

    def path(self, name: str) -> str:
        return self.of(name).path(name)

    def url(self, name: str | None) -> str:
        return self.of(str(name)).url(name)
