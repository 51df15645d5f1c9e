"""What the command line prints must be what the golden files say: a change is looked at by a person."""

import pytest

from tests.report import golden


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(*each, id="/".join(each[0].parts[-2:])) for each in golden.files()]
)
def test_the_answer_is_as_in_the_golden_file(path, text):
    assert path.is_file(), "Write the golden files anew: python -m tests.report.golden"
    assert path.read_text(encoding="utf-8") == text, "Look at the change; then: python -m tests.report.golden"


def test_no_golden_file_is_left_over():
    assert {path for path, _ in golden.files()} == set(golden.FOLDER.glob("*/*.txt"))
