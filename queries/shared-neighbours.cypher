// title = "Concepts that two concepts have claims with"
// description = """
// Concepts with a supported claim, in either direction, to each of two concepts. The score is the smaller of the two best beliefs.
// """
// best_first = "min_belief"
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
// [parameters.min_belief]
// type = "number"
// default = 0.0
// minimum = 0
// maximum = 1
// help = "least score, 0 to 1"
// example = 0.5
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (first:Concept {id: $first})
MATCH (second:Concept {id: $second})
CALL (first, second) {
  MATCH (first)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(n:Concept)
  WHERE r.belief >= $min_belief AND NOT r.negated AND n <> first AND n <> second AND ($category = '' OR $category IN n.categories)
  RETURN n.id AS shared, n.name AS name, r.belief AS to_first, null AS to_second
  UNION ALL
  MATCH (second)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(n:Concept)
  WHERE r.belief >= $min_belief AND NOT r.negated AND n <> first AND n <> second AND ($category = '' OR $category IN n.categories)
  RETURN n.id AS shared, n.name AS name, null AS to_first, r.belief AS to_second
}
WITH first, second, shared, name, max(to_first) AS first_best, max(to_second) AS second_best
WHERE first_best IS NOT NULL AND second_best IS NOT NULL
WITH first, second, shared, name, CASE WHEN first_best < second_best THEN first_best ELSE second_best END AS score
ORDER BY score DESC, name, shared
LIMIT $limit
MATCH (n:Concept {id: shared})
CALL (n, first) {
  MATCH (n)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(first)
  WHERE NOT r.negated
  WITH DISTINCT r
  ORDER BY r.belief DESC, r.assertion_id
  RETURN collect({assertion_id: r.assertion_id, predicate: toLower(type(r)), sign: r.sign, belief: r.belief}) AS first_claims
}
CALL (n, second) {
  MATCH (n)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(second)
  WHERE NOT r.negated
  WITH DISTINCT r
  ORDER BY r.belief DESC, r.assertion_id
  RETURN collect({assertion_id: r.assertion_id, predicate: toLower(type(r)), sign: r.sign, belief: r.belief}) AS second_claims
}
RETURN n.id AS neighbour_id, n.name AS neighbour, n.category AS category, score, first_claims, second_claims
ORDER BY score DESC, neighbour, neighbour_id
LIMIT $limit
