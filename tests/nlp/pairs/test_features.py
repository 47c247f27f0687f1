"""Features of a pair: what stands between, the way through the tree, and the order."""

from __future__ import annotations

from litkg.nlp.pairs.features import GROUPS, features_of, scene_of
from tests.nlp.pairs.scenes import ARGUMENTS, ASPIRIN

CLUSTERS = [(number, number + 10, number + 20) for number in range(7)]


def test_features_name_words_by_their_roles() -> None:
    found = features_of(scene_of(ASPIRIN, ARGUMENTS, CLUSTERS), 0, 2)
    assert {"m|lower|so", "m|@Chemical|so", "T|lower", "w|nsubj|nmod<dobj", "A|nsubj|dobj", "NlS|aspirin", "xp0|c|3", "e|1|so"} <= set(found)
    assert "P|@Chemical" not in found
    assert {GROUPS[group] for group in found.values()} == set(GROUPS) - {"classes"}


def test_the_other_way_round_has_other_features() -> None:
    scene = scene_of(ASPIRIN, ARGUMENTS, CLUSTERS)
    forward, backward = features_of(scene, 0, 2), features_of(scene, 2, 0)
    assert {"o|so", "w|nsubj|nmod<dobj"} <= set(forward)
    assert {"o|os", "w|nmod>dobj|nsubj"} <= set(backward)
    assert "m|lower|so" not in backward


def test_a_list_is_passed_over_on_the_way() -> None:
    found = features_of(scene_of(ASPIRIN, ARGUMENTS, CLUSTERS), 1, 2)
    assert "w|nsubj|nmod<dobj" in found, "zinc hangs on aspirin as a conjunct"
