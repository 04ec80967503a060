"""Lists as files for a spreadsheet, which must never run what an editor typed."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is a formula for one spreadsheet or another (OWASP, CSV injection).
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> Any:
    """Text that cannot be taken for a formula; moments in the time of the site."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(name: str, heading: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    """UTF-8 with its mark, semicolons: what a French spreadsheet opens without asking."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.write("\ufeff")
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(heading)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return as_download(answer, f"{name}.csv")


def as_xlsx(name: str, heading: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    from openpyxl import Workbook  # 4 MB that the public's processes never need

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append(heading)
    for row in rows:
        sheet.append([safe(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return as_download(HttpResponse(buffer.getvalue(), content_type=XLSX), f"{name}.xlsx")


def as_download(answer: HttpResponse, filename: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
