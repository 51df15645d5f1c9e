"""Tell whether a mail is a sextortion-scam bluff, show why, and say who helps.

The public names are loaded when they are first used, so that `import scamcheck` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scamcheck.batch import Checked, check_many
    from scamcheck.errors import ScamcheckError
    from scamcheck.guidance import Answers, Guidance, ImageShared, guide
    from scamcheck.model.explain import explain
    from scamcheck.model.store import load_model
    from scamcheck.pipeline import check
    from scamcheck.readers import read
    from scamcheck.types import Assessment, Finding, Message, Span, Verdict

__version__ = "0.1.0"

_HOMES = {
    "Answers": "scamcheck.guidance",
    "Assessment": "scamcheck.types",
    "Checked": "scamcheck.batch",
    "Done": "scamcheck.guidance",
    "Finding": "scamcheck.types",
    "Guidance": "scamcheck.guidance",
    "Helper": "scamcheck.guidance",
    "How": "scamcheck.guidance",
    "ImageShared": "scamcheck.guidance",
    "Message": "scamcheck.types",
    "Mine": "scamcheck.guidance",
    "Minor": "scamcheck.guidance",
    "ScamcheckError": "scamcheck.errors",
    "Span": "scamcheck.types",
    "Urgent": "scamcheck.guidance",
    "Verdict": "scamcheck.types",
    "check": "scamcheck.pipeline",
    "check_many": "scamcheck.batch",
    "explain": "scamcheck.model.explain",
    "guide": "scamcheck.guidance",
    "load_model": "scamcheck.model.store",
    "read": "scamcheck.readers",
    "topic": "scamcheck.guidance",
}

__all__ = [
    "Answers",
    "Assessment",
    "Checked",
    "Done",
    "Finding",
    "Guidance",
    "Helper",
    "How",
    "ImageShared",
    "Message",
    "Mine",
    "Minor",
    "ScamcheckError",
    "Span",
    "Urgent",
    "Verdict",
    "__version__",
    "check",
    "check_many",
    "explain",
    "guide",
    "load_model",
    "read",
    "topic",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'scamcheck' has no attribute {name!r}")
