"""Tell whether a mail is a sextortion-scam bluff, show why, and say who helps.

The public names are loaded when they are first used, so that `import scamcheck` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamcheck.batch import Checked, check_many
    from scamcheck.errors import ScamcheckError
    from scamcheck.guidance import Answers, Guidance, ImageShared, guide
    from scamcheck.model.store import load_model
    from scamcheck.pipeline import check
    from scamcheck.readers import read
    from scamcheck.types import Assessment, Finding, Message, Span, Verdict

__version__ = "0.1.0"

_HOMES = {
    "Answers": "scamcheck.guidance",
    "Assessment": "scamcheck.types",
    "Checked": "scamcheck.batch",
    "Finding": "scamcheck.types",
    "Guidance": "scamcheck.guidance",
    "ImageShared": "scamcheck.guidance",
    "Message": "scamcheck.types",
    "ScamcheckError": "scamcheck.errors",
    "Span": "scamcheck.types",
    "Verdict": "scamcheck.types",
    "check": "scamcheck.pipeline",
    "check_many": "scamcheck.batch",
    "guide": "scamcheck.guidance",
    "load_model": "scamcheck.model.store",
    "read": "scamcheck.readers",
}

__all__ = [
    "Answers",
    "Assessment",
    "Checked",
    "Finding",
    "Guidance",
    "ImageShared",
    "Message",
    "ScamcheckError",
    "Span",
    "Verdict",
    "__version__",
    "check",
    "check_many",
    "guide",
    "load_model",
    "read",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'scamcheck' has no attribute {name!r}")
