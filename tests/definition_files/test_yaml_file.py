"""Definition files read strictly: what is wrong comes back as problems, never as an exception."""

import pytest
from pydantic import BaseModel, ConfigDict

from definition_files import Problem, load_yaml, nearest, read_model


class Door(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: str
    handles: tuple[int, ...] = ()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "door.yaml"


def problem_of(file, text):
    file.write_text(text, encoding="utf-8")
    found, problems = read_model(file, Door, shown_as="door.yaml")
    assert found is None
    (problem,) = problems
    return problem


def test_a_right_file_is_its_model(file):
    file.write_text("colour: green\nhandles: [1, 2]\n", encoding="utf-8")
    assert (Door(colour="green", handles=(1, 2)), []) == read_model(file, Door)


@pytest.mark.parametrize(
    ("text", "key", "found", "expected"),
    [
        ("colour: red\ncolour: blue\n", "line 2", "the key 'colour' stands twice", "valid YAML"),
        (
            "colour: [\n",
            "line 2",
            "expected the node content, but found '<stream end>'",
            "valid YAML",
        ),
        ("", "file", "nothing", "keys and values"),
        ("- red\n", "file", "['red']", "keys and values"),
        ("{}\n", "colour", "nothing", "a value for 'colour'"),
        ("colour: red\nhandles: 2\n", "handles", "2", "a list"),
        (
            "colour: red\nhandles: [x]\n",
            "handles.0",
            "'x'",
            "a whole number",
        ),
    ],
)
def test_a_wrong_file_says_where_what_was_found_and_what_was_expected(
    file, text, key, found, expected
):
    problem = Problem(file="door.yaml", key=key, found=found, expected=expected)
    assert problem == problem_of(file, text)


def test_an_unknown_key_gets_the_nearest_allowed_one(file):
    problem = problem_of(file, "colour: red\nhandels: [1]\n")
    assert ("the unknown key 'handels'", "Did you mean 'handles'?") == (
        problem.found,
        problem.suggestion,
    )


def test_a_file_that_is_not_utf_8_is_a_problem(file):
    file.write_bytes(b"colour: gr\xfcn\n")
    (problem,) = load_yaml(file)[1]
    assert ("byte 10 that is not UTF-8", "UTF-8 text") == (problem.found, problem.expected)


def test_a_file_that_is_not_there_is_a_problem(file):
    (problem,) = load_yaml(file, shown_as="door.yaml")[1]
    assert "door.yaml: file: found No such file or directory; expected a readable file." == str(
        problem
    )


def test_yaml_can_run_no_code(file):
    file.write_text("colour: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    found, problems = load_yaml(file)
    assert found is None
    assert problems


@pytest.mark.parametrize(("word", "suggestion"), [("colur", "Did you mean 'colour'?"), ("zzz", "")])
def test_a_word_far_from_all_allowed_ones_gets_no_suggestion(word, suggestion):
    assert suggestion == nearest(word, ["colour", "handles"])
