"""What to do, and who helps: chosen from the assessment, the reader's answers, the country and the language."""

from scamcheck.guidance.advice import COUNTRIES, Guidance, guide, guide_case
from scamcheck.guidance.answers import Answers, Done, Helper, How, ImageShared, Mine, Minor, Urgent
from scamcheck.guidance.countries import country_name, likely_country
from scamcheck.guidance.organisations import Contact
from scamcheck.guidance.situations import SITUATIONS, Case
from scamcheck.guidance.topics import TOPICS, Topic, topic

__all__ = [
    "COUNTRIES",
    "SITUATIONS",
    "TOPICS",
    "Answers",
    "Case",
    "Contact",
    "Done",
    "Guidance",
    "Helper",
    "How",
    "ImageShared",
    "Mine",
    "Minor",
    "Topic",
    "Urgent",
    "country_name",
    "guide",
    "guide_case",
    "likely_country",
    "topic",
]
