"""From the plain data of the starter content to the values of StreamFields and rich text."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from . import schema

# Ids of blocks follow from where they stand: loading the same content gives the same ids.
SPACE = uuid.UUID("7b3c7c1e-1f0a-4b43-9a53-8d1f2f6f0c11")

PAGE_LINK = re.compile(r'<a page="([^"]+)">')


class References:
    """The numbers that keys of the starter content got in the database."""

    def __init__(self) -> None:
        self.pages: dict[str, int] = {}
        self.images: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.contacts: dict[str, int] = {}

    def rich_text(self, html: str) -> str:
        """Rich text whose links to pages are by number; an unknown key raises ``KeyError``."""
        return PAGE_LINK.sub(lambda m: f'<a linktype="page" id="{self.pages[m[1]]}">', html)

    def link(self, link: schema.Link | schema.Button) -> dict[str, Any]:
        page = self.pages[link.page] if link.page else None
        return {"label": link.label, "page": page, "url": link.url}

    def image(self, key: str) -> dict[str, Any] | None:
        """The value of an image block: the alternative text is the picture's own."""
        if not key:
            return None
        from site_cocagne.core.models import SiteImage

        found = SiteImage.objects.only("description").get(pk=self.images[key])
        return {"image": found.pk, "decorative": False, "alt_text": found.description}


def block_id(path: str) -> str:
    return str(uuid.uuid5(SPACE, path))


def items(values: list[Any], path: str) -> list[dict[str, Any]]:
    """The items of a ListBlock, each with its id."""
    return [
        {"type": "item", "value": value, "id": block_id(f"{path}/{number}")}
        for number, value in enumerate(values)
    ]


def stream(pairs: list[tuple[str, Any]], path: str) -> list[dict[str, Any]]:
    """The blocks of a StreamField, each with its id."""
    return [
        {"type": kind, "value": value, "id": block_id(f"{path}/{number}/{kind}")}
        for number, (kind, value) in enumerate(pairs)
    ]


def story(blocks: schema.Story, refs: References, path: str) -> list[dict[str, Any]]:
    """A story as the value of a ``StoryBlock``. ``path`` names where it stands."""
    return stream(
        [
            WRITERS[type(block)](block, refs, f"{path}/{number}")
            for number, block in enumerate(blocks)
        ],
        path,
    )


Writer = Callable[[Any, References, str], tuple[str, Any]]


def _table(block: schema.Table, refs: References, path: str) -> tuple[str, Any]:
    columns = [{"type": "text", "heading": heading} for heading in block.headings]
    rows = [{"values": list(row)} for row in block.rows]
    return "table", {
        "caption": block.caption,
        "table": {"columns": columns, "rows": rows, "caption": block.caption},
    }


def _questions(block: schema.Questions, refs: References, path: str) -> tuple[str, Any]:
    pairs = [
        {"question": question, "answer": refs.rich_text(answer)} for question, answer in block.pairs
    ]
    return "questions", {"questions": items(pairs, path)}


def _figures(block: schema.Figures, refs: References, path: str) -> tuple[str, Any]:
    pairs = [{"figure": figure, "label": label} for figure, label in block.pairs]
    return "key_figures", {"figures": items(pairs, path)}


def _callout(block: schema.Callout, refs: References, path: str) -> tuple[str, Any]:
    return "callout", {
        "title": block.title,
        "text": refs.rich_text(block.html),
        "tone": block.tone,
    }


def _documents(block: schema.Documents, refs: References, path: str) -> tuple[str, Any]:
    numbers = [refs.documents[key] for key in block.files]
    return "documents", {"title": block.title, "documents": items(numbers, path)}


def _pages(block: schema.Pages, refs: References, path: str) -> tuple[str, Any]:
    numbers = [refs.pages[key] for key in block.pages]
    return "pages", {"title": block.title, "pages": items(numbers, path)}


WRITERS: dict[type, Writer] = {
    schema.Heading: lambda b, refs, path: ("heading", {"text": b.text, "level": b.level}),
    schema.Text: lambda b, refs, path: ("paragraph", refs.rich_text(b.html)),
    schema.Picture: lambda b, refs, path: (
        "picture",
        {"image": refs.image(b.key), "caption": b.caption},
    ),
    schema.Quote: lambda b, refs, path: (
        "quote",
        {"text": b.text, "author": b.author, "role": b.role},
    ),
    schema.Callout: _callout,
    schema.Figures: _figures,
    schema.Table: _table,
    schema.Recording: lambda b, refs, path: (
        "recording",
        {"recording": refs.documents[b.file], "caption": b.caption},
    ),
    schema.Documents: _documents,
    schema.Questions: _questions,
    schema.Pages: _pages,
    schema.ContactCard: lambda b, refs, path: ("contact", {"contact": refs.contacts[b.contact]}),
    schema.Button: lambda b, refs, path: ("button", refs.link(b)),
    schema.Signup: lambda b, refs, path: ("signup", {"title": b.title, "text": b.text}),
}


# --- the community page --------------------------------------------------------------------------


def sections(page: schema.HomePage, refs: References) -> list[dict[str, Any]]:
    """The sections of the community page."""
    return stream(
        [_section(section, refs, f"home/{n}") for n, section in enumerate(page.sections)], "home"
    )


def _section(section: Any, refs: References, path: str) -> tuple[str, Any]:
    if isinstance(section, schema.Hero):
        return "hero", {
            "title": section.title,
            "text": section.text,
            "image": refs.image(section.picture),
            "buttons": items([refs.link(link) for link in section.buttons], path),
            "quote": section.quote,
            "quote_author": section.author,
            "quote_garden": section.garden,
        }
    if isinstance(section, schema.Schemes):
        schemes = [
            {
                "title": scheme.title,
                "text": refs.rich_text(scheme.html),
                "page": refs.pages[scheme.page] if scheme.page else None,
            }
            for scheme in section.schemes
        ]
        return "schemes", {
            "title": section.title,
            "intro": section.intro,
            "schemes": items(schemes, path),
        }
    if isinstance(section, schema.Framework):
        wanted = [{"title": title, "text": text} for title, text in section.requirements]
        return "framework", {
            "title": section.title,
            "intro": section.intro,
            "text": refs.rich_text(section.html),
            "requirements": items(wanted, path),
            "conclusion": section.conclusion,
            "page": refs.pages[section.page] if section.page else None,
        }
    value: dict[str, Any] = {"title": section.title, "intro": section.intro}
    if section.kind == "agenda":
        value["count"] = 6
    return section.kind, value


def steps(page: schema.JoinPage, refs: References) -> list[dict[str, Any]]:
    """The steps of the path to join."""
    return stream(
        [
            (
                "step",
                {
                    "title": step.title,
                    "text": refs.rich_text(step.html),
                    "links": items([refs.link(link) for link in step.links], f"join/{number}"),
                },
            )
            for number, step in enumerate(page.steps)
        ],
        "join",
    )


def topics(page: schema.MissionPage, refs: References) -> list[dict[str, Any]]:
    """The priority topics of a mission."""
    return stream(
        [
            ("topic", {"title": topic.title, "text": refs.rich_text(topic.html)})
            for topic in page.topics
        ],
        f"topics/{page.slug}",
    )


def treatments(page: schema.PersonalData) -> list[dict[str, Any]]:
    """The register of personal data."""
    return stream(
        [
            (
                "treatment",
                {
                    "when": line.when,
                    "data": line.data,
                    "purpose": line.purpose,
                    "basis": "",
                    "recipients": "",
                    "duration": line.duration,
                },
            )
            for line in page.treatments
        ],
        f"treatments/{page.slug}",
    )
