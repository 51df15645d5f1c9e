"""The same pipeline over many messages; a bad one is reported in its place and never stops the rest."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from joblib import Parallel, delayed

from scamcheck.errors import ScamcheckError, UnreadableInputError
from scamcheck.limits import MAX_INPUT_BYTES
from scamcheck.model.store import Model, load_model
from scamcheck.pipeline import assess
from scamcheck.readers import Item, read_all
from scamcheck.types import Assessment


@dataclass(frozen=True, slots=True)
class Checked:
    """One message of many: where it came from, and its assessment or the reason why there is none.

    `path` is the file as it was given; `source` is its readable form, with `#name` for a file in an archive and `#N`
    for the N-th of several messages.
    """

    source: str
    assessment: Assessment | None
    error: str | None = None
    path: Path = Path()


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among the paths and, in alphabetical order, in the folders among them; hidden ones left out."""
    for path in paths:
        if path.is_dir():
            for folder, names, files in os.walk(path):
                names[:] = sorted(name for name in names if not name.startswith("."))
                yield from (Path(folder) / file for file in sorted(files) if not file.startswith("."))
        else:
            yield path


def check_file(path: Path) -> list[Checked]:
    """Return the messages of one file. The source is the path, then `#N` where the file holds several."""
    model = load_model()
    source = os.fsencode(path).decode("utf-8", "replace")
    checked: list[Checked] = []
    try:
        if not path.is_file():  # a device or a pipe would never end
            raise UnreadableInputError("This is not a file. Check the path.", code="binary")
        with path.open("rb") as file:
            data = file.read(MAX_INPUT_BYTES + 1)  # one byte past the cap lets the reader refuse it
        for item in read_all(data, filename=path.name):
            checked.append(_assess(f"{source}#{item.name}" if item.name else source, item, model))
    except ScamcheckError as error:
        checked.append(Checked(source, None, str(error)))
    except OSError:
        checked.append(Checked(source, None, "This file cannot be opened. Check that you may read it."))
    except Exception as error:  # noqa: BLE001 - a defect of ours on one hostile file must not lose the other thousand
        checked.append(Checked(source, None, _unforeseen(error)))
    repeated = Counter(one.source for one in checked)
    return [
        replace(one, path=path, source=f"{one.source}#{number}" if repeated[one.source] > 1 else one.source)
        for number, one in enumerate(checked, 1)
    ]


def _assess(source: str, item: Item, model: Model) -> Checked:
    if item.message is None:
        return Checked(source, None, str(item.error))
    try:
        return Checked(source, assess(item.message, model))
    except Exception as error:  # noqa: BLE001 - a defect of ours on one hostile mail must not lose the other thousand
        return Checked(source, None, _unforeseen(error))


def _unforeseen(error: Exception) -> str:
    return f"This mail could not be checked ({type(error).__name__}). Please report it to the makers of scamcheck."


def check_many(paths: Iterable[Path], *, workers: int = 1) -> Iterator[Checked]:
    """Yield an answer for every message in the files and folders, in order, from `workers` processes.

    Raises ModelError before the first answer where the model cannot be used.
    """
    load_model()
    files = find_files(paths)
    if workers == 1:
        for path in files:
            yield from check_file(path)
        return
    for checked in Parallel(n_jobs=workers, return_as="generator", batch_size="auto")(
        delayed(check_file)(path) for path in files
    ):
        yield from checked
