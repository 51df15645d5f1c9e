"""Finding and recognising lines in pixels with rapidocr. Runs in the child process only."""

import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from scamcheck.readers.layout import Line

THREADS = 2
_TILE_ROWS = 1_200  # longer pictures are cut at empty rows: a short line on a long blank page is not detected at all
_MARGIN = 32  # blank pixels kept around what is not blank
_CHANGE = 32  # of 255, between neighbours
_MAX_LINES = 1_500
_BATCH = 18


@dataclass(frozen=True, slots=True)
class Seen:
    """A line that was detected: its box, how sure the detection is, its text ('' where nothing was recognised)."""

    line: Line
    box_score: float
    upright: bool
    crop: Any = field(repr=False)


def _model(folder: Path, pattern: str) -> str:
    found = next(folder.glob(pattern), None)
    if found is None:
        raise ImportError("this version of rapidocr comes without the models that are used here")
    return str(found)


@lru_cache(maxsize=1)
def engine() -> Any:
    """Return rapidocr with its models from disk: named by path, they are never downloaded.

    The classifier of upside-down lines is off: it turned one clean line in eight of letters over and made noise of it.
    """
    import_module("onnxruntime").disable_telemetry_events()  # on Windows, where ORT_DISABLE_TELEMETRY says nothing
    rapidocr = import_module("rapidocr")
    models = Path(str(rapidocr.__file__)).parent / "models"
    options: dict[str, Any] = {
        f"EngineConfig.onnxruntime.{kind}_op_num_threads": THREADS for kind in ("intra", "inter")
    }
    options |= {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Rec.rec_batch_num": 1,  # several at once are padded to the longest: more memory, and no faster on a processor
        "Det.limit_side_len": 32,
        "Det.model_path": _model(models, "*_det_small.onnx"),
        "Rec.model_path": _model(models, "*_rec_small.onnx"),
    }
    return rapidocr.RapidOCR(params=options)


def _cuts(pixels: Any) -> list[tuple[int, int]]:
    """Return the rows from and to of the tiles of a long picture, cut where the rows are emptiest."""
    height, cuts, start = pixels.shape[0], [], 0
    while height - start > _TILE_ROWS:
        first = start + _TILE_ROWS * 2 // 3
        window = pixels[first : start + _TILE_ROWS, :, 1].astype("int16")
        change = abs(window[:, 1:] - window[:, :-1]).mean(axis=1)
        cut = first + int(change.argmin())
        cuts.append((start, cut))
        start = cut
    return [*cuts, (start, height)]


def _filled(tile: Any) -> tuple[slice, slice]:
    """Return the rows and columns of a tile between its blank edges; none where it is blank."""
    grey = tile[:, :, 1].astype("int16")
    steep = abs(grey[:, 1:] - grey[:, :-1]) > _CHANGE
    slices = []
    for active, size in zip((steep.any(axis=1), steep.any(axis=0)), grey.shape, strict=True):
        places = active.nonzero()[0]
        if not len(places):
            return slice(0, 0), slice(0, 0)
        slices.append(slice(max(int(places[0]) - _MARGIN, 0), min(int(places[-1]) + _MARGIN, size)))
    return slices[0], slices[1]


def detect(tile: Any, top: int = 0, left_edge: int = 0) -> list[Seen]:
    """Return the lines detected in a tile that begins at `top` and `left_edge` of its picture, not read yet."""
    bgr, record = tile[:, :, ::-1].copy(), {}
    record["preprocess"] = {"ratio_h": 1.0, "ratio_w": 1.0}
    try:
        crops, result = engine().detect_and_crop(bgr, record)
    except import_module("rapidocr.main").RapidOCRError:  # it says so where it finds nothing
        return []
    shift = record.get("padding_1", {"top": 0, "left": 0})
    height, width = tile.shape[:2]
    seen = []
    for crop, quad, score in zip(crops, result.boxes, result.scores, strict=True):
        xs, ys = quad[:, 0] - shift["left"], quad[:, 1] - shift["top"]
        left, right = (int(min(max(x, 0), width)) for x in (xs.min(), xs.max()))
        upper, lower = (int(min(max(y, 0), height)) for y in (ys.min(), ys.max()))
        across, down = right - left, lower - upper
        texture = across * down * 2 > height * width and down * 1.5 > across  # the whole picture taken for a letter
        if across > 0 and down > 0 and not texture:
            upright = down > 1.5 * across
            line = Line("", left + left_edge, upper + top, right + left_edge, lower + top, 0.0)
            seen.append(Seen(line, float(score), upright, crop))
    return seen


def recognise(seen: list[Seen], deadline: float) -> tuple[list[Seen], bool]:
    """Return the lines with their texts, and whether there was time for all."""
    ordered = sorted(seen, key=lambda one: one.crop.shape[1] / one.crop.shape[0])
    done: list[Seen] = []
    for start in range(0, len(ordered), _BATCH):
        if time.monotonic() > deadline:
            return done, False
        batch = ordered[start : start + _BATCH]
        result = engine().recognize_txt([one.crop for one in batch])
        for one, text, score in zip(batch, result.txts, result.scores, strict=True):
            text = " ".join(str(text).split())
            done.append(replace(one, line=replace(one.line, text=text, score=float(score) if text else 0.0)))
    return done, True


def look(pixels: Any, deadline: float) -> tuple[list[Seen], bool]:
    """Return all lines of a picture, detected and recognised, and whether there was time for all."""
    seen: list[Seen] = []
    complete = True
    for start, end in _cuts(pixels):
        if time.monotonic() > deadline or len(seen) > _MAX_LINES:
            return seen, False
        rows, columns = _filled(pixels[start:end])
        tile = pixels[start:end][rows, columns]
        if min(tile.shape[:2]) < 8:  # blank
            continue
        lines, whole = recognise(detect(tile, start + rows.start, columns.start), deadline)
        seen, complete = seen + lines, complete and whole
    return seen[:_MAX_LINES], complete and len(seen) <= _MAX_LINES
