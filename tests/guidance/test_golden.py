"""What every situation says must be what the golden files say: a change of a sentence is looked at by a person."""

import pytest

from tests.guidance import golden


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(*each, id="/".join(each[0].parts[-2:])) for each in golden.files()]
)
def test_the_advice_is_as_in_the_golden_file(path, text):
    assert path.is_file(), "Write the golden files anew: python -m tests.guidance.golden"
    assert path.read_text(encoding="utf-8") == text, "Look at the change; then: python -m tests.guidance.golden"


def test_no_golden_file_is_left_over():
    assert {path for path, _ in golden.files()} == set(golden.FOLDER.glob("*/*.txt"))
