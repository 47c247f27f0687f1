from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from litkg.errors import InputError, LitkgError, NetworkError
from litkg.model import RawDocument
from litkg.sources.http import Patience
from litkg.sources.ncbi import NcbiClient
from litkg.sources.registry import Skip, open_target
from tests.sources.fake_ncbi import Reply, serve
from tests.sources.test_jats import FRONT, IDS, NAMES
from tests.sources.test_pubmed import articles, record

KEY = "sesame-0123"


class Watch:
    """A clock that moves only when someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, tries: int = 4) -> Patience:
        return Patience(tries=tries, sleep=self.sleep, clock=lambda: self.now, connect_timeout_s=2, read_timeout_s=2)


def pubmed(_: int, query: dict[str, str]) -> Reply:
    """Answer like PubMed for ids below 900."""
    return Reply(articles(*(record(int(number)) for number in query["id"].split(",") if int(number) < 900)))


def article_set(body: str = "<body><p>Text.</p></body>") -> Reply:
    return Reply(f"<?xml version='1.0'?><pmc-articleset><article {NAMES}>{FRONT.format(ids=IDS, extra='')}{body}</article></pmc-articleset>".encode())


def fetch(
    answer: Callable[[int, dict[str, str]], Reply],
    target: str = "PMID:1",
    *,
    watch: Watch | None = None,
    on_skip: Callable[[Skip], None] | None = None,
    key: str = KEY,
) -> tuple[list[RawDocument], list[dict[str, str]]]:
    with serve(answer) as server:
        client = NcbiClient(server.url, api_key=key or None, email="someone@example.org", patience=(watch or Watch()).patience())
        return list(open_target(target, client=client, on_skip=on_skip)), server.calls


def test_fetches_several_records_in_one_call_that_names_itself() -> None:
    documents, calls = fetch(pubmed, "PMID:3,4,3")
    assert [document.id for document in documents] == ["PMID:3", "PMID:4"]
    assert [document.source for document in documents] == ["PMID:3", "PMID:4"]
    assert len(calls) == 1
    identity = {"tool": "litkg", "email": "someone@example.org", "api_key": KEY}
    assert calls[0] == {"path": "/eutils/efetch.fcgi", "db": "pubmed", "id": "3,4", "retmode": "xml", "rettype": "xml"} | identity


def test_fetches_an_article() -> None:
    documents, calls = fetch(lambda *_: article_set(), "PMC:PMC123")
    assert [document.id for document in documents] == ["PMC:PMC123"]
    assert (calls[0]["db"], calls[0]["id"]) == ("pmc", "123")


def test_an_article_without_full_text_is_read_and_told(caplog: pytest.LogCaptureFixture) -> None:
    documents, _ = fetch(lambda *_: article_set(""), "PMC:123")
    assert len(documents) == 1
    assert "has no full text here" in caplog.text


def test_ids_that_are_not_known_are_skipped_with_a_reason() -> None:
    skips: list[Skip] = []
    documents, _ = fetch(pubmed, "PMID:1,999", on_skip=skips.append)
    assert [document.id for document in documents] == ["PMID:1"]
    assert [(skip.path, "no such record" in skip.reason) for skip in skips] == [("PMID:999", True)]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<PubmedArticleSet/>"),
        Reply(b""),
        Reply(b'<?xml version="1.0"?><PubmedArticleSet><ERROR>Empty result - nothing to do</ERROR></PubmedArticleSet>'),
        Reply(b'{"error":"error forwarding request: ID list is empty"}', status=400),
        Reply(b"<eFetchResult><ERROR>Cannot retrieve record</ERROR></eFetchResult>"),
    ],
)
def test_every_way_of_saying_unknown_is_one_clear_error(reply: Reply) -> None:
    with pytest.raises(InputError, match="PMID:1: PubMed has no such record"):
        fetch(lambda *_: reply)


@pytest.mark.parametrize(
    ("failure", "waits"),
    [
        (Reply(b"slow down", status=429), [1.0]),
        (Reply(b"slow down", status=429, headers={"Retry-After": "7"}), [7.0]),
        (Reply(b"slow down", status=429, headers={"Retry-After": "900"}), [60.0]),
        (Reply(b"oops", status=500), [1.0]),
        (Reply(b"oops", status=503), [1.0]),
        (Reply(articles(record(1)), cut=50), [1.0]),
        (Reply(articles(record(1))[:-30]), [1.0]),
    ],
)
def test_tries_again_after_a_passing_failure(failure: Reply, waits: list[float]) -> None:
    watch = Watch()
    documents, calls = fetch(lambda number, query: failure if number == 0 else pubmed(number, query), watch=watch)
    assert [document.id for document in documents] == ["PMID:1"]
    assert len(calls) == 2
    assert watch.slept == waits


def test_waits_twice_as_long_each_time_and_then_gives_up() -> None:
    watch = Watch()
    with pytest.raises(NetworkError, match=r"no answer after 4 tries \(status 502 Bad Gateway\)"):
        fetch(lambda *_: Reply(b"", status=502), watch=watch)
    assert watch.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(("key", "least"), [("", 4 / 3 - 0.01), (KEY, 0.4 - 0.01)])
def test_keeps_to_the_rate(key: str, least: float) -> None:
    watch = Watch()
    with serve(pubmed) as server:
        client = NcbiClient(server.url, api_key=key or None, patience=watch.patience())
        for number in range(1, 6):
            list(open_target(f"PMID:{number}", client=client))
    assert least <= watch.now < least + 0.1


def test_many_ids_go_in_several_calls() -> None:
    documents, calls = fetch(pubmed, "PMID:" + ",".join(str(number) for number in range(1, 251)))
    assert len(documents) == 250
    assert [len(call["id"].split(",")) for call in calls] == [200, 50]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(f'{{"error":"API key invalid","api-key":"{KEY}"}}'.encode(), status=400),
        Reply(f"bad request for api_key={KEY}".encode(), status=400),
        Reply(f"<html><body>Not here {KEY}</body></html>".encode(), status=404),
        Reply(b"", status=500),
        Reply(f"<eFetchResult><ERROR>Database {KEY} broke</ERROR></eFetchResult>".encode()),
        Reply(f"<html><body><p>A page about {KEY}</p></body></html>".encode()),
    ],
)
def test_the_key_is_in_no_error_and_no_log(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(LitkgError) as caught:
        fetch(lambda *_: reply)
    assert KEY not in str(caught.value)
    assert KEY not in caplog.text
    assert KEY not in repr(caught.value.__cause__)
    assert KEY not in repr(NcbiClient("http://x", api_key=KEY))
    assert "\n" not in str(caught.value)


def test_a_server_that_is_down_is_a_network_error() -> None:
    with serve(pubmed) as server:
        pass
    watch = Watch()
    with pytest.raises(NetworkError, match=r"no answer after 4 tries \(cannot connect\)"):
        list(open_target("PMID:1", client=NcbiClient(server.url, api_key=KEY, patience=watch.patience())))


def test_an_address_is_read_by_its_content() -> None:
    page = b"<html><body><p>The level of the cytokine fell in all the patients who were given the drug for a week.</p></body></html>"
    with serve(lambda *_: Reply(page)) as server:
        (document,) = open_target(f"{server.url}page", client=NcbiClient(server.url, patience=Watch().patience()))
    assert (document.format, document.source) == ("webpage", f"{server.url}page")


def test_an_address_that_is_gone_is_an_input_error() -> None:
    with serve(lambda *_: Reply(b"gone", status=404)) as server, pytest.raises(InputError, match="404"):
        list(open_target(f"{server.url}page", client=NcbiClient(patience=Watch().patience())))


@pytest.mark.parametrize("target", ["PMID:", "PMID:abc", "PMID:1,x", "PMC:PMCx", "PMID:0"])
def test_refuses_what_is_no_id(target: str) -> None:
    with pytest.raises(InputError, match="not a list of ids"):
        list(open_target(target, client=NcbiClient()))
