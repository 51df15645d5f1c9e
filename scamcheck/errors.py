"""The one exception tree. Every message is a sentence that tells the reader what to do next."""


class ScamcheckError(Exception):
    """Any failure that scamcheck foresees."""


class UnreadableInputError(ScamcheckError):
    """The input cannot be read as a message.

    `code` names the reason for programs and translations, a key under `errors` in the language files: empty, too_large,
    too_slow, stopped, picture, binary, damaged, encrypted, missing_package or several.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class ModelError(ScamcheckError):
    """The model file is absent, damaged, or made for another version."""


class CorpusError(ScamcheckError):
    """A file of the training corpus or of an evaluation folder breaks its format."""


class LanguageError(ScamcheckError):
    """A language, a country or a text in it is not there."""


class MissingPackageError(ScamcheckError):
    """An optional package is not installed. The message says how to add it."""
