"""What rows in quarantine are to read, over what was said of them before, and what that breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callboard.access import Actor
from callboard.errors import CallboardError
from callboard.services.masking import hidden_columns
from callboard.services.refreshing.corrections import judge_values
from callboard.services.refreshing.quarantine import message_of
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.trusting.rows import Fields, came_of, may_correct, shown_texts, why_not
from callboard.storage.corrections import Correction, read_corrections
from callboard.storage.engine import Connection
from callboard.storage.feeds.corrected_rows import day_of_row, plain_row
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.watch import FIRST_YEAR, LAST_YEAR
from callboard.storage.quarantine import StoredRow
from data_contracts.model import Check, ColumnType
from definition_files import nearest

Typed = Mapping[str, str]
LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A feed whose rows somebody corrects, in one transaction.

    `held` are the latest corrections, by the keys and hashes of their rows.
    """

    conn: Connection
    runtime: Runtime
    actor: Actor
    question: FeedQuestion
    held: Mapping[tuple[str, str], Correction]

    def fields_of(self, row: StoredRow) -> Fields:
        """What was said of a row before."""
        found = self.held.get((row.row_key, row.row_hash))
        return found.fields if found else {}

    def require_seen(self, row: StoredRow, seen: int) -> None:
        """CallboardError where `seen` is not the latest correction of a row (0: there is none)."""
        found = self.held.get((row.row_key, row.row_hash))
        if seen != (found.id if found else 0):
            raise CallboardError(
                "Somebody acted on this row meanwhile: look at it again, or download it again."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a row is to read: `values`.

    `changed` are the fields that read otherwise than now, `fields` those that read otherwise than
    they came.
    """

    row: StoredRow
    changed: Fields
    fields: Fields
    values: Fields


def open_desk(conn: Connection, runtime: Runtime, actor: Actor, feed: str) -> Desk:
    """What the rows of a feed are corrected with."""
    now = runtime.clock.now(runtime.workspace.time_zone)
    held = {(each.row_key, each.row_hash): each for each in read_corrections(conn, feed=feed)}
    question = ask_about(runtime.definitions, feed, now)
    return Desk(conn=conn, runtime=runtime, actor=actor, question=question, held=held)


def draft_of(desk: Desk, row: StoredRow, typed: Typed) -> Draft:
    """What a row would read with the typed texts; those left out or unchanged stay as they are.

    CallboardError where it, or one of the columns, cannot be corrected here.
    """
    contract = desk.question.contract
    if told := why_not(contract, row):
        raise CallboardError(f"Row {row.id} cannot be corrected here. {told}")
    came, held = came_of(row), desk.fields_of(row)
    changed = _changed(desk, row, typed)
    before = plain_row(contract, came)
    merged = {**held, **changed}
    fields = {name: value for name, value in merged.items() if value != before.get(name)}
    values = plain_row(contract, {**came, **fields})
    place = desk.question.touchpoints.get(str(values.get(contract.touchpoint)))
    if place is not None:
        open_scope(desk.runtime, desk.actor).require(place)
    return Draft(row=row, changed=changed, fields=fields, values=values)


def breaks_of(desk: Desk, drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """What each draft would still break, in sentences."""
    if not drafts:
        return []
    judged = judge_values(desk.question, [each.values for each in drafts])
    return [_told(desk.question, *each) for each in zip(drafts, judged, strict=True)]


def _changed(desk: Desk, row: StoredRow, typed: Typed) -> dict[str, object]:
    """The fields that do not read as they do now, in plain forms.

    A text of a personal column is compared with its mask alone: else it would tell a good guess.
    """
    contract, held = desk.question.contract, desk.fields_of(row)
    shown, hidden = shown_texts(contract, row, held), hidden_columns(contract)
    now = plain_row(contract, {**came_of(row), **held})
    changed: dict[str, object] = {}
    for name, text in typed.items():
        if name not in shown:
            hint = nearest(name, shown)
            raise CallboardError(f"{contract.name} has no column {name!r}. {hint}".rstrip())
        if text == shown[name]:
            continue
        value = None if name in hidden else _typed(desk.question, name, text)
        if name not in hidden and value == now[name]:
            continue
        if not may_correct(contract, name):
            raise CallboardError(
                f"{name} cannot be corrected here: it is personal or says which row it is. "
                "Mend it in the source."
            )
        changed[name] = value
    return changed


def _typed(question: FeedQuestion, name: str, text: str) -> object:
    """A typed text as the column's type has it; what is none stays, and breaks the contract."""
    if len(text) > LONGEST_VALUE:
        raise CallboardError(
            f"Found {len(text):,} characters in {name}; expected at most {LONGEST_VALUE:,}."
        )
    kind = question.contract.column(name).type
    plain = text if kind is ColumnType.STRING else text.strip()
    if not plain.strip():
        return None
    return plain_row(question.contract, {name: plain})[name]


def _told(question: FeedQuestion, draft: Draft, checks: Sequence[Check]) -> tuple[str, ...]:
    contract, values = question.contract, draft.values
    messages = [message_of(contract, each, values) for each in checks]
    is_placed = str(values.get(contract.touchpoint)) in question.touchpoints
    if not is_placed and not any(each.column == contract.touchpoint for each in checks):
        messages.append(f"{contract.touchpoint} names no touchpoint of this workspace.")
    if day_of_row(question, values) is None and not messages:
        messages.append(
            f"Its day cannot be told from {contract.time}: expected a time from {FIRST_YEAR} to "
            f"{LAST_YEAR}."
        )
    return tuple(messages)
