"""The forms of trigger verbs, and the tables of words."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.lexis import inflect, load_forms
from litkg.nlp.grammar.multiwords import MULTIWORDS
from litkg.nlp.grammar.nodes import CODES


@pytest.mark.parametrize(
    ("lemma", "flag", "forms"),
    [
        ("increase", "", "increase increases increased increasing"),
        ("suppress", "", "suppress suppresses suppressed suppressing"),
        ("modify", "", "modify modifies modified modifying"),
        ("destroy", "", "destroy destroys destroyed destroying"),
        ("diminish", "", "diminish diminishes diminished diminishing"),
        ("attach", "", "attach attaches attached attaching"),
        ("block", "", "block blocks blocked blocking"),
        ("stop", "pp", "stop stops stopped stopping"),
        ("rise", "rose,risen,rising", "rise rises rose risen rising"),
        ("up-regulate", "", "up-regulate up-regulates up-regulated up-regulating"),
    ],
)
def test_verb_has_its_forms(lemma: str, flag: str, forms: str) -> None:
    assert sorted(inflect(lemma, flag)) == sorted(forms.split())


def test_verb_with_a_particle_keeps_it_in_every_form() -> None:
    assert inflect("give rise to", "gave rise to,given rise to,giving") == {
        "give rise to": "VB",
        "gives rise to": "VBZ",
        "gave rise to": "VBD",
        "given rise to": "VBN",
        "giving rise to": "VBG",
    }


def test_same_form_is_read_as_past_first() -> None:
    assert inflect("lead to", "led to,led to,leading to")["led to"] == "VBD"


@pytest.mark.parametrize(
    ("words", "lemma", "tag"),
    [
        ("suppressed", "suppress", "VBD"),
        ("suppression", "suppress", "NN"),
        ("upregulates", "upregulate", "VBZ"),
        ("leads to", "lead to", "VBZ"),
        ("rose", "rise", "VBD"),
        ("activation", "activate", "NN"),
    ],
)
def test_form_leads_to_its_verb(words: str, lemma: str, tag: str) -> None:
    assert (lemma, tag) in {(form.trigger.lemma, form.tag) for form in load_forms()[tuple(words.split())]}


def test_verb_readings_come_before_noun_readings() -> None:
    for forms in load_forms().values():
        tags = [form.tag == "NN" for form in forms]
        assert tags == sorted(tags)


def test_every_trigger_has_a_known_class_and_aspect() -> None:
    rows = list(csv.DictReader(files("litkg.nlp.grammar").joinpath("data/triggers.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert {row["aspect"] for row in rows} <= {"", "activity", "abundance", "expression", "secretion", "severity"}
    assert all(row["lemma"] == row["lemma"].lower().strip() and row["class"].isupper() for row in rows)
    assert not [row["lemma"] for row in rows if None in row or None in row.values()]


def test_no_verb_is_listed_twice_with_one_class() -> None:
    rows = list(csv.DictReader(files("litkg.nlp.grammar").joinpath("data/triggers.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    keys = [(row["lemma"], row["class"]) for row in rows]
    assert sorted(keys) == sorted(set(keys))


def test_multiwords_have_tags_that_exist_and_fit_the_longest_match() -> None:
    assert set(MULTIWORDS.values()) | set(lexis.PREPOSITIONS.values()) <= set(CODES)
    assert max(map(len, MULTIWORDS)) <= 4
    assert max(map(len, load_forms())) <= 4
    assert all(word == word.lower() for words in MULTIWORDS for word in words)


def test_words_of_opposite_meaning_are_apart() -> None:
    assert not lexis.UP_ADJECTIVES & lexis.DOWN_ADJECTIVES
    assert not lexis.BLOCKERS & lexis.STIMULATORS
    assert not lexis.GAIN_OF_FUNCTION_WORDS & lexis.LOSS_OF_FUNCTION_WORDS
