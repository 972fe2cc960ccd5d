"""Competitors, publish, data trust and definitions."""

import re
import sys

from callboard.services.publishing import benchmarks as publishing
from tests.callboard.services.small_world import SmallWorld, benchmark
from tests.pages.conftest import OpenPage, key_of, text_of

FILE = (
    b"metric,entity,statistic,value,unit,period_start,period_end,source_name\n"
    b"otd,Alder,value,95.5,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    b"otd,Birch,value,90.0,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    b"otd,Cedar,value,912,percent,2026-10-01,2026-10-31,Delivery Watch\n"
)


GOOD = FILE.replace(b"912", b"91.2")


def test_the_league_has_us_among_the_others(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app("20_competitors.py", of=full_world.runtime))
    assert all(name in text for name in ("Alder", "Dogwood", "(us)", "Delivery Watch"))


def test_without_benchmarks_the_way_to_publish_is_shown(
    open_app: OpenPage, empty_world: SmallWorld
) -> None:
    text = text_of(open_app("20_competitors.py", of=empty_world.runtime))
    assert '<a href="publish">' in text


def test_a_checked_file_tells_findings_and_changes(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    app.file_uploader(key="cb-upload-0").upload("peers.csv", FILE).run()
    text = text_of(app)
    assert not app.exception
    assert "912" in text
    app.button(key=key_of(app, "step-compare")).click().run()
    assert all(words in text_of(app) for words in ("Adds", "Changes"))


def test_the_engine_is_loaded_while_the_preview_is_read(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    publishing.get_ready.cache_clear()
    app = open_app("30_publish.py", of=full_world.runtime)
    assert 0 == publishing.get_ready.cache_info().currsize
    app.file_uploader(key="cb-upload-0").upload("peers.csv", GOOD).run()
    assert 1 == publishing.get_ready.cache_info().currsize
    publishing.get_ready().join(60)
    assert "great_expectations" in sys.modules


def test_publishing_writes_history_and_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    app.file_uploader(key="cb-upload-0").upload("peers.csv", GOOD).run()
    app.button(key="cb-publish").click().run()
    text = text_of(app)
    assert "3 values from peers.csv are on every open page" in text
    assert "<h2>History</h2>" in text


def test_the_same_file_again_is_a_no_op_that_says_so(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    app.file_uploader(key="cb-upload-0").upload("peers.csv", GOOD).run()
    app.button(key="cb-publish").click().run()
    app.file_uploader(key="cb-upload-1").upload("again.csv", GOOD).run()
    assert "The same content was published" in text_of(app)
    assert not [each for each in app.button if each.key == "cb-publish"]


def test_withdrawing_takes_one_click_and_restoring_another(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    app.text_input(key="cb-why").input("Wrong month").run()
    app.button(key="cb-withdraw-now").click().run()
    assert "Withdrawn" in text_of(app)
    assert "withdrawn by local: Wrong month" in text_of(app)
    app.button(key="cb-restore-now").click().run()
    assert "Restored" in text_of(app)


def test_a_file_that_cannot_be_read_is_refused_in_words(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    app.file_uploader(key="cb-upload-0").upload("peers.csv", b"\x00\x01\x02").run()
    assert not app.exception
    assert "This file cannot be read" in text_of(app)


def test_what_is_wrong_is_told_once(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    share = b"otd,Alder,value,0.95,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    app.file_uploader(key="cb-upload-0").upload("peers.csv", FILE + share).run()
    app.button(key=key_of(app, "step-check")).click().run()
    assert 1 == text_of(app).count("1 value of otd between 0 and 1")


def test_many_findings_are_told_by_kind_and_the_cut_is_said(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    header, *_ = FILE.splitlines(keepends=True)
    good = b"otd,Alder,value,9%d.5,percent,2026-10-01,2026-10-31,Watch %d\n"
    bad = good.replace(b"percent", b"hours")
    rows = [good % (at % 9, at) for at in range(201)] + [bad % (1, at) for at in range(201, 402)]
    app = open_app("30_publish.py", of=full_world.runtime)
    app.file_uploader(key="cb-upload-0").upload("peers.csv", header + b"".join(rows)).run()
    text = text_of(app)
    assert "What to mend, each kind once" in text
    assert "201 findings, the first 200 shown" in text
    app.button(key=key_of(app, "step-compare")).click().run()
    assert "value by value, the first 200 shown" in text_of(app)


def test_every_feed_has_a_row(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app("40_data_trust.py", of=full_world.runtime))
    assert 4 <= text.count('<th scope="row"')


def test_a_feed_says_what_fails_and_who_answers_for_it(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app("40_data_trust.py", of=full_world.runtime))
    assert re.search(r'scope="col"[^>]*>In words</th>', text)
    assert re.search(r">Deliveries</a><small>[^<]+</small></th>", text)


def test_the_address_opens_a_feed_at_a_section(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("40_data_trust.py", of=full_world.runtime, feed="contacts", show="contract")
    assert "contact_id" in text_of(app)


def test_an_empty_quarantine_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("40_data_trust.py", of=full_world.runtime, show="quarantine")
    assert "Nothing is held back" in text_of(app)


def test_every_metric_is_defined_with_its_sql(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app("50_definitions.py", of=full_world.runtime))
    assert "<h1>8 metrics" in text
    assert 8 == text.count("<pre")


def test_the_pillars_come_in_the_order_of_the_workspace(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app("50_definitions.py", of=full_world.runtime))
    pillars = ("Listening", "Quality", "Delivery")
    assert list(pillars) == sorted(pillars, key=lambda each: text.index(f"<h2>{each}</h2>"))


def test_words_in_the_address_narrow_the_definitions(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app("50_definitions.py", of=full_world.runtime, search="on-time"))
    assert 1 == text.count("<details")


def test_a_metric_in_the_address_is_open(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app("50_definitions.py", of=full_world.runtime, metric="otd"))
    assert 'id="metric-otd" open' in text


def test_words_that_match_nothing_say_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app("50_definitions.py", of=full_world.runtime, search="<b>zzz"))
    assert "Nothing is called or about “&lt;b&gt;zzz”." in text


def test_a_feed_never_read_shows_no_zero_rows(open_app: OpenPage, empty_world: SmallWorld) -> None:
    text = text_of(open_app("40_data_trust.py", of=empty_world.runtime))
    assert "Deliveries has not been read yet." in text
    assert 8 == len(re.findall('<td class="cb-number"[^>]*>–</td>', text))


def test_a_source_is_a_link_only_where_its_address_is_one(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    full_world.publish(
        [
            benchmark("Alder", 94.0, source_url="https://example.org/watch"),
            benchmark("Birch", 92.0, source_url="javascript:alert(1)"),
        ]
    )
    text = text_of(open_app("20_competitors.py", of=full_world.runtime))
    assert '<a href="https://example.org/watch"' in text
    assert "javascript:" not in text


def test_the_league_tells_rank_interval_and_what_a_gap_means(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    full_world.publish([benchmark("Alder", 99.0, numerator=990.0, denominator=1000.0)])
    text = text_of(open_app("20_competitors.py", of=full_world.runtime))
    assert "98.2 to 99.5" in text  # Wilson's interval of 990 of 1,000
    assert ", behind</em>" in text
    assert "how far sampling error alone could carry the value" in text
