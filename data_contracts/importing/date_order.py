"""Whether 03/04/2025 is the third of April: asked once a column, settled by what was answered."""

from collections.abc import Mapping, Sequence

from data_contracts.findings import Reason
from data_contracts.importing.answers import ColumnAnswer
from data_contracts.importing.coded import Coded, Sheet
from data_contracts.importing.questions import Asked, DayOrder, Question
from data_contracts.parsing.dates import (
    DateReading,
    Edge,
    Order,
    has_two_styles,
    is_order_open,
    read_date,
    read_in_order,
    vote_order,
)

_OPTIONS = (
    (DayOrder.DAY_FIRST.value, "day first"),
    (DayOrder.MONTH_FIRST.value, "month first"),
)
_OPEN = (Reason.AMBIGUOUS_DATE, Reason.TWO_DIGIT_YEAR)
_SETTLED = (*_OPEN, Reason.MIXED_STYLE)
_SAMPLES = 3


class DateOrder:
    """The date columns of a file; `asked` are the questions that their words leave open."""

    def __init__(self, sheet: Sheet, by_field: Mapping[str, ColumnAnswer]) -> None:
        self._sheet = sheet
        self._by_field = by_field
        self.asked: list[Asked] = []

    def settle(self, fields: Sequence[str], headers: Mapping[str, str]) -> None:
        """Write the days that were answered as ISO dates, and ask for the others.

        Where one word is settled, all words of three numbers become ISO dates as they were read:
        the proof that they gave to other columns must not get lost.
        """
        present = [each for each in fields if each in self._sheet]
        words = [word for field in present for word in self._sheet.words(field)]
        if not any(map(is_order_open, words)):
            return
        columns = {field: self._sheet.column(field) for field in present}
        order = vote_order(words)
        settled: dict[str, dict[str, str]] = {}
        for field, column in columns.items():
            own = Order.MIXED if has_two_styles(column.words) else order
            readings = {
                word: read_date(word, order=own, edge=Edge.FIRST)
                for word in column.words
                if is_order_open(word)
            }
            settled[field] = self._settled(field, readings)
            self._ask(column, field, headers.get(field, field), readings)
        if any(settled.values()):
            for field, column in columns.items():
                own = Order.MIXED if has_two_styles(column.words) else order
                self._write(field, column, own, settled[field])

    def _settled(self, field: str, readings: Mapping[str, DateReading]) -> dict[str, str]:
        answer = self._by_field.get(field)
        if answer is None or answer.day_order is None:
            return {}
        order = Order(answer.day_order.value)
        return {
            word: day.isoformat()
            for word, reading in readings.items()
            if reading.trouble and reading.trouble.reason in _SETTLED
            if (day := read_in_order(word, order)) is not None
        }

    def _ask(
        self, column: Coded, field: str, header: str, readings: Mapping[str, DateReading]
    ) -> None:
        answer = self._by_field.get(field)
        waiting = [
            word
            for word, reading in readings.items()
            if reading.trouble and reading.trouble.reason in _OPEN
        ]
        if not waiting or (answer and answer.day_order):
            return
        among = frozenset(waiting)
        self.asked.append(
            Asked(
                question=Question.DAY_ORDER,
                field=field,
                header=header,
                options=_OPTIONS,
                samples=tuple(
                    (word, _shown(word, Order.DAY_FIRST), _shown(word, Order.MONTH_FIRST))
                    for word in waiting[:_SAMPLES]
                ),
                rows=int(column.where(lambda word: word in among).sum()),
            )
        )

    def _write(self, field: str, column: Coded, order: Order, settled: Mapping[str, str]) -> None:
        def change(word: str) -> str:
            if word in settled or not is_order_open(word):
                return settled.get(word, word)
            day = read_date(word, order=order, edge=Edge.FIRST).day
            return day.isoformat() if day else word

        self._sheet.put(field, column.changed(change))


def _shown(word: str, order: Order) -> str:
    day = read_in_order(word, order)
    return f"{day.day} {day:%B %Y}" if day else "no day"
