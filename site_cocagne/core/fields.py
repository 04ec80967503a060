"""Field types of our own."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class StoryField(StreamField):
    """A StreamField whose migrations leave the definition of its blocks out.

    The column is JSON whatever the blocks are; writing them down in each migration made
    twenty thousand lines elsewhere for nothing. A data migration that must read the blocks
    reads ``raw_data``.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
