"""Rows in quarantine go out as a CSV, are corrected in a spreadsheet, and come back."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, FileRefused, NotAllowed
from callboard.services.kept_out_export import quarantine_csv
from callboard.services.refreshing.corrections import judge_values
from callboard.services.trusting import drafts
from callboard.services.trusting.correction_files import correct_file
from callboard.services.trusting.quarantine import read_quarantine
from callboard.storage.corrections import read_corrections
from callboard.storage.engine import snapshot
from callboard.storage.feeds.corrected_rows import Values
from callboard.storage.feeds.question import FeedQuestion
from callboard.views import CorrectionReport
from data_contracts.model import Check
from tests.callboard.services.small_world import SmallWorld
from tests.callboard.services.trusting.quarantine_rows import failing, keep_out
from tests.callboard.services.trusting.test_quarantine import restricted

Rows = list[dict[str, str]]


def downloaded(world: SmallWorld) -> bytes:
    return quarantine_csv(read_quarantine(world.runtime, LOCAL_USER, feed="deliveries").rows)


def rows_of(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode())))


def written(rows: Rows, **form: object) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]), **form)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def give_back(world: SmallWorld, content: bytes) -> CorrectionReport:
    return correct_file(
        world.runtime, LOCAL_USER, feed="deliveries", content=content, note="asked the depot"
    )


def kept(world: SmallWorld) -> dict[str, dict[str, object]]:
    with snapshot(world.runtime.store) as conn:
        found = read_corrections(conn, feed="deliveries")
    return {each.row_key: dict(each.fields) for each in found}


def test_a_file_given_back_untouched_changes_nothing(kept_out: SmallWorld) -> None:
    report = give_back(kept_out, downloaded(kept_out))
    assert (0, 3, ()) == (report.corrected, report.unchanged, report.refused)
    assert {} == kept(kept_out)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"},  # as LibreOffice may write it
        {"delimiter": ";"},
        {"delimiter": "\t", "quoting": csv.QUOTE_ALL},
    ],
)
def test_corrected_cells_come_back_however_the_file_was_saved(
    kept_out: SmallWorld, form: dict[str, object]
) -> None:
    rows = rows_of(downloaded(kept_out))
    for row in rows:
        if row["row_key"] != "nowhere":
            row["units"] = "2"
    report = give_back(kept_out, b"\xef\xbb\xbf" + written(rows, **form))
    assert (2, 1) == (report.corrected, report.unchanged)
    assert {"delivery": {"units": 2}, "desk": {"units": 2}} == kept(kept_out)


def test_a_spreadsheet_that_writes_numbers_and_moments_its_own_way_changes_nothing(
    kept_out: SmallWorld,
) -> None:
    rows = rows_of(downloaded(kept_out))
    for row in rows:
        row |= {"mishandled_units": "0.0", "due_at": "2026-11-20T09:00:00Z", "complete": "TRUE"}
    assert 3 == give_back(kept_out, written(rows)).unchanged


def test_text_that_looks_like_a_formula_comes_back_as_it_was(kept_out: SmallWorld) -> None:
    keep_out(kept_out, failing("desk", carrier="=cmd|' /C calc'!A0"), run=2)
    rows = rows_of(downloaded(kept_out))
    assert "'=cmd|' /C calc'!A0" == rows[0]["carrier"]
    assert "'-1" == rows[0]["units"]
    assert 1 == give_back(kept_out, written(rows)).unchanged
    rows[0] |= {"units": "4", "carrier": "'-none-"}
    give_back(kept_out, written(rows))
    assert {"units": 4, "carrier": "-none-"} == kept(kept_out)["desk"]


def test_a_quote_before_a_sign_that_was_there_stays(kept_out: SmallWorld) -> None:
    keep_out(kept_out, failing("desk", carrier="'=x"), run=2)
    rows = rows_of(downloaded(kept_out))
    rows[0]["units"] = "4"
    give_back(kept_out, written(rows))
    assert {"units": 4} == kept(kept_out)["desk"]


def test_a_file_tells_no_guess_of_a_personal_value_and_none_of_its_hash(
    kept_out: SmallWorld,
) -> None:
    keep_out(kept_out, failing("desk", carrier="Ada"), run=2)
    kept_out.runtime = restricted(kept_out, "carrier")
    rows = rows_of(downloaded(kept_out))
    keep_out(kept_out, failing("desk", carrier="Eve"), run=3)
    assert rows[0]["row_hash"] == rows_of(downloaded(kept_out))[0]["row_hash"]
    rows = rows_of(downloaded(kept_out))
    reports = [
        give_back(kept_out, written([rows[0] | {"carrier": name}])) for name in ("Eve", "Bob")
    ]
    (right, wrong) = (report.refused[0].message for report in reports)
    assert right == wrong
    assert right.startswith("carrier cannot be corrected here: it is personal")
    assert 1 == give_back(kept_out, written([rows[0]])).unchanged


def test_a_row_that_is_there_twice_is_not_taken(kept_out: SmallWorld) -> None:
    rows = [
        row | {"units": "2"} for row in rows_of(downloaded(kept_out)) if row["row_key"] == "desk"
    ]
    report = give_back(kept_out, written([*rows, *rows]))
    assert {f"Row {rows[0]['id']} is in the file 2 times; leave one."} == {
        each.message for each in report.refused
    }
    assert {} == kept(kept_out)


def test_a_file_from_before_a_correction_does_not_undo_it(kept_out: SmallWorld) -> None:
    rows = [row for row in rows_of(downloaded(kept_out)) if row["row_key"] == "desk"]
    old = [row | {"units": "2"} for row in rows]
    give_back(kept_out, written([row | {"units": "5"} for row in rows]))
    assert ["Somebody acted on this row meanwhile: look at it again, or download it again."] == [
        each.message for each in give_back(kept_out, written(old)).refused
    ]
    rows = [row for row in rows_of(downloaded(kept_out)) if row["row_key"] == "desk"]
    give_back(kept_out, written([row | {"carrier": "Post"} for row in rows]))
    assert {"desk": {"units": 5, "carrier": "Post"}} == kept(kept_out)


def test_all_rows_of_a_file_are_judged_at_once(
    kept_out: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[int] = []

    def counted(question: FeedQuestion, rows: Sequence[Values]) -> list[tuple[Check, ...]]:
        judged.append(len(rows))
        return judge_values(question, rows)

    monkeypatch.setattr(drafts, "judge_values", counted)
    rows = [row for row in rows_of(downloaded(kept_out)) if row["row_key"] != "nowhere"]
    give_back(kept_out, written([row | {"units": "2"} for row in rows]))
    assert [2] == judged


def _of_another_text(rows: Rows) -> None:
    rows[0]["row_hash"] = "sha256:" + "0" * 64


def _unknown(rows: Rows) -> None:
    rows[0]["id"] = "999"


def _no_number(rows: Rows) -> None:
    rows[0]["id"] = "1; DROP TABLE quarantine"


def _too_long(rows: Rows) -> None:
    rows[0]["carrier"] = "x" * 2_001


def _still_wrong(rows: Rows) -> None:
    rows[0]["units"] = "-7"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_of_another_text, "download the rows again"),
        (_unknown, "There is no row 999 in quarantine."),
        (_no_number, "expected the number of the row"),
        (_still_wrong, "Found: -7"),
        (_too_long, "Found 2,001 characters in carrier; expected at most 2,000"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are_taken(
    kept_out: SmallWorld, spoil: Callable[[Rows], None], told: str
) -> None:
    rows = [row for row in rows_of(downloaded(kept_out)) if row["row_key"] != "nowhere"]
    for row in rows:
        row["units"] = "2"
    spoil(rows)
    report = give_back(kept_out, written(rows))
    assert (1, [2]) == (report.corrected, [each.line for each in report.refused])
    assert told in report.refused[0].message
    assert [rows[1]["row_key"]] == list(kept(kept_out))


def test_a_row_of_another_feed_is_told(kept_out: SmallWorld) -> None:
    report = correct_file(
        kept_out.runtime, LOCAL_USER, feed="contacts", content=downloaded(kept_out), note="x"
    )
    assert {"Row 3 is of another feed."} <= {each.message for each in report.refused}
    assert "order_id" in report.ignored_columns


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "cannot be read"),
        (b"PK\x03\x04", "an Excel workbook"),
        (b"a,b\n1,2\n", "lacks id and row_hash and correction"),
        (b"id,row_hash,correction\n" + b"1,a,0\n" * 10_001, "more than 10,000 rows; split it"),
        (b'id,row_hash\n"1,2\n', "no whole CSV"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(
    kept_out: SmallWorld, content: bytes, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        give_back(kept_out, content)


def test_a_file_is_for_those_who_may_correct_and_needs_a_reason(kept_out: SmallWorld) -> None:
    executive = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
    given = {"feed": "deliveries", "content": downloaded(kept_out)}
    with pytest.raises(NotAllowed, match="Eve may not correct"):
        correct_file(kept_out.runtime, executive, **given, note="x")  # type: ignore[arg-type]
    with pytest.raises(CallboardError, match="Say how you know"):
        correct_file(kept_out.runtime, LOCAL_USER, **given, note="")  # type: ignore[arg-type]
