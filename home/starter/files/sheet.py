"""PDF sheets: one to three pages in the network’s colours, from the blocks of a story."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Image as PlacedImage

from .. import schema
from ..pictures.marks import FONTS

GREEN, ORANGE, SOIL, CREAM = (
    HexColor(code) for code in ("#1f5c3a", "#d9661f", "#5a3e2b", "#faf6ec")
)
RULE = HexColor("#ddcfb1")
TINT = HexColor("#e3eedb")
WARNING = HexColor("#fbe3cf")
MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN
PICTURE = (1100, 360)  # pixels of the picture at the head


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """The site’s own letters, embedded: a sheet looks the same on every machine."""
    for name in ("titre", "texte", "texte-gras"):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(
        "texte", normal="texte", bold="texte-gras", italic="texte", boldItalic="texte-gras"
    )


@lru_cache(maxsize=1)
def styles() -> dict[str, ParagraphStyle]:
    register_fonts()
    body = ParagraphStyle("body", fontName="texte", fontSize=10.5, leading=15, alignment=TA_LEFT)
    return {
        "body": body,
        "lead": ParagraphStyle("lead", parent=body, fontSize=12, leading=17, textColor=SOIL),
        "h2": ParagraphStyle(
            "h2", parent=body, fontName="titre", fontSize=15, leading=19, textColor=GREEN
        ),
        "h3": ParagraphStyle(
            "h3", parent=body, fontName="texte-gras", fontSize=11.5, textColor=ORANGE
        ),
        "cell": ParagraphStyle("cell", parent=body, fontSize=9.5, leading=13),
        "cellhead": ParagraphStyle(
            "cellhead", parent=body, fontName="texte-gras", fontSize=9.5, textColor=GREEN
        ),
        "caption": ParagraphStyle("caption", parent=body, fontSize=9, leading=12, textColor=SOIL),
        "quote": ParagraphStyle(
            "quote", parent=body, fontName="titre", fontSize=12.5, leading=18, textColor=SOIL
        ),
        "figure": ParagraphStyle(
            "figure", parent=body, fontName="titre", fontSize=20, leading=24, textColor=ORANGE
        ),
    }


def pdf(sheet: schema.Sheet, picture: Image.Image | None) -> bytes:
    """The bytes of a sheet; ``picture`` stands under the title."""
    register_fonts()
    buffer = BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=sheet.title,
        author="Réseau Cocagne",
        subject=sheet.label,
        lang="fr-FR",
        displayDocTitle=True,
        invariant=1,
    )
    band = _Band(sheet)
    first = Frame(MARGIN, 22 * mm, WIDTH, A4[1] - band.height - 31 * mm, 0, 0, 0, 0, id="first")
    others = Frame(MARGIN, 22 * mm, WIDTH, A4[1] - 42 * mm, 0, 0, 0, 0, id="others")
    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=band, autoNextPageTemplate="others"),
            PageTemplate("others", [others]),
        ]
    )
    document.build(_story(sheet, picture), canvasmaker=_numbered(sheet))
    return buffer.getvalue()


class _Band:
    """The green band with the label and the title at the head of the first page."""

    def __init__(self, sheet: schema.Sheet) -> None:
        self.sheet = sheet
        style = ParagraphStyle("title", fontName="titre", fontSize=22, leading=26, textColor=CREAM)
        self.title = Paragraph(_escaped(sheet.title), style)
        self.title_height: float = self.title.wrap(WIDTH, A4[1])[1]
        self.height = self.title_height + 27 * mm

    def __call__(self, canvas: Canvas, _document: Any) -> None:
        canvas.setFillColor(GREEN)
        canvas.rect(0, A4[1] - self.height, A4[0], self.height, stroke=0, fill=1)
        canvas.setFillColor(ORANGE)
        canvas.rect(0, A4[1] - self.height - 2.2 * mm, A4[0], 2.2 * mm, stroke=0, fill=1)
        canvas.setFillColor(CREAM)
        canvas.setFont("texte-gras", 10)
        canvas.drawString(MARGIN, A4[1] - 13 * mm, f"Réseau Cocagne · {self.sheet.label}")
        self.title.drawOn(canvas, MARGIN, A4[1] - 18 * mm - self.title_height)


def _numbered(sheet: schema.Sheet) -> type[Canvas]:
    """A canvas that knows how many pages there are when it writes the foot of each."""

    class NumberedCanvas(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab’s name)
            self.pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, page in enumerate(self.pages, 1):
                self.__dict__.update(page)
                self.foot(number, len(self.pages))
                super().showPage()
            super().save()

        def foot(self, number: int, count: int) -> None:
            self.setStrokeColor(RULE)
            self.line(MARGIN, 16 * mm, A4[0] - MARGIN, 16 * mm)
            self.setFillColor(SOIL)
            self.setFont("texte", 8.5)
            self.drawString(MARGIN, 11 * mm, f"Réseau Cocagne · {sheet.licence}")
            self.drawRightString(A4[0] - MARGIN, 11 * mm, f"{number} / {count}")

    return NumberedCanvas


def _story(sheet: schema.Sheet, picture: Image.Image | None) -> list[Flowable]:
    flow: list[Flowable] = []
    if picture is not None:
        flow += [_strip(picture), Spacer(0, 5 * mm)]
    if sheet.summary:
        flow += [Paragraph(_escaped(sheet.summary), styles()["lead"]), Spacer(0, 3 * mm)]
    for block in sheet.story:
        flow += _block(block)
    return [*flow, _Notes()]


class _Notes(Flowable):
    """Ruled lines in what is left of the last page, for those who print it."""

    STEP = 9 * mm
    LEAST = 42 * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = height - 1 if height >= self.LEAST else 0
        return self.width, self.height

    def draw(self) -> None:
        if not self.height:
            return
        title = Paragraph("Vos notes", styles()["h3"])
        title.wrap(self.width, self.STEP)
        title.drawOn(self.canv, 0, self.height - 14 * mm)
        self.canv.setStrokeColor(RULE)
        self.canv.setDash(1, 2)
        y = self.height - 14 * mm - self.STEP
        while y > 2 * mm:
            self.canv.line(0, y, self.width, y)
            y -= self.STEP


def _strip(picture: Image.Image) -> PlacedImage:
    """The middle of a picture, as wide as the text."""
    wide, high = PICTURE
    cut = picture.convert("RGB").resize((wide, wide * picture.height // picture.width))
    top = int((cut.height - high) * 0.62)
    cut = cut.crop((0, top, wide, top + high))
    buffer = BytesIO()
    cut.save(buffer, "JPEG", quality=80)
    buffer.seek(0)
    return PlacedImage(buffer, WIDTH, WIDTH * high / wide)


def _block(block: schema.Block) -> list[Flowable]:  # noqa: PLR0911 (one answer a kind of block)
    """What a block becomes on paper; what only lives on a screen becomes nothing."""
    match block:
        case schema.Heading():
            space = 5 if block.level == "h2" else 3
            title = Paragraph(_escaped(block.text), styles()[block.level])
            return [CondPageBreak(28 * mm), Spacer(0, space * mm), title, Spacer(0, 1.5 * mm)]
        case schema.Text():
            return rich(block.html, styles()["body"])
        case schema.Quote():
            return [_quote(block)]
        case schema.Callout():
            return [_callout(block)]
        case schema.Table():
            return [_table(block)]
        case schema.Figures():
            return [_figures(block)]
        case schema.Questions():
            flow: list[Flowable] = []
            for question, answer in block.pairs:
                flow += [Paragraph(_escaped(question), styles()["h3"])]
                flow += rich(answer, styles()["body"])
            return flow
        case _:
            return []


def _quote(block: schema.Quote) -> Flowable:
    who = ", ".join(part for part in (block.author, block.role) if part)
    words = Paragraph(f"«\u00a0{_escaped(block.text)}\u00a0»", styles()["quote"])
    cell = [words, Spacer(0, 1 * mm), Paragraph(_escaped(who), styles()["caption"])]
    return _boxed(cell, None, ORANGE)


def _callout(block: schema.Callout) -> Flowable:
    important = block.tone == "important"
    cell: list[Flowable] = []
    if block.title:
        cell.append(Paragraph(_escaped(block.title), styles()["h3"]))
    cell += rich(block.html, styles()["body"])
    return _boxed(cell, WARNING if important else TINT, ORANGE if important else GREEN)


def _boxed(cell: list[Flowable], ground: Any, edge: Any) -> Flowable:
    box = Table([[cell]], colWidths=[WIDTH])
    box.setStyle(
        TableStyle(
            [
                ("LINEBEFORE", (0, 0), (0, -1), 2.4, edge),
                ("LEFTPADDING", (0, 0), (-1, -1), 5 * mm),
                ("TOPPADDING", (0, 0), (-1, -1), 3 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2 * mm),
                *([("BACKGROUND", (0, 0), (-1, -1), ground)] if ground else []),
            ]
        )
    )
    return KeepTogether([Spacer(0, 3 * mm), box, Spacer(0, 2 * mm)])


def _table(block: schema.Table) -> Flowable:
    style = styles()
    rows = [[Paragraph(_escaped(cell), style["cellhead"]) for cell in block.headings]]
    rows += [[Paragraph(_escaped(cell), style["cell"]) for cell in row] for row in block.rows]
    table = Table(rows, colWidths=[WIDTH / len(block.headings)] * len(block.headings), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), TINT),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, CREAM]),
                ("LINEBELOW", (0, 0), (-1, -1), 0.6, RULE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 1.6 * mm),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6 * mm),
            ]
        )
    )
    caption = Paragraph(_escaped(block.caption), style["caption"])
    return KeepTogether([Spacer(0, 2 * mm), caption, Spacer(0, 1 * mm), table, Spacer(0, 2 * mm)])


def _figures(block: schema.Figures) -> Flowable:
    style = styles()
    cells = [
        [Paragraph(_escaped(figure), style["figure"]), Paragraph(_escaped(label), style["caption"])]
        for figure, label in block.pairs
    ]
    table = Table([cells], colWidths=[WIDTH / len(cells)] * len(cells))
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return KeepTogether([Spacer(0, 2 * mm), table, Spacer(0, 2 * mm)])


# Rich text ---------------------------------------------------------------------------------------


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class _RichText(HTMLParser):
    """Splits rich text into paragraphs and lists, each with the mark-up reportlab reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, list[str]]] = []
        self.words: list[str] = []
        self.links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.parts.append((tag, []))
        elif tag in {"b", "i"}:
            self.words.append(f"<{tag}>")
        elif tag == "a":
            # A link to a page of the site has no address on paper.
            address = dict(attrs).get("href")
            self.links.append(bool(address))
            if address:
                self.words.append(f'<a href="{_escaped(address)}" color="#1f5c3a">')

    def handle_endtag(self, tag: str) -> None:
        if tag in {"b", "i"}:
            self.words.append(f"</{tag}>")
        elif tag == "a" and self.links.pop():
            self.words.append("</a>")
        elif tag in {"p", "li"}:
            words = "".join(self.words).strip()
            self.words = []
            if tag == "p":
                self.parts.append(("p", [words]))
            else:
                self.parts[-1][1].append(words)

    def handle_data(self, data: str) -> None:
        self.words.append(_escaped(unescape(data)))


def rich(html: str, style: ParagraphStyle) -> list[Flowable]:
    """Paragraphs and lists of rich text as flowables."""
    parser = _RichText()
    parser.feed(re.sub(r"\s*\n\s*", " ", html))
    flow: list[Flowable] = []
    for kind, texts in parser.parts:
        if kind == "p":
            flow += [Paragraph(text, style) for text in texts]
        else:
            items: Any = [ListItem(Paragraph(text, style), bulletColor=ORANGE) for text in texts]
            flow.append(
                ListFlowable(
                    items,
                    bulletType="bullet" if kind == "ul" else "1",
                    start="–" if kind == "ul" else None,
                    bulletFontName="texte-gras",
                    bulletFontSize=style.fontSize,
                    leftIndent=6 * mm,
                )
            )
        flow.append(Spacer(0, 1.6 * mm))
    return flow
