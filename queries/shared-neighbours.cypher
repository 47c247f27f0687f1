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
MATCH (c:Concept {id: $first})<-[own:SUBJECT|OBJECT]-(a:Assertion)-[other:SUBJECT|OBJECT]->(n:Concept)
WHERE type(own) <> type(other) AND NOT a.negated AND n.id <> $first AND n.id <> $second AND ($category = '' OR $category IN n.categories)
WITH n, a
ORDER BY a.belief DESC, a.id
WITH n, max(a.belief) AS first_best, collect({assertion_id: a.id, predicate: a.predicate, sign: a.sign, belief: a.belief}) AS first_claims
MATCH (c:Concept {id: $second})<-[own:SUBJECT|OBJECT]-(a:Assertion)-[other:SUBJECT|OBJECT]->(n)
WHERE type(own) <> type(other) AND NOT a.negated
WITH n, first_best, first_claims, a
ORDER BY a.belief DESC, a.id
WITH n, first_best, first_claims, max(a.belief) AS second_best,
     collect({assertion_id: a.id, predicate: a.predicate, sign: a.sign, belief: a.belief}) AS second_claims
RETURN n.id AS neighbour_id, n.name AS neighbour, n.category AS category, CASE WHEN first_best < second_best THEN first_best ELSE second_best END AS score,
       first_claims, second_claims
ORDER BY score DESC, neighbour, neighbour_id
LIMIT $limit
