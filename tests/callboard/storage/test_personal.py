"""What people keep for themselves, on both engines: theirs alone, to change and to delete."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.personal import (
    SavedView,
    add_follow,
    count_follows,
    delete_follow,
    delete_view,
    list_follows,
    list_views,
    read_setting,
    save_view,
    write_setting,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
QUERY = (("grain", "month"), ("touchpoints", "desk"), ("touchpoints", "Größe & Co"))


def view(owner: str, name: str, page: str = "overview") -> SavedView:
    return SavedView(owner=owner, name=name, page=page, query=QUERY, at=NOW)


def test_a_view_comes_back_as_it_was_saved_and_to_its_owner_alone(store: Engine) -> None:
    with write(store) as conn:
        for each in (view("ada", "zebra"), view("ada", "Apple"), view("ben", "Apple")):
            save_view(conn, each)
    with snapshot(store) as conn:
        assert (view("ada", "Apple"), view("ada", "zebra")) == list_views(conn, "ada")
        assert () == list_views(conn, "eva")


def test_a_view_of_the_same_name_is_replaced_and_deleted_for_its_owner_alone(
    store: Engine,
) -> None:
    with write(store) as conn:
        for owner in ("ada", "ben"):
            save_view(conn, view(owner, "Monday"))
        save_view(conn, view("ada", "Monday", "compare"))
        assert ["compare"] == [each.page for each in list_views(conn, "ada")]
        delete_view(conn, "ada", name="Monday")
        assert () == list_views(conn, "ada")
        assert ["overview"] == [each.page for each in list_views(conn, "ben")]


def test_what_is_followed_is_told_once_and_no_more_after_that(store: Engine) -> None:
    with write(store) as conn:
        for hours, metric in ((0, "otd"), (0, "csat"), (1, "otd")):
            at = NOW + timedelta(hours=hours)
            add_follow(conn, "ada", touchpoint="desk", metric=metric, at=at)
        add_follow(conn, "ben", touchpoint="desk", metric="asa", at=NOW)
        assert (("desk", "csat"), ("desk", "otd")) == list_follows(conn, "ada")
        assert 2 == count_follows(conn, "ada")
        delete_follow(conn, "ada", touchpoint="desk", metric="otd")
        assert (("desk", "csat"),) == list_follows(conn, "ada")


def test_a_setting_is_the_persons_own_and_the_last_word_stands(store: Engine) -> None:
    with write(store) as conn:
        for value in ("seen", "again"):
            write_setting(conn, "ada", name="tour", value=value, at=NOW)
        assert "again" == read_setting(conn, "ada", name="tour")
        assert "" == read_setting(conn, "ben", name="tour")
