"""Families of blocks. Few blocks a story; each has a template and a preview value."""

from .story import (
    ButtonBlock,
    CalloutBlock,
    ContactBlock,
    DocumentsBlock,
    HeadingBlock,
    KeyFiguresBlock,
    PagesBlock,
    ParagraphBlock,
    PictureBlock,
    QuestionsBlock,
    QuoteBlock,
    RecordingBlock,
    SignupBlock,
    StoryBlock,
    TableBlock,
)

__all__ = [
    "ButtonBlock",
    "CalloutBlock",
    "ContactBlock",
    "DocumentsBlock",
    "HeadingBlock",
    "KeyFiguresBlock",
    "PagesBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "RecordingBlock",
    "SignupBlock",
    "StoryBlock",
    "TableBlock",
]
