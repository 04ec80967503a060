"""French typography, as far as a program can judge it.

Source: Lexique des règles typographiques en usage à l’Imprimerie nationale. The thin no-break space
(U+202F) and the plain one (U+00A0) are both taken before and inside the marks that want one.
"""

from __future__ import annotations

import re

NO_BREAK_SPACES = "\u00a0\u202f"

# What is not prose: tags, placeholders, addresses, times of the day (14:30).
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
NOT_PROSE = re.compile(
    r"%\(\w+\)[a-z]|%%|\{[^{}]*\}|\b(?:https?|mailto|tel|urn):[^\s\u00a0\u202f<>»]+|/\S*\?\S+|\d{1,2}:\d{2}"
)
ENTITIES = {"&nbsp;": "\u00a0", "&#160;": "\u00a0", "&#8239;": "\u202f", "&#x202f;": "\u202f"}
ANY_ENTITY = re.compile(r"&#?\w+;")

# A high mark after anything but a no-break space, an opening bracket, a mark or the text's start.
TIGHT_MARK = re.compile(rf"(?<=[^{NO_BREAK_SPACES}(\[:;?!])[:;?!]")
FAULTS = (
    (TIGHT_MARK, "a no-break space is missing before “{}”"),
    (re.compile(rf"«(?![{NO_BREAK_SPACES}])"), "a no-break space is missing after “{}”"),
    (re.compile(rf"(?<![{NO_BREAK_SPACES}])»"), "a no-break space is missing before “{}”"),
    (re.compile(r'"'), "a straight quotation mark stands where « » should"),
    (re.compile(r"'"), "a straight apostrophe stands where ’ should"),
    (re.compile(r"\.\.\."), "three dots stand where … should"),
)


def prose_of(text: str) -> str:
    """``text`` with a plain letter in the place of what is not prose, and tags gone."""
    text = TAG.sub("", text)
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    return NOT_PROSE.sub("x", ANY_ENTITY.sub("x", text))


def typographic_faults(text: str) -> list[str]:
    """What is wrong in a French text, a sentence for each kind of fault; often nothing."""
    prose = prose_of(text)
    faults = []
    for pattern, fault in FAULTS:
        faults += [fault.format(mark) for mark in dict.fromkeys(pattern.findall(prose))]
    return faults
