"""How strong a link between two concepts is: by the documents that mention both, by what is claimed, or by both together.

Owns the metrics by name; refuses paths.
"""

from __future__ import annotations

import numpy as np

from litkg.hypotheses.cooccurrence import COUNTED
from litkg.hypotheses.links import Links, Places
from litkg.hypotheses.literature import Floats, Ints

HALF_SURE = 5.0
"""Documents that mention both, without a claim, after which the combined metric holds a link to be as likely as not."""

CLAIM_WEIGHT = 0.5
"""What the combined metric makes of belief in a claim. Both are rounded from time slices of two graphs of abstracts (docs/hypotheses.md), where the middle of a
wide range did best."""

LINKING = frozenset({"combined", "belief", "causal", "caused", "linked", "support", "jaccard", "fisher"})
"""Metrics of which 0 says that nothing links the two: such links are on no path. The others have values below 0, too."""

DIRECTED = frozenset({"causal", "caused"})
"""Metrics that are not the same from both ends."""


def strength(links: Links, metric: str, concepts: Ints, places: Places) -> Floats:
    """Return the strength of the links at `places`, in the rows of `concepts`, one for each place.

    Raises: KeyError for a metric that is none of `choices.METRICS`.
    """
    match metric:
        case "combined":
            shared = links.shared[places].astype(np.float64)
            doubt: Floats = (1.0 - CLAIM_WEIGHT * links.told[places].astype(np.float64)) * (HALF_SURE / (HALF_SURE + shared))
            return 1.0 - doubt
        case "belief":
            return links.told[places].astype(np.float64)
        case "causal":
            return links.acts[places].astype(np.float64)
        case "caused":
            back: Places = links.back[places]
            return links.acts[back].astype(np.float64)
        case "linked":
            return np.ones(len(places))
    shared = links.shared[places].astype(np.float64)
    first = links.mentioning[concepts].astype(np.float64)
    second = links.mentioning[links.other[places]].astype(np.float64)
    return COUNTED[metric](shared, first, second, float(max(links.n_documents, 1)))
