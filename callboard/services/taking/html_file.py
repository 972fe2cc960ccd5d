"""A report as one HTML file: no script, nothing from elsewhere, printed well, read aloud well."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from callboard.drawing.pictures import draw_chart
from callboard.figures import NO_VALUE, format_day, format_number
from callboard.services.contracts.page_markup import joined, seen
from callboard.services.taking.html_style import STYLE
from callboard.services.taking.peer_sections import source_table
from callboard.services.taking.stamping import stamp_facts, stamp_line, stamp_of
from callboard.views import Chapter, Report, ReportColumn, ReportLine, ReportSection, ReportTable
from callboard.views.report import Cell, ReportGrid

_SENTENCE, _WORD, _MANY = 36, 13, 40
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
    "</body>\n</html>\n"
)
_CHAPTER = Markup(
    '<section class="chapter">\n{title}<p class="lead">{headline}</p>\n{body}\n</section>'
)
_PART = Markup(
    '<section class="part{brief}">\n<h3>{title}</h3>\n{body}\n<footer>{stamp}</footer>\n</section>'
)
_TABLE = Markup(
    '<div class="wide" tabindex="0" role="group" aria-label="{title}">\n<table>\n'
    "<caption>{title}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
    "</table>\n</div>"
)


def write_html(report: Report) -> bytes:
    """Return the document in UTF-8."""
    parts = [Markup("<h1>{}</h1>").format(seen(report.title))]
    parts += [_words(each, css="muted") for each in report.left_out]
    is_pack = len(report.chapters) > 1
    parts += [_chapter(each, is_titled=is_pack) for each in report.chapters]
    style = Markup(STYLE)  # noqa: S704 - our own text
    page = _PAGE.format(policy=_POLICY, title=seen(report.title), style=style, body=joined(parts))
    return str(page).encode("utf-8")


def _chapter(chapter: Chapter, *, is_titled: bool) -> Markup:
    title = Markup("<h2>{}</h2>\n").format(seen(chapter.title)) if is_titled else Markup("")
    parts = [_part(each, chapter) for each in chapter.sections]
    return _CHAPTER.format(
        title=title,
        headline=seen(chapter.headline),
        body=joined([*parts, _about(chapter)]),
    )


def _part(section: ReportSection, chapter: Chapter) -> Markup:
    is_said = section.verdict == chapter.headline
    told = [] if is_said else [_words(section.verdict, css="lead")]
    if section.chart is not None:
        told.append(draw_chart(section.chart))
    told += [_words(each) for each in (*section.told, *section.why)]
    shown = [each for each in section.tables if not _folds(section, each)]
    folded = [_table(each) for each in section.tables if each not in shown]
    told += [*map(_table, shown), *([_folded(folded)] if folded else [])]
    stamp = stamp_line(stamp_of(chapter.stamp, section))
    is_brief = section.chart is None and not section.tables
    return _PART.format(
        brief=" brief" if is_brief else "",
        title=seen(section.title),
        body=joined(told),
        stamp=seen(stamp),
    )


def _folds(section: ReportSection, table: ReportTable) -> bool:
    """Whether the chart tells it all, or a table is a long one beside another."""
    is_told = isinstance(section.chart, ReportLine | ReportGrid)
    return is_told or (len(table.rows) > _MANY and table is not section.tables[0])


def _folded(tables: list[Markup]) -> Markup:
    """Many figures: to be opened, and on paper only where they were."""
    return Markup("<details>\n<summary>The figures behind it</summary>\n{}\n</details>").format(
        joined(tables)
    )


def _about(chapter: Chapter) -> Markup:
    """What was asked, how far to trust it, and where published values come from."""
    stamp = chapter.stamp
    facts = joined(
        Markup("<dt>{}</dt><dd>{}</dd>").format(seen(name), seen(value))
        for name, value in (
            *stamp_facts(stamp),
            *((f"Feed: {each.name}", f"{each.badge}. {each.sentence}") for each in stamp.feeds),
        )
    )
    told = [Markup("<dl>\n{}\n</dl>").format(facts)]
    if stamp.sources:
        told.append(_table(source_table("Where published values come from", stamp.sources)))
    foot = seen(stamp_line(stamp))
    return _PART.format(brief="", title="What this is", body=joined(told), stamp=foot)


def _words(text: str, *, css: str = "") -> Markup:
    form = Markup('<p class="{css}">{text}</p>') if css else Markup("<p>{text}</p>")
    return form.format(css=css, text=seen(text)) if text else Markup("")


def _table(table: ReportTable) -> Markup:
    shown = [place for place, each in enumerate(table.columns) if not each.is_for_machines]
    columns = [table.columns[place] for place in shown]
    heads = joined(
        Markup('<th scope="col"{}>{}</th>').format(
            _css(column, place, is_long=_is_long(table, shown[place])), seen(column.title)
        )
        for place, column in enumerate(columns)
    )
    rows = joined(
        Markup("<tr>{}</tr>").format(joined(_cells(columns, [row[at] for at in shown])))
        for row in table.rows
    )
    return _TABLE.format(title=seen(table.title), heads=heads, rows=rows)


def _cells(columns: list[ReportColumn], values: list[Cell]) -> Iterator[Markup]:
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        told = seen(cell_text(value, column))
        if place:
            yield Markup("<td{}>{}</td>").format(_css(column, place) or _short(told), told)
        else:
            yield Markup('<th scope="row"{}>{}</th>').format(_short(told), told or NO_VALUE)


def _short(told: str) -> Markup:
    """What is as short as a day stays on one line."""
    return Markup(' class="short"') if len(told) <= _WORD else Markup("")


def _css(column: ReportColumn, place: int, *, is_long: bool = False) -> Markup:
    if column.is_number and place:
        return Markup(' class="number"')
    return Markup(' class="long"') if is_long else Markup("")


def _is_long(table: ReportTable, place: int) -> bool:
    """Whether a column holds sentences, and so needs more room than its words ask for."""
    return any(len(str(row[place] or "")) > _SENTENCE for row in table.rows)


def cell_text(value: Cell, column: ReportColumn) -> str:
    """Return a cell as people read it: rounded as its column says, days in words."""
    match value:
        case None:
            return ""
        case str():
            return value
        case date():
            return format_day(value)
        case _ if column.decimals is not None:
            return format_number(value, column.decimals)
        case _:
            told = format_number(value, 2)
            return told.removesuffix(".00")
