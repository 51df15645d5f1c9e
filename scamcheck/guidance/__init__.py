"""What to do, and who helps: chosen from the assessment, the reader's answers, the country and the language."""

from scamcheck.guidance.advice import COUNTRIES, Guidance, guide
from scamcheck.guidance.organisations import Contact
from scamcheck.guidance.situations import Answers, ImageShared

__all__ = ["COUNTRIES", "Answers", "Contact", "Guidance", "ImageShared", "guide"]
