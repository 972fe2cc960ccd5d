"""The SQL of each form on each dialect, as it was last read by a person.

Written anew by CALLBOARD_TEST_GOLDEN=1; look at the difference before you keep it.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from callboard.storage.feeds.definition_sql import metric_sql
from tests.callboard.storage.feed_samples import question
from tests.callboard.storage.feeds.test_metric_forms import FORMS, VISITS

GOLDEN = Path(__file__).parents[3] / "golden"
ASKED = replace(
    question(VISITS), zones=dict.fromkeys(("desk", "shop", "web"), "UTC"), default_zone="UTC"
)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_sql_of_a_form_is_what_was_read(form: str, dialect: str) -> None:
    path = GOLDEN / f"{form}.{dialect}.sql"
    found = metric_sql(FORMS[form], ASKED, url=f"{dialect}://") + "\n"
    if os.environ.get("CALLBOARD_TEST_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found)
    assert path.read_text() == found
