"""What blocks choose, pages and pictures, from memory where visitors read."""

from __future__ import annotations

import copy
from typing import Any

from wagtail.blocks import PageChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from .. import generation
from ..memo import remember_each


class Remembered:
    """A choice that visitors are given from memory, with all others of its list.

    Not what editors see: the memory knows of no draft. Stands before a chooser of Wagtail's.
    """

    model_class: Any

    def bulk_to_python(self, values: Any) -> list[Any]:
        moment = generation.moment()
        if moment is None or not moment.of_visitor:
            found: list[Any] = super().bulk_to_python(values)  # type: ignore[misc]
            return found
        asked = {value for value in values if value is not None}
        kind = self.model_class
        known = remember_each(f"chosen:{kind._meta.label}", asked, kind.objects.in_bulk)
        # Each place has an object of its own, as it would have from the database.
        return [copy.copy(known.get(value)) for value in values]


class LinkedPageBlock(Remembered, PageChooserBlock):
    """A page of this site."""

    def deconstruct(self) -> Any:
        """For migrations it is what it stands for."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class ChosenImageBlock(Remembered, ImageChooserBlock):
    """A picture, within ``ShownImageBlock``."""


class ShownImageBlock(ImageBlock):
    """A picture with what is said of it in this place. For migrations it is Wagtail's own."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chosen = ChosenImageBlock(required=required)
        chosen.set_name("image")
        self.child_blocks["image"] = chosen
