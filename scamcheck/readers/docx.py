"""Word documents (Office Open XML, ECMA-376 part 1): the text that Word shows, and apart from it what it hides.

The XML is read as a stream of events, never as a tree, so neither depth nor size of a hostile document costs memory.
Whatever could do something (macros, embedded objects, addresses outside) is named and left alone.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from scamcheck.errors import UnreadableInputError
from scamcheck.limits import (
    MAX_ARCHIVE_ENTRIES,
    MAX_ATTACHMENTS,
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENT_ELEMENTS,
    MAX_INPUT_BYTES,
    MAX_PART_CHARS,
)
from scamcheck.readers.archive import open_zip, overlapping, read_file, shown_name
from scamcheck.readers.docx_look import Attributes, Styles, TooMuchError, local_attributes, local_name
from scamcheck.readers.docx_text import TextReader
from scamcheck.types import Attachment, Message, Part

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENDINGS = (".docx", ".docm", ".dotx", ".dotm")
_MAIN = "word/document.xml"
_BEFORE = (r"word/header\d*\.xml",)
_AFTER = (
    *(r"word/diagrams/data\d*\.xml", r"word/footnotes\.xml", r"word/endnotes\.xml", r"word/comments\.xml"),
    r"word/footer\d*\.xml",
)
_PICTURE = re.compile(r"(?:word/)?media/[^/]{1,200}", re.IGNORECASE)
_CHUNK = re.compile(r"[^\0]{0,400}\.(?:mht|mhtml|html?|txt|rtf|eml)", re.IGNORECASE)  # 17.17.2: shown with the document
_ACTIVE = re.compile(r"vbaProject|/activeX/|/embeddings/|oleObject", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?:|ftp:|\\\\|file://(?!/)", re.IGNORECASE)
_STARTS_SOMETHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK)\b")
_MEDIA_TYPES = {
    **{"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp"},
    **{"tif": "image/tiff", "tiff": "image/tiff", "webp": "image/webp", "heic": "image/heic", "svg": "image/svg+xml"},
    **{"emf": "image/emf", "wmf": "image/wmf", "mht": "message/rfc822", "mhtml": "message/rfc822"},
    **{"eml": "message/rfc822", "htm": "text/html", "html": "text/html", "txt": "text/plain", "rtf": "text/rtf"},
}


class _Target(Protocol):
    def start(self, tag: str, attributes: Attributes) -> None: ...
    def end(self, _tag: str) -> None: ...
    def data(self, text: str) -> None: ...


@dataclass(slots=True)
class _Relations:
    """What a part refers to, as a target of the parser: the ends of the types of relation, and the places."""

    found: list[tuple[str, str, bool]] = field(default_factory=list)
    _elements: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._elements > MAX_ARCHIVE_ENTRIES:
            raise TooMuchError(f"the document has more than {MAX_ARCHIVE_ENTRIES} relations; the rest was not read")
        if local_name(tag) == "Relationship":
            values = local_attributes(attributes)
            kind = values.get("Type", "").rpartition("/")[2]
            self.found.append((kind, values.get("Target", ""), values.get("TargetMode") == "External"))

    def end(self, _tag: str) -> None: ...
    def data(self, text: str) -> None: ...


def matches(data: bytes, filename: str | None) -> bool:
    """Return whether the bytes are a Word document; by its name where the file is too damaged to tell."""
    if not data.startswith(b"PK"):
        return False
    try:
        names = open_zip(data).namelist()
    except UnreadableInputError:
        return bool(filename) and str(filename).lower().endswith(_ENDINGS)
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read(data: bytes, filename: str | None) -> Message:
    """Return the document as a message with one part; its pictures, not read yet, are the attachments.

    Raises UnreadableInputError where the file is damaged, defines entities of its own, or holds neither text nor
    picture.
    """
    try:
        package = _Package(open_zip(data))
        main = package.main
        styles = Styles()
        package.parse("word/styles.xml", styles)
        reader = TextReader(styles)
        texts = [package.text(name, reader) for name in (*package.like(_BEFORE), main, *package.like(_AFTER))]
        package.name_what_acts(main, reader.instructions)
    except (UnreadableInputError, DefusedXmlException) as error:
        raise _damaged() from error
    attachments = package.attachments()
    text = "\n".join(dict.fromkeys(filter(None, texts)))  # headers of first, even and other pages are often the same
    if not (text or reader.hidden or attachments):
        if package.damaged:
            raise _damaged()
        raise UnreadableInputError("There is no text in this document. Open it and paste what you see.", code="empty")
    if reader.is_hidden_cut:
        package.defects.append(f"the document hides more than {MAX_PART_CHARS} characters; the rest was not read")
    part = Part(MEDIA_TYPE, text, name=filename or "", hidden=reader.hidden)
    return Message(parts=(part,), attachments=attachments, defects=tuple(dict.fromkeys(package.defects)))


def _damaged() -> UnreadableInputError:
    return UnreadableInputError(
        "This document is damaged. Open it in Word and save it again, or paste its text.", code="damaged"
    )


class _Package:
    """The files of a document, read within one budget for its XML and one for its pictures."""

    def __init__(self, archive: ZipFile) -> None:
        self.defects: list[str] = []
        self.damaged = False
        if len(archive.filelist) > MAX_ARCHIVE_ENTRIES or overlapping(archive):
            raise _damaged()  # no program writes such a document
        self._archive = archive
        self._names = dict.fromkeys(archive.namelist())
        self._xml_bytes = MAX_DOCUMENT_BYTES

    @property
    def main(self) -> str:
        """The name of the main part: Word itself writes document.xml or document2.xml."""
        relations = _Relations()
        self.parse("_rels/.rels", relations)
        for kind, target, _ in relations.found:
            if kind == "officeDocument" and target.lstrip("/") in self._names:
                return target.lstrip("/")
        return next(iter(self.like((r"word/document\d*\.xml",))), _MAIN)

    def like(self, patterns: tuple[str, ...]) -> list[str]:
        """Return the names that match, in the order of the patterns, numbers from small to large."""
        found = [
            (number, len(name), name)
            for number, pattern in enumerate(patterns)
            for name in self._names
            if re.fullmatch(pattern, name, re.IGNORECASE)
        ]
        return [name for *_, name in sorted(found)]

    def parse(self, name: str, target: _Target) -> None:
        """Feed a file to a target, as far as it can be read; what cannot be is a defect.

        Raises DefusedXmlException where the file has a document type, which no program writes here.
        """
        if name not in self._names:
            return
        try:
            source = read_file(self._archive, name, self._xml_bytes)
            self._xml_bytes -= len(source)
            if source.count(b"=") > 2 * MAX_DOCUMENT_ELEMENTS:
                raise TooMuchError(
                    f"a part of the document has too many attributes and was not read: {shown_name(name)}"
                )
            parser = DefusedXMLParser(target=target, forbid_dtd=True)
            parser.feed(source)
            parser.close()
        except TooMuchError as error:
            self.defects.append(str(error))
        except (ParseError, UnreadableInputError, ValueError) as error:
            if isinstance(error, DefusedXmlException):
                raise
            self.damaged = True
            self.defects.append(f"a part of the document is damaged or too large: {shown_name(name)}")

    def text(self, name: str, reader: TextReader) -> str:
        """Return the shown text of a part."""
        reader.begin()
        self.parse(name, reader)
        return reader.shown

    def name_what_acts(self, main: str, instructions: str) -> None:
        """Name macros, embedded files, and whatever would be fetched from elsewhere."""
        for name in self._names:
            if _ACTIVE.search(name) and not name.endswith((".rels", "/")):
                self.defects.append(f"a program or file in the document was not opened: {shown_name(name)}")
        if _STARTS_SOMETHING.search(instructions):
            self.defects.append("a field of the document fetches or starts something; it was left alone")
        folder, _, base = main.rpartition("/")
        for source in (f"{folder}/_rels/{base}.rels", "word/_rels/settings.xml.rels"):
            relations = _Relations()
            self.parse(source, relations)
            for kind, target, external in relations.found:
                if external and kind != "hyperlink" and _OUTSIDE.match(target):
                    self.defects.append(f"the document points to an outside {shown_name(kind)}, which was not fetched")

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the pictures, and the pages of other kinds that Word shows within the document."""
        found: list[Attachment] = []
        budget, left = MAX_INPUT_BYTES, 0
        for name in self._names:
            if not (_PICTURE.fullmatch(name) or _CHUNK.fullmatch(name)) or _ACTIVE.search(name):
                continue
            if len(found) >= MAX_ATTACHMENTS:
                left += 1
                continue
            base = shown_name(name.rpartition("/")[2])
            try:
                data = read_file(self._archive, name, budget)
            except UnreadableInputError:
                self.defects.append(f"a picture of the document is damaged or too large and was not read: {base}")
                continue
            budget -= len(data)
            media_type = _MEDIA_TYPES.get(base.rpartition(".")[2].lower(), "application/octet-stream")
            found.append(Attachment(base, media_type, data))
        if left:
            self.defects.append(f"the document has {left} more pictures, which were not read")
        return tuple(found)
