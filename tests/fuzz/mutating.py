"""Changes to files and to what is said of them, as they might go wrong on their way."""

from dataclasses import replace
from random import Random

from data_contracts.importing.answers import (
    Answers,
    ColumnAnswer,
    Edit,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.evidence import PSEUDO
from data_contracts.importing.questions import ClockStyle, DayOrder, Decimal, Scale
from tests.data_contracts.benchmarks.files import CONTRACT

FIELDS = (*(each.name for each in CONTRACT.columns), *PSEUDO, "", "no such field")
WORDS = (
    *("", " ", "-", "NM", "N/A", "Total", "fcr", "abandon", "asa", "Alder Post", "1,234", "1.234,5"),
    *("12,5", "0.82", "82%", "91% (+2)", "5.57*", "1d 3h", "0:00:28", "05:30", "80/20", "$15.56"),
    *("( 9 )", "<5", "NaN", "1e999", "inf", "\u0663", "03/04/25", "30/09/2026", "46204", "FY24"),
    *("2011/12", "2012/13", "H1 2025", "P7", "w/e 12 Mar", "2025-W03", "Q4 2015", "2026-02-30"),
    *("=1+1", "@SUM(A1)", "<img src=x>", "\u202e", "\u200b", "\u0421omp", "e\u0301", "\x00", "\x1b"),
    *("percent", "per 1,000", "points", "seconds", "N", "Bottom", "Median", "Top", "P50", "Rank"),
    *('"', '""', "'=1", "sep=;", "\ufeff", "x" * 2100, "2026-07-01/2026-09-30", "a › b"),
)  # fmt: skip
SIGNS = (b",", b";", b"\t", b"|", b'"', b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xa0", b"\xc3")
CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32")


def mutate_content(content: bytes, others: list[bytes], random: Random) -> bytes:
    """Return the file with one to four changes."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(_CHANGES)(content, others, random)
    return content[:200_000]


def _place(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _flip(content: bytes, _: list[bytes], random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, _: list[bytes], random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + content[at + random.choice((1, 2, 8, 64, 1024)) :]


def _put_word(content: bytes, _: list[bytes], random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(WORDS).encode() + content[at:]


def _put_sign(content: bytes, _: list[bytes], random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(SIGNS) + content[at:]


def _change_cell(content: bytes, _: list[bytes], random: Random) -> bytes:
    sign = random.choice(SIGNS[:4])
    cells = content.split(sign)
    cells[random.randrange(len(cells))] = random.choice(WORDS).encode()
    return sign.join(cells)


def _move_line(content: bytes, _: list[bytes], random: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    line = lines[random.randrange(len(lines))]
    at = random.randint(0, len(lines))
    return b"".join((*lines[:at], line, *lines[at:]))


def _drop_line(content: bytes, _: list[bytes], random: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    del lines[random.randrange(len(lines))]
    return b"".join(lines)


def _splice(content: bytes, others: list[bytes], random: Random) -> bytes:
    other = random.choice(others)
    return content[: _place(content, random)] + other[_place(other, random) :]


def _change_sign(content: bytes, _: list[bytes], random: Random) -> bytes:
    return content.replace(random.choice(SIGNS[:8]), random.choice(SIGNS[:8]))


def _recode(content: bytes, _: list[bytes], random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(CODECS), "replace")


_CHANGES = (
    *(_flip, _cut, _put_word, _put_sign, _change_cell, _change_cell, _change_cell),
    *(_move_line, _drop_line, _splice, _change_sign, _recode),
)


def mutate_answers(answers: Answers, headers: tuple[str, ...], random: Random) -> Answers:
    """Return what is said of a file with none to three changes."""
    for _ in range(random.randint(0, 3)):
        answers = random.choice(_SAYINGS)(answers, (*headers, *WORDS[:12]), random)
    return answers


def _say_reading(answers: Answers, _: tuple[str, ...], random: Random) -> Answers:
    reading = ReadingAnswer(
        encoding=random.choice(("", "", "UTF-8", "cp1252", "utf-16", "no such")),
        delimiter=random.choice(("", "", ",", ";", "tab", "x")),
        header_line=random.choice((0, 0, 1, 2, 3, 4, 999, -1)),
        header_rows=random.choice((0, 1, 2, 3)),
        skip_below=random.choice((0, 0, 1, 5, 999)),
        sheet=random.choice(("", "", "Benchmarks", "no such")),
    )
    return replace(answers, reading=random.choice((reading, ReadingAnswer())))


def _say_layout(answers: Answers, headers: tuple[str, ...], random: Random) -> Answers:
    turns = tuple(
        Unpivot(
            kind=random.choice(tuple(UnpivotKind)),
            columns=tuple(random.choices(headers, k=random.randint(0, 5))),
            into=random.choice(("period", "metric", "statistic", "entity", "industry", "x", "")),
            block_of=random.choice(("", "industry", "entity", "segment", "x")),
        )
        for _ in range(random.randint(0, 3))
    )
    return replace(answers, layout=random.choice((None, LayoutAnswer(unpivot=turns))))


def _say_column(answers: Answers, headers: tuple[str, ...], random: Random) -> Answers:
    column = ColumnAnswer(
        header=random.choice(headers),
        field=random.choice(FIELDS),
        decimal=random.choice((None, *Decimal)),
        day_order=random.choice((None, *DayOrder)),
        clock=random.choice((None, *ClockStyle)),
        scale=random.choice((None, *Scale)),
        unit=random.choice(("", "percent", "per", "odd")),
        per=random.choice((None, 1, 1000)),
        fiscal_from=random.choice((None, 1, 4, 12)),
    )
    rest = [each for each in answers.columns or () if random.random() < 0.9]
    return replace(answers, columns=random.choice((None, (*rest, column), (column, *rest))))


def _say_value(answers: Answers, _: tuple[str, ...], random: Random) -> Answers:
    value = ValueAnswer(
        field=random.choice(FIELDS), word=random.choice(WORDS), means=random.choice(WORDS)
    )
    return replace(answers, values=(*answers.values, value)[-6:])


def _say_constant(answers: Answers, _: tuple[str, ...], random: Random) -> Answers:
    constants = {key: text for key, text in answers.constants.items() if random.random() < 0.8}
    if random.random() < 0.5:
        constants |= {random.choice(FIELDS): random.choice(WORDS)}
    return replace(answers, constants=constants)


def _say_edit(answers: Answers, headers: tuple[str, ...], random: Random) -> Answers:
    edit = Edit(
        line=random.randint(0, 9), column=random.choice(headers), becomes=random.choice(WORDS)
    )
    return replace(answers, edits=(*answers.edits, edit)[-3:])


def _say_names(answers: Answers, _: tuple[str, ...], random: Random) -> Answers:
    names = random.choice(((), ("*",), (random.choice(WORDS),)))
    confirmed = random.choice((frozenset(), frozenset({"encoding", "scale:fcr"})))
    return replace(answers, new_names=names, confirmed=confirmed)


_SAYINGS = (
    *(_say_reading, _say_layout, _say_column, _say_column, _say_value, _say_constant),
    *(_say_edit, _say_names),
)
