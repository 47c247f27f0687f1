"""Every reader on broken inputs: it returns documents that keep their invariants, or says in an InputError why not, in bounded time and memory."""

from __future__ import annotations

import logging
import os

import pytest

from tests.fuzz.mutations import MAX_BYTES, input_number
from tests.fuzz.readers import READERS
from tests.fuzz.rounds import CRASHERS, TooSlow, run
from tests.fuzz.seeds import SEEDS

ROUNDS = int(os.environ.get("LITKG_FUZZ_ROUNDS", "300"))
"""Inputs a reader; a night has a million: python -m tests.fuzz --rounds 1000000."""
CRASHED = sorted(path.relative_to(CRASHERS).as_posix() for path in CRASHERS.glob("*/*.bin"))


@pytest.fixture(autouse=True)
def _no_words_of_pdfminer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="pdfminer")


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_reads_or_refuses(reader: str) -> None:
    crashes = {number: crash for number in range(ROUNDS) if (crash := run(READERS[reader], input_number(reader, number))) is not None}
    assert not crashes


@pytest.mark.parametrize("name", CRASHED)
def test_what_once_crashed_a_reader_no_longer_does(name: str) -> None:
    crash = run(READERS[name.partition("/")[0]], (CRASHERS / name).read_bytes())
    assert crash is None, crash.text


@pytest.mark.parametrize("reader", READERS)
def test_seeds_are_read_whole(reader: str) -> None:
    for seed in SEEDS[reader][:1]:
        READERS[reader](seed)


def test_inputs_are_the_same_by_number_and_differ_between_numbers() -> None:
    for reader in READERS:
        inputs = [input_number(reader, number) for number in range(20)]
        assert inputs == [input_number(reader, number) for number in range(20)]
        assert len(set(inputs)) > 10
        assert max(map(len, inputs)) <= MAX_BYTES


def test_the_harness_notices_a_crash_and_a_reader_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes) -> None:
        raise KeyError(data)

    def hang(data: bytes) -> None:
        while True:
            pass

    def swallow(data: bytes) -> None:
        try:
            hang(data)
        except Exception:
            return

    monkeypatch.setattr("tests.fuzz.rounds.CPU_LIMIT_S", 0.05)
    found = [run(broken, b"x") for broken in (crash, hang, swallow)]
    assert [item.kind for item in found if item] == ["KeyError", TooSlow.__name__, TooSlow.__name__]
