"""Asking whether a web page still answers: the one place of scamcheck that opens a connection, and only when asked.

Nothing is sent but the request for the address itself, which comes from our own records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from scamcheck.limits import MAX_PROBE_BYTES, MAX_PROBE_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: the HTTP status (RFC 9110), or 0 and the reason where there was no answer."""

    host: str
    status: int
    reason: str = ""

    @property
    def reached(self) -> bool:
        """Whether the page is there; a redirect that was not followed is no page."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


class _SameKind(HTTPRedirectHandler):
    """Follow a redirect only to the schemes that may be asked at all."""

    def __init__(self, schemes: Sequence[str]) -> None:
        self._schemes = schemes

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in self._schemes:
            raise URLError(f"it leads to {urlsplit(newurl).scheme or 'nothing'}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def probe(url: str, *, schemes: Sequence[str] = ("https",), seconds: float = MAX_PROBE_SECONDS) -> Answer:
    """Return what the host of the address answers to HEAD, or to GET where it refuses HEAD. Nothing is raised."""
    host = urlsplit(url).hostname or url
    if urlsplit(url).scheme not in schemes:
        return Answer(host, 0, "its scheme is not asked")
    opener = _opener(schemes)
    answer = _ask(opener, url, host, "HEAD", seconds)
    return _ask(opener, url, host, "GET", seconds) if answer.status >= HTTPStatus.BAD_REQUEST else answer


def _opener(schemes: Sequence[str]) -> OpenerDirector:
    opener = OpenerDirector()
    handlers = [HTTPDefaultErrorHandler(), HTTPErrorProcessor(), ProxyHandler(), UnknownHandler(), _SameKind(schemes)]
    # Only what is named here can be opened: no files, no FTP, no data URLs.
    for handler in (*handlers, *({"https": HTTPSHandler, "http": HTTPHandler}[scheme]() for scheme in schemes)):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "scamcheck")]
    return opener


def _ask(opener: OpenerDirector, url: str, host: str, method: str, seconds: float) -> Answer:
    try:
        request = Request(url, method=method)  # noqa: S310 - the opener knows the allowed schemes only
        with opener.open(request, timeout=seconds) as response:
            response.read(MAX_PROBE_BYTES)
            return Answer(host, response.status)
    except HTTPError as error:
        with error:
            return Answer(host, error.code, str(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return Answer(host, 0, str(getattr(error, "reason", error)) or type(error).__name__)
