"""Fetches PubMed records and PMC articles from the NCBI E-utilities.

Owns NCBI's rules (three calls a second, ten with a key; tool and email named) and the shapes of its refusals; the answers are read by `pubmed` and `jats`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from io import BytesIO

from litkg.errors import InputError, NetworkError
from litkg.model import RawDocument
from litkg.sources.content import Notify
from litkg.sources.detect import HEAD_BYTES, Format, detect_format
from litkg.sources.http import Patience, RateLimit, fetch_bytes, redact
from litkg.sources.jats import parse_jats
from litkg.sources.pubmed import parse_pubmed

OFFICIAL_BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
CALLS_PER_SECOND = 3.0
CALLS_PER_SECOND_WITH_KEY = 10.0
"""Limits of NCBI: "Frequency, Timing and Registration of E-utility URL Requests", E-utilities Help, chapter 2."""
IDS_PER_CALL = 200
"""More ids than this should go by POST, says the same chapter."""
_LIMIT_BYTES = 256 << 20
_ROOT_END = re.compile(rb"</\s*(?:PubmedArticleSet|pmc-articleset|eFetchResult|article|ERROR)\s*>\s*\Z|<(?:PubmedArticleSet|pmc-articleset)\s*/>\s*\Z")
_ERROR = re.compile(rb"<ERROR>(.*?)</ERROR>|\"error\"\s*:\s*\"(.*?)\"", re.DOTALL)


class NcbiClient:
    """A client with a rate limit of its own; `base_url` is for mirrors and tests."""

    def __init__(
        self, base_url: str | None = None, *, api_key: str | None = None, email: str | None = None, tool: str = "litkg", patience: Patience | None = None
    ) -> None:
        self.base_url = (base_url or OFFICIAL_BASE_URL).rstrip("/") + "/"
        self.patience = patience or Patience()
        self.user_agent = f"{tool}/{version('litkg')}"
        self._api_key = api_key
        self._identity = {"tool": tool} | ({"email": email} if email else {}) | ({"api_key": api_key} if api_key else {})
        self._rate = RateLimit(CALLS_PER_SECOND_WITH_KEY if api_key else CALLS_PER_SECOND, self.patience)

    def __repr__(self) -> str:
        return f"NcbiClient({self.base_url!r})"

    def fetch_pubmed(self, pmids: Sequence[str], *, notify: Notify) -> Iterator[RawDocument]:
        """Yield the records of these PubMed ids in the order of NCBI's answer; one that PubMed does not know is missing from it.

        Raises: NetworkError where NCBI does not answer, InputError where it refuses.
        """
        for batch in _batches(pmids):
            yield from parse_pubmed(BytesIO(self._fetch("pubmed", batch)), source=f"PMID:{','.join(batch)}", notify=notify)

    def fetch_pmc(self, numbers: Sequence[str], *, notify: Notify) -> Iterator[RawDocument]:
        """Yield the articles of these PMC ids, given without their "PMC"; one that PMC does not know is missing.

        Raises: NetworkError where NCBI does not answer, InputError where it refuses.
        """
        for batch in _batches(numbers):
            yield from parse_jats(BytesIO(self._fetch("pmc", batch)), source=f"PMC:{','.join(f'PMC{number}' for number in batch)}", notify=notify)

    def _fetch(self, database: str, ids: Sequence[str]) -> bytes:
        """Return an article set; NCBI's word for "none of these ids" is turned into an empty one."""
        name = f"NCBI EFetch {database} {','.join(ids[:5])}{'...' if len(ids) > 5 else ''}"
        empty = b"<PubmedArticleSet/>" if database == "pubmed" else b"<pmc-articleset/>"
        secrets = (self._api_key,) if self._api_key else ()
        try:
            body = fetch_bytes(
                f"{self.base_url}efetch.fcgi",
                params={"db": database, "id": ",".join(ids), "retmode": "xml", **({"rettype": "xml"} if database == "pubmed" else {}), **self._identity},
                name=name,
                user_agent=self.user_agent,
                limit_bytes=_LIMIT_BYTES,
                patience=self.patience,
                rate=self._rate,
                secrets=secrets,
                is_complete=lambda body: _ROOT_END.search(body[-4096:]) is not None or not body.lstrip().startswith(b"<") or _is_page(body),
            ).body
        except InputError as error:
            words = str(error).casefold()
            if "api key" in words or "api_key" in words:
                raise NetworkError(f"{name}: NCBI refuses the API key: check NCBI_API_KEY, or unset it") from None
            if "id list is empty" in words or "cannot get document summary" in words or "cannot retrieve" in words or "not found" in words:
                return empty
            raise
        failure = _ERROR.search(body[:HEAD_BYTES])
        if failure and b"Article>" not in body:
            words = " ".join((failure[1] or failure[2] or b"").decode("utf-8", "replace").split())
            if re.search(r"empty|not available|cannot|no items|not found|uid", words, re.IGNORECASE):
                return empty
            raise NetworkError(redact(f"{name}: NCBI reports an error: {words[:200]}: try again later", secrets))
        if not body.strip():
            return empty
        expected = Format.PUBMED if database == "pubmed" else Format.JATS
        try:
            found = detect_format(body[:HEAD_BYTES], source=name)
        except InputError as error:
            raise NetworkError(redact(f"{error} (an answer that is no article set; is the base URL right? {self.base_url})", secrets)) from error
        if found is not expected:
            raise NetworkError(f"{name}: the answer is no article set but {found}: is the base URL right? {self.base_url}")
        return body


def _is_page(body: bytes) -> bool:
    return b"<html" in body[:2048].lower()


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), IDS_PER_CALL):
        yield list(ids[start : start + IDS_PER_CALL])
