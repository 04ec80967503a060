"""Workbooks with formulas, cells to fill in set apart, ready to print."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..schema import Tab, Workbook

# A workbook carries its date of making; a fixed one keeps the bytes the same.
MADE = datetime.datetime(2026, 1, 1)  # noqa: DTZ001 (openpyxl wants it naive)
GREEN, CREAM, TINT, LINE = "1F5C3A", "FFF3D6", "E3EEDB", "DDCFB1"


def xlsx(workbook: Workbook) -> bytes:
    """The bytes of a workbook; a spreadsheet programme works its formulas out when it opens."""
    book = Book()
    book.remove(book.worksheets[0])
    for tab in workbook.tabs:
        _fill(book.create_sheet(tab.title), tab)
    book.properties.title = workbook.title
    book.properties.creator = "Réseau Cocagne"
    book.properties.language = "fr-FR"
    book.properties.created = book.properties.modified = MADE
    book.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _fill(sheet: Worksheet, tab: Tab) -> None:
    side = Side(style="thin", color=LINE)
    for number, row in enumerate(tab.rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.font = Font(name="Calibri", size=11)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if len(row) > 1:
                cell.border = Border(bottom=side)
    for index, width in enumerate(tab.widths):
        sheet.column_dimensions["ABCDEFGHIJ"[index]].width = width
    _set_apart(sheet, tab)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set_apart(sheet: Worksheet, tab: Tab) -> None:
    """Headings, cells to fill in, number formats, lists to choose from."""
    for number in tab.heads:
        title = number == tab.heads[0]
        for cell in sheet[number]:
            cell.font = Font(name="Calibri", size=16 if title else 11, bold=True, color=GREEN)
            if title:
                cell.alignment = Alignment(vertical="center")
            else:
                cell.fill = PatternFill("solid", fgColor=TINT)
    if len(tab.heads) > 1:
        sheet.freeze_panes = f"A{tab.heads[1] + 1}"
        sheet.print_title_rows = f"{tab.heads[1]}:{tab.heads[1]}"
    for cells in tab.inputs:
        for cell in _cells(sheet, cells):
            cell.fill = PatternFill("solid", fgColor=CREAM)
    for cells, number_format in tab.formats:
        for cell in _cells(sheet, cells):
            cell.number_format = number_format
    for cells, values in tab.choices:
        rule = DataValidation(type="list", formula1=f'"{values}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(cells)


def _cells(sheet: Worksheet, cells: str) -> Iterator[Any]:
    """Each cell of a range, or the one cell."""
    first, _, last = cells.partition(":")
    for row in sheet[f"{first}:{last or first}"]:
        yield from row


def _steady(content: bytes) -> bytes:
    """The archive again, with fixed dates: openpyxl writes the hour of saving."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            fixed = zipfile.ZipInfo(entry.filename, MADE.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, data)
    return buffer.getvalue()
