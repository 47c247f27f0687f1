// title = "Concepts that two concepts have claims with"
// description = """
// Concepts with a supported claim, in either direction, to each of two concepts. The score is the smaller of the two best beliefs.
// """
// [returns]
// neighbour_id = "id of the shared neighbour"
// neighbour = "its name"
// category = "its main category"
// score = "smaller of the best belief to each side"
// first_claims = "claims with the first concept: assertion_id, predicate, sign, belief"
// second_claims = "claims with the second concept, the same way"
// [parameters.first]
// type = "concept"
// help = "one concept"
// example = "IL-1ra"
// [parameters.second]
// type = "concept"
// help = "the other concept"
// example = "depression"
// [parameters.category]
// type = "string"
// default = ""
// help = "only concepts of this category, such as Drug or Cytokine; empty for all"
// example = "Disease"
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (first:Concept {id: $first})
MATCH (second:Concept {id: $second})
MATCH (first)-[r1:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(n:Concept)
WHERE NOT r1.negated AND n <> first AND n <> second AND ($category = '' OR $category IN n.categories)
MATCH (n)-[r2:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(second)
WHERE NOT r2.negated
WITH n, max(r1.belief) AS first_best, max(r2.belief) AS second_best, collect(DISTINCT r1) AS first_edges, collect(DISTINCT r2) AS second_edges
WITH n, CASE WHEN first_best < second_best THEN first_best ELSE second_best END AS score, first_edges, second_edges
ORDER BY score DESC, n.name, n.id
LIMIT $limit
CALL (first_edges) {
  UNWIND first_edges AS r
  WITH r
  ORDER BY r.belief DESC, r.assertion_id
  RETURN collect({assertion_id: r.assertion_id, predicate: toLower(type(r)), sign: r.sign, belief: r.belief}) AS first_claims
}
CALL (second_edges) {
  UNWIND second_edges AS r
  WITH r
  ORDER BY r.belief DESC, r.assertion_id
  RETURN collect({assertion_id: r.assertion_id, predicate: toLower(type(r)), sign: r.sign, belief: r.belief}) AS second_claims
}
RETURN n.id AS neighbour_id, n.name AS neighbour, n.category AS category, score, first_claims, second_claims
ORDER BY score DESC, neighbour, neighbour_id
LIMIT $limit
