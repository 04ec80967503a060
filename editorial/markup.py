"""The marks of a translated sentence are those of its source: no other, none left open."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

A_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)/?>")
WITHOUT_END = {"br"}


def fault_of_markup(source: str, translated: str) -> str:
    """What is wrong with the marks of a sentence that comes back from outside; empty: nothing.

    A sentence leaves without the attributes of its tags: links carry a number (``<a id="a1">``),
    by which their address is put back. None of them may be lost on the way.
    """
    fault = fault_of_tags(source, translated)
    if not fault and translated and links_in(translated) != links_in(source):
        return _("a link of the source is missing, or there twice")
    return fault


def fault_of_tags(source: str, translated: str) -> str:
    """What is wrong with the tags of any translated sentence: foreign ones, one left open."""
    if "<" in A_TAG.sub("", translated):
        return _("a sign < that belongs to no tag")
    expected = {tag(match) for match in A_TAG.finditer(source) if not match[1]}
    opened: list[str] = []
    for match in A_TAG.finditer(translated):
        name = match[2].lower()
        if match[1]:
            if not opened or opened.pop() != name:
                return _("the tag %s is closed and was not opened") % f"</{name}>"
            continue
        if tag(match) not in expected:
            return _("a tag that the source does not have: %s") % tag(match)
        if name not in WITHOUT_END:
            opened.append(name)
    return _("the tag %s is not closed") % f"<{opened[-1]}>" if opened else ""


def links_in(text: str) -> list[str]:
    found = (tag(match) for match in A_TAG.finditer(text) if not match[1])
    return sorted(each for each in found if each.startswith("<a "))


def tag(match: re.Match[str]) -> str:
    """``<a id="a1">``, the same however it is spaced and quoted."""
    attributes = " ".join(match[3].replace("'", '"').split()).rstrip("/ ")
    return f"<{match[2].lower()}{f' {attributes}' if attributes else ''}>"
