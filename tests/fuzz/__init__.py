"""Fuzzing of every reader: seeds of our own words, mutated by number, read under limits of time and memory.

`python -m tests.fuzz READER --rounds N` runs long; `LITKG_FUZZ_ROUNDS` says how many rounds a reader has in the tests. What once crashed a reader is kept in
`crashers/<reader>/` and read again by every run of the tests.
"""
