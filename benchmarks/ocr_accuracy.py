#!/usr/bin/env python3
"""How well writing in pictures is read, by language: character error rates on pictures drawn here from our own letters.

Each letter is drawn as a screenshot of a phone (bright and dark), as a page and as a poor JPEG of that page, and read
three ways: by the models of rapidocr alone, by Tesseract with the pack of the language alone, and as scamcheck reads it
in its child process, with both. Writes docs/measured/ocr.json. Needs what scripts/install_reading_tools.sh installs:
the packs of Tesseract, and the fonts Noto Sans, Noto Serif, Noto Naskh Arabic and Noto Sans CJK.
"""

import io
import json
import platform
import re
import statistics
import subprocess
import sys
import time
import tomllib
import unicodedata
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "readers"))

import made  # noqa: E402

from scamcheck.readers import lines, tesseract  # noqa: E402
from scamcheck.readers.child import Child  # noqa: E402
from scamcheck.readers.layout import in_order, join  # noqa: E402

OUTPUT = ROOT / "docs" / "measured" / "ocr.json"
PACKS = {
    "en": "eng", "nl": "nld", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "pl": "pol",
    "cs": "ces", "tr": "tur", "ru": "rus", "uk": "ukr", "el": "ell", "ar": "ara", "ko": "kor", "ja": "jpn",
    "zh": "chi_sim",
}  # fmt: skip
CHARS = 600
CLOCK = "09:41"  # drawn into the bar of the screenshots


def letter(language: str) -> str:
    """Return the beginning of the first letter of a language, without the marks of its claims."""
    mails = tomllib.loads((ROOT / "data" / language / "sextortion_scam.toml").read_text(encoding="utf-8"))["mail"]
    return re.sub(r"<[^<>]{0,200}>", "", mails[0]["text"]).strip()[:CHARS]


def pictures(language: str, text: str) -> dict[str, bytes]:
    """Return a letter as files, by the name of the style."""
    page = made.page(text, language)
    return {
        "screenshot": made.saved(made.screenshot(text, language)),
        "dark screenshot": made.saved(made.screenshot(text, language, dark=True)),
        "page": made.saved(page),
        "poor JPEG of a page": made.noisy(page),
        "poor JPEG of a dark screenshot": made.noisy(made.screenshot(text, language, dark=True), quality=20),
    }


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.replace(CLOCK, "")).split())


def error_rate(found: str, wanted: str) -> float:
    """Return the edits that turn the found text into the wanted one, by its characters; white space left out."""
    found, wanted = _bare(found), _bare(wanted)
    row = list(range(len(wanted) + 1))
    for number, char in enumerate(found, 1):
        above, row[0] = row[0], number
        for place, other in enumerate(wanted, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (char != other))
    return row[-1] / len(wanted)


def by_rapidocr(data: bytes) -> str:
    """Return all that the models of rapidocr read, however unsure."""
    seen, _ = lines.look(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")), time.monotonic() + 300)
    return join(in_order([one.line for one in seen if one.line.text]))[0]


def by_tesseract(data: bytes, pack: str) -> str:
    """Return what Tesseract reads with one pack."""
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return join(in_order(tesseract.read(tesseract.grey_map(pixels), pack, time.monotonic() + 300).lines))[0]


def peak_megabytes(child: Child) -> dict[str, int]:
    """Return the most memory that the child held, and its most address space (Linux)."""
    status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return {
        name: round(int(fields[key].split()[0]) / 1_000)
        for name, key in (("resident", "VmHWM"), ("address_space", "VmPeak"))
    }


def photographs(child: Child) -> list[dict[str, object]]:
    """Return what is said of pictures without a letter: the sample photographs of scikit-learn and textures."""
    from sklearn.datasets import load_sample_images

    samples = load_sample_images()
    shown = {
        Path(name).name: Image.fromarray(image) for name, image in zip(samples.filenames, samples.images, strict=True)
    }
    for size in (5, 20, 60, 150):
        texture = np.random.default_rng(size).integers(0, 255, (size * 4 // 3, size, 3), dtype=np.uint8)
        shown[f"texture {size}"] = Image.fromarray(texture).resize((900, 1200), Image.Resampling.BICUBIC)
    return [
        {
            "picture": name,
            "writing": (answer := child.ask("picture", made.saved(image), seconds=300)).writing,
            "text": answer.text,
        }
        for name, image in shown.items()
    ]


def measure() -> dict[str, object]:
    """Return the figures by language and style."""
    child = Child()
    rows, seconds = [], {"known": [], "other": []}
    for language, pack in PACKS.items():
        text = letter(language)
        for style, data in pictures(language, text).items():
            start = time.perf_counter()
            answer = child.ask("picture", data, seconds=300)
            took = time.perf_counter() - start
            if rows:  # the first start of the process is measured apart
                seconds["other" if language in ("ru", "uk", "el", "ar", "ko") else "known"].append(took)
            row = {
                "language": language,
                "style": style,
                "rapidocr": round(error_rate(by_rapidocr(data), text), 4),
                "tesseract": round(error_rate(by_tesseract(data, pack), text), 4)
                if pack in tesseract.packs()
                else None,
                "scamcheck": round(error_rate(answer.text, text), 4),
                "writing": answer.writing.value,
                "seconds": round(took, 2),
            }
            rows.append(row)
            print(*row.values(), file=sys.stderr)
    memory = {"letters": peak_megabytes(child)}
    other = photographs(child)
    large = Image.new("RGB", (7_900, 5_000), "white")
    large.paste(made.page(letter("en")), (500, 500))
    child.ask("picture", made.saved(large), seconds=300)
    memory["a PNG of 39 million pixels"] = peak_megabytes(child)
    child.close()
    start = time.perf_counter()
    child.ask("picture", made.saved(made.draw(["Send bitcoin"], made.own_font(), width=300)))
    first = time.perf_counter() - start
    child.close()
    return {
        "versions": {name: version(name) for name in ("rapidocr", "onnxruntime", "pillow", "pypdfium2", "zxing-cpp")}
        | {"tesseract": tesseract_version(), "python": platform.python_version()},
        "processors": lines.THREADS,
        "characters": CHARS,
        "mean_error_rate": means(rows),
        "seconds_a_picture": {name: round(statistics.median(values), 2) for name, values in seconds.items()}
        | {"first, with start": round(first, 2)},
        "peak_megabytes_of_the_child": memory,
        "without_a_letter": other,
        "pictures": rows,
    }


def means(rows: list[dict[str, object]]) -> dict[str, dict[str, float | None]]:
    """Return the mean error rates by language and way."""
    found: dict[str, dict[str, float | None]] = {}
    for language in PACKS:
        mine = [row for row in rows if row["language"] == language]
        found[language] = {
            way: round(statistics.fmean(row[way] for row in mine), 4) if mine[0][way] is not None else None
            for way in ("rapidocr", "tesseract", "scamcheck")
        }
    return found


def tesseract_version() -> str:
    """Return the version of the program, or '' where there is none."""
    path = tesseract.binary()
    if path is None:
        return ""
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0]  # noqa: S603


if __name__ == "__main__":
    missing = [path for path in (made.CJK, made.NOTO / "NotoSans-Regular.ttf") if not path.exists()]
    if missing or not {"rus", "ukr", "ell", "ara", "kor"} <= tesseract.packs():
        sys.exit(f"Run scripts/install_reading_tools.sh first; missing: {missing or 'packs of Tesseract'}")
    OUTPUT.write_text(json.dumps(measure(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
