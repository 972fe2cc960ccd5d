"""Files in the shapes that publishers of benchmarks use, built from what they publish.

Each is given with how it is to be read and laid out, and with the long rows that must come of it.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from data_contracts.importing.answers import (
    Answers,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A file, the answers that read and lay it out, and its rows then: line, origin, cells."""

    publisher: str
    name: str
    content: bytes
    answers: Answers
    headers: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[str, ...]], ...]


def csv_bytes(rows: Sequence[Sequence[str]], delimiter: str = ",", codec: str = "utf-8") -> bytes:
    """Rows as a delimited file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(codec)


def turned(kind: UnpivotKind, columns: Sequence[str], into: str, block_of: str = "") -> Unpivot:
    """One kind of columns to turn."""
    return Unpivot(kind=kind, columns=tuple(columns), into=into, block_of=block_of)


def _answers(reading: ReadingAnswer, *unpivot: Unpivot) -> Answers:
    return Answers(reading=reading, layout=LayoutAnswer(unpivot=unpivot))


def apqc() -> Shape:
    """Blocks of N and three quantiles under merged names of peer groups; dashes where locked."""
    groups, lowers = ("Cross Industry", "Retail"), ("N", "Bottom", "Median", "Top")
    sheet = Workbook().active
    sheet.title = "Benchmarks"
    sheet.append(["Benchmarks on Demand: Customer service"])
    sheet.append([])
    sheet.append(
        ["Measure category", "Measure ID", "Measure name", groups[0], *[None] * 3, groups[1]]
    )
    sheet.append([None, None, None, *lowers, *lowers])
    sheet.append(
        [
            "Process efficiency",
            101741,
            "First contact resolution*",
            212,
            0.62,
            0.71,
            0.825,
            41,
            0.6,
            0.7,
            0.8,
        ]
    )
    sheet.append(["Cost", 100215, "Cost per contact", 180, 9.5, 6.25, 4, "-", "-", "-", "-"])
    sheet.merge_cells("D3:G3")
    sheet.merge_cells("H3:K3")
    for column in range(1, 4):
        sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    for place in ("E5", "F5", "G5", "I5", "J5", "K5"):
        sheet[place].number_format = "0.0%"
    sheet["A7"] = "Source: APQC. * key performance indicator"
    columns = [f"{group} › {lower}" for group in groups for lower in lowers]
    fcr = ("Process efficiency", "101741", "First contact resolution*")
    cost = ("Cost", "100215", "Cost per contact")
    told = (
        (5, fcr, groups[0], "212", ("62%", "71%", "82.5%")),
        (5, fcr, groups[1], "41", ("60%", "70%", "80%")),
        (6, cost, groups[0], "180", ("9.5", "6.25", "4")),
        (6, cost, groups[1], "-", ("-", "-", "-")),
    )
    return Shape(
        publisher="apqc",
        name="apqc.xlsx",
        content=workbook_bytes(sheet),
        answers=_answers(
            ReadingAnswer(header_line=3, header_rows=2, skip_below=1, sheet="Benchmarks"),
            turned(UnpivotKind.BLOCKS, columns, "industry", "industry"),
            turned(UnpivotKind.STATISTICS, lowers[1:], "statistic"),
        ),
        headers=(
            "Measure category",
            "Measure ID",
            "Measure name",
            "industry",
            "statistic",
            "N",
            "value",
        ),
        rows=tuple(
            (line, f"{group} › {lower}", (*names, group, lower, n, value))
            for line, names, group, n, values in told
            for lower, value in zip(lowers[1:], values, strict=True)
        ),
    )


def zendesk() -> Shape:
    """One row per industry, a column per metric with its unit, changes beside the values."""
    columns = ("CSAT %", "First reply time (h)", "Tickets/month")
    told = (
        (4, "Education", "World", ("91% (+2)", "24.2", "1,190")),
        (5, "Retail", "World", ("82% (-1)", "1d 3h", "540")),
        (6, "Travel", "World", ("", "20.9", "--")),
    )
    titles = [["Zendesk Benchmark, Q4 2015"], []]
    body = [[name, country, *cells] for _, name, country, cells in told]
    notes = [["Satisfaction is the share of good ratings over the quarter."]]
    return Shape(
        publisher="zendesk",
        name="zendesk.csv",
        content=csv_bytes([*titles, ["Industry", "Country", *columns], *body, *notes]),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=3, header_rows=1, skip_below=1),
            turned(UnpivotKind.METRICS, columns, "metric"),
        ),
        headers=("Industry", "Country", "metric", "value"),
        rows=_long(told, columns),
    )


def _long(told, columns: Sequence[str]):
    return tuple(
        (line, column, (*names, column, cell))
        for line, *names, cells in told
        for column, cell in zip(columns, cells, strict=True)
        if cell
    )


def aqr() -> Shape:
    """An airline and a month a row; a base in each header; a score below zero; a rank."""
    columns = (
        "On-time %", "Denied boardings /10,000", "Mishandled bags /1,000",
        "Complaints /100,000", "AQR score",
    )  # fmt: skip
    told = (
        (2, "Alaska", "2019", "Jan", ("81.3", "0.14", "5.57", "0.56", "-0.63")),
        (3, "Delta", "2019", "Jan", ("83.5", "0.00", "4.55", "0.38", "-0.41")),
        (4, "Industry", "2019", "Jan", ("79.2", "0.24", "NM", "1.06", "-1.46")),
    )
    body = [
        [*names, *cells, rank]
        for (_, *names, cells), rank in zip(told, ("2", "1", ""), strict=True)
    ]
    long = tuple(
        (line, origin, (*cells[:3], rank, *cells[3:]))
        for line, origin, cells in _long(told, columns)
        for rank in [{2: "2", 3: "1", 4: ""}[line]]
    )
    return Shape(
        publisher="aqr",
        name="aqr.csv",
        content=csv_bytes([["Airline", "Year", "Month", *columns, "Rank"], *body]),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=1, header_rows=1),
            turned(UnpivotKind.METRICS, columns, "metric"),
        ),
        headers=("Airline", "Year", "Month", "Rank", "metric", "value"),
        rows=long,
    )


def acsi() -> Shape:
    """Years across; NM where not measured, nothing before a company came in; All Others."""
    columns = ("1994", "1995", "2019", "2020", "2024")
    told = (
        (2, "Transportation", "Airlines", "Airlines", ("72", "69", "73", "75", "77")),
        (3, "Transportation", "Airlines", "Alaska", ("", "", "79", "NM", "82")),
        (4, "Transportation", "Airlines", "All Others", ("75", "74", "73", "74", "76")),
        (5, "Transportation", "Airlines", "Southwest", ("78", "76", "79", "79", "80")),
    )
    body = [[*names, *cells, "1.3"] for _, *names, cells in told]
    return Shape(
        publisher="acsi",
        name="acsi.csv",
        content=csv_bytes([["Sector", "Industry", "Company", *columns, "% change"], *body]),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=1, header_rows=1),
            turned(UnpivotKind.PERIODS, columns, "period"),
        ),
        headers=("Sector", "Industry", "Company", "% change", "period", "value"),
        rows=tuple((n, o, (*c[:3], "1.3", *c[3:])) for n, o, c in _long(told, columns)),
    )


def ofcom() -> Shape:
    """Quarters across, a block of rows for each service, footnotes below; semicolons, cp1252."""
    columns = ("Q3 2016", "Q4 2016", "Q1 2017")
    told = (
        (3, "Landline", "BT", ("19", "22", "24*")),
        (4, "Landline", "Post Office", ("", "", "12")),
        (5, "Landline", "Industry average", ("13", "15", "16")),
        (6, "Broadband", "BT", ("27", "36", "37")),
        (7, "Broadband", "Industry average", ("17", "20", "21")),
    )
    titles = [["Complaints per 100,000 subscribers – by provider"]]
    notes = [["* restated in December 2017"], ["Source: Ofcom complaints data"]]
    body = [[*names, *cells] for _, *names, cells in told]
    header = ["Service", "Provider", *columns]
    return Shape(
        publisher="ofcom",
        name="ofcom.csv",
        content=csv_bytes([*titles, header, *body, *notes], ";", "cp1252"),
        answers=_answers(
            ReadingAnswer(
                encoding="Windows-1252", delimiter=";", header_line=2, header_rows=1, skip_below=2
            ),
            turned(UnpivotKind.PERIODS, columns, "period"),
        ),
        headers=("Service", "Provider", "period", "value"),
        rows=_long(told, columns),
    )


def ofcom_across() -> Shape:
    """The same publisher's other form: a quarter a row, providers and their average across."""
    columns = ("BT", "Plusnet", "Industry average")
    told = ((2, "Q3 2016", ("27", "35", "17")), (3, "Q4 2016", ("36", "40", "20")))
    body = [[*names, *cells] for _, *names, cells in told]
    return Shape(
        publisher="ofcom_across",
        name="ofcom_across.csv",
        content=csv_bytes([["Quarter", *columns], *body], "\t"),
        answers=_answers(
            ReadingAnswer(delimiter="\t", header_line=1, header_rows=1),
            turned(UnpivotKind.ENTITIES, columns, "entity"),
        ),
        headers=("Quarter", "entity", "value"),
        rows=_long(told, columns),
    )


def call_centre() -> Shape:
    """A metric a row, statistics of the peers across; a watermark that is no row."""
    columns = ("Average", "Min", "Median", "Max")
    told = (
        (3, "Cost", "Cost per contact", ("$15.56", "$4.20", "$14.10", "$35.00")),
        (4, "Service level", "Average speed of answer", ("0:00:28", "9 sec", "26 sec", "1h 5m")),
        (6, "Service level", "Service level", ("80/20", "70/30", "80/20", "90/10")),
        (7, "Quality", "First contact resolution", ("74%", "41%", "74%", "94%")),
    )
    body = [[*names, *cells, "", "48"] for _, *names, cells in told]
    watermark = ["SAMPLE REPORT - not for distribution"]
    header = ["Metric type", "Metric", *columns, "Your value", "n"]
    rows = [(n, o, (*c[:2], "", "48", *c[2:])) for n, o, c in _long(told, columns)]
    rows.insert(8, (5, "Average", (watermark[0], "", "", "", "Average", "")))
    return Shape(
        publisher="call_centre",
        name="call_centre.csv",
        content=csv_bytes(
            [["Service desk benchmark 2025"], header, *body[:2], watermark, *body[2:]]
        ),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=2, header_rows=1),
            turned(UnpivotKind.STATISTICS, columns, "statistic"),
        ),
        headers=("Metric type", "Metric", "Your value", "n", "statistic", "value"),
        rows=tuple(rows),
    )


def statistics_office() -> Shape:
    """A title and its unit above, an indented hierarchy, footnotes glued to names and in cells."""
    columns = ("Total recordable", "DAFW", "DJTR", "ORC")
    told = (
        (4, "Private industry5", "", ("2.3", "1.0", "0.6", "0.7")),
        (5, "  Retail trade", "44-45", ("2.9", "1.1", "0.9", "( 9 )")),
        (6, "    Florists", "4531", ("--", "--", "--", "")),
    )
    body = [[*names, *cells] for _, *names, cells in told]
    titles = [["Table 1. Incidence rates of injuries, 2024"], ["(Cases per 100 full-time workers)"]]
    notes = [["(9) Fewer than 50 cases"], ["5 Excludes farms with fewer than 11 employees"]]
    return Shape(
        publisher="statistics_office",
        name="statistics_office.csv",
        content=csv_bytes([*titles, ["Industry", "NAICS", *columns], *body, *notes]),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=3, header_rows=1, skip_below=2),
            turned(UnpivotKind.METRICS, columns, "metric"),
        ),
        headers=("Industry", "NAICS", "metric", "value"),
        rows=_long(told, columns),
    )


def qualtrics() -> Shape:
    """A field a row and the whole curve across, of which five are statistics of ours."""
    columns = [f"P{at}" for at in range(1, 101)]
    kept = ("P10", "P25", "P50", "P75", "P90")
    fields = (("Overall satisfaction", 30), ("Ease of use", 20))
    body = [[name, *(str(base + at / 2) for at in range(1, 101))] for name, base in fields]
    rest = [column for column in columns if column not in kept]
    rows = [
        (
            line,
            column,
            (
                name,
                *(str(base + int(p[1:]) / 2) for p in rest),
                column,
                str(base + int(column[1:]) / 2),
            ),
        )
        for line, (name, base) in enumerate(fields, start=2)
        for column in kept
    ]
    return Shape(
        publisher="qualtrics",
        name="qualtrics.csv",
        content=csv_bytes([["Field", *columns], *body]),
        answers=_answers(
            ReadingAnswer(delimiter=",", header_line=1, header_rows=1),
            turned(UnpivotKind.STATISTICS, kept, "statistic"),
        ),
        headers=("Field", *rest, "statistic", "value"),
        rows=tuple(rows),
    )


def workbook_bytes(sheet) -> bytes:
    """The workbook of a sheet of openpyxl's as a file."""
    content = io.BytesIO()
    sheet.parent.save(content)
    return content.getvalue()


SHAPES = (
    apqc, zendesk, aqr, acsi, ofcom, ofcom_across, call_centre, statistics_office, qualtrics,
)  # fmt: skip
