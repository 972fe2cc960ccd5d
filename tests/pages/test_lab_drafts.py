"""A draft is found again by its address, with its answers, by its owner only."""

from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, key_of, text_of
from tests.pages.test_lab import press, published, rows, select, start

OTHER = Actor(id="ana", name="Ana", roles=LOCAL_USER.roles)


def token_of(app: AppTest) -> str:
    return str(app.session_state["cb_lab"].token)


def half_done(open_app: OpenPage, world: SmallWorld) -> str:
    """The token of a draft of which something was said."""
    app = start(open_app, world, rows(("Quillwort", "95.5"), ("Alder", "90.0")))
    select(app, "word-entity-0", "*new*")
    assert token_of(app) in app.query_params["draft"]
    return token_of(app)


def test_after_a_reload_the_draft_is_there_with_its_answers(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    token = half_done(open_app, full_world)
    app = open_app("30_publish.py", of=full_world.runtime, draft=token)
    assert "Step 3 of 6" in text_of(app)
    assert ("Quillwort",) == app.session_state["cb_lab"].answers.new_names
    press(app, "step-publish")
    app.button(key="cb-publish").click().run()
    assert 95.5 == published(full_world)["Quillwort", "2026-10"]
    assert "draft" not in app.query_params


def test_somebody_elses_draft_is_not_shown(open_app: OpenPage, full_world: SmallWorld) -> None:
    token = half_done(open_app, full_world)
    app = open_app("30_publish.py", of=full_world.runtime, actor=OTHER, draft=token)
    assert "This draft is not here" in text_of(app)
    assert "peers.csv" not in text_of(app)
    assert "draft" not in app.query_params


def test_an_address_of_no_draft_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    for token in ("0" * 32, "../../etc/passwd", "x"):
        app = open_app("30_publish.py", of=full_world.runtime, draft=token)
        assert "This draft is not here" in text_of(app)
        assert app.file_uploader(key="cb-upload-0")


def test_own_drafts_are_listed_gone_on_with_and_given_up(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    token = half_done(open_app, full_world)
    app = open_app("30_publish.py", of=full_world.runtime)
    assert "Files you have not published yet" in text_of(app)
    press(app, f"{token[:8]}-resume")
    assert "Step 3 of 6" in text_of(app)
    assert token == token_of(app)
    press(app, "-aside")
    assert "Files you have not published yet" in text_of(app)
    press(app, f"cb-draft-{token[:8]}-drop")
    assert not [each for each in app.button if f"{token[:8]}-resume" in (each.key or "")]


def test_the_drafts_of_others_are_not_listed(open_app: OpenPage, full_world: SmallWorld) -> None:
    half_done(open_app, full_world)
    app = open_app("30_publish.py", of=full_world.runtime, actor=OTHER)
    assert "Files you have not published yet" not in text_of(app)
    assert not [each for each in app.button if (each.key or "").endswith("-resume")]


def test_what_was_taken_over_can_be_taken_back_after_a_reload(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = start(open_app, full_world, rows(("Alder", "95.5")))
    select(app, "passport-method", "survey")
    app.button(key="cb-publish").click().run()
    app = start(open_app, full_world, rows(("Alder", "96.5")), "more.csv")
    press(app, "use-0")
    app = open_app("30_publish.py", of=full_world.runtime, draft=token_of(app))
    app.button(key=key_of(app, "take-back")).click().run()
    assert {} == app.session_state["cb_lab"].answers.constants
