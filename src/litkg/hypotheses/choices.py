"""The names that a search for hypotheses may be given: what the command line shows without loading scipy.

Owns the names; what they mean stands where they are worked out.
"""

from __future__ import annotations

LAYERS = ("claims", "mentions", "any")
"""What counts as a link, and what as known of two concepts: that a claim holds, that a document mentions both, or either."""

METRICS = ("combined", "belief", "causal", "caused", "linked", "support", "jaccard", "npmi", "log-likelihood", "fisher")
"""How strong a link is (`litkg.hypotheses.metrics`)."""

PATH_AGGREGATES = ("min", "product", "mean", "max")
"""From the strengths of a path's links to that of the path (`litkg.hypotheses.discovery`)."""

LINK_AGGREGATES = ("sum", "max", "mean", "count", "noisy-or", "ltc-amw", "adamic-adar", "cohesiveness", "dwpc")
"""From the strengths of the paths to a target to its score (`litkg.hypotheses.scoring`)."""

MOST_INTERMEDIATES = 3

BREADTH = 200
"""Of paths that are to go on, the strongest so many do."""

RANKINGS = ("paths", "learned")
"""What ranks: the score of the search, or a ranker that has learned from the past of the graph (`litkg.hypotheses.ranker`)."""

FORMATS = ("table", "csv", "json", "markdown", "html")

VERDICTS = ("kept", "rejected", "known")
"""What a user may say of a pair of concepts (`litkg.hypotheses.marks`)."""

SET_ASIDE = ("rejected", "known")
"""Verdicts that take a pair out of what is shown, unless it is asked for."""
