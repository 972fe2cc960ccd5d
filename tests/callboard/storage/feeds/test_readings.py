import json

from hypothesis import given
from hypothesis import strategies as st

from callboard.storage.feeds.readings import sketch_text
from metrics.sketch import SMALLEST, bucket_of, sketch_of

values = st.floats(0, 1e6) | st.just(0.0) | st.floats(-5, 0)


def as_sql_says(value: float) -> str:
    return "-9999" if value < SMALLEST else str(bucket_of(value))


@given(st.lists(values, min_size=1, max_size=80))
def test_joined_buckets_are_the_sketch_of_their_values(found: list[float]) -> None:
    assert sketch_of(found).to_json() == sketch_text(",".join(map(as_sql_says, found)))


def test_a_sketch_is_compact_and_in_order() -> None:
    assert '{"z":1,"b":{"-3":1,"12":2}}' == sketch_text("12,-9999,-3,12")
    assert {"z": 0, "b": {"5": 1}} == json.loads(sketch_text("5"))
