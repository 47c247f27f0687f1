// title = "Neighbours of a concept, by category"
// description = """
// The most believed claims about a concept, whichever end of the claim it is, with the concept at the other end: `limit` of them, all where there are no
// more. Sorted by the category of the other concept, then by belief. Claims that are only refuted count too, as the last: their belief is 0.
// """
// best_first = "min_belief"
// [returns]
// category = "main category of the neighbour"
// neighbour_id = "id of the neighbour"
// neighbour = "name of the neighbour"
// role = "what the asked concept is in the claim: subject or object"
// predicate = "what is claimed"
// aspect = "what of the object changes, or null"
// subject_aspect = "the state of the subject that the claim is about, or null"
// sign = "what more of the subject does to the object: 1, -1 or 0"
// belief = "belief in the claim, 0 to 1"
// certainty = "certainty of the surest evidence"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// [parameters.concept]
// type = "concept"
// help = "the concept"
// example = "IL-1ra"
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
// help = "least belief of a claim, 0 to 1"
// example = 0.5
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (c:Concept {id: $concept})
CALL (c) {
  MATCH (c)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]->(n:Concept)
  WHERE r.belief >= $min_belief AND ($category = '' OR $category IN n.categories)
  RETURN 'subject' AS role, n.id AS other, n.name AS name, r.belief AS belief, r.assertion_id AS claim
  ORDER BY belief DESC, name, claim
  LIMIT $limit
  UNION ALL
  MATCH (c)<-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]-(n:Concept)
  WHERE r.belief >= $min_belief AND ($category = '' OR $category IN n.categories)
  RETURN 'object' AS role, n.id AS other, n.name AS name, r.belief AS belief, r.assertion_id AS claim
  ORDER BY belief DESC, name, claim
  LIMIT $limit
}
WITH role, other, name, belief, claim
ORDER BY belief DESC, name, claim, role DESC
LIMIT $limit
MATCH (n:Concept {id: other})
MATCH (a:Assertion {id: claim})
RETURN n.category AS category, n.id AS neighbour_id, n.name AS neighbour, role, a.predicate AS predicate, a.aspect AS aspect,
       a.subject_aspect AS subject_aspect, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id
ORDER BY category, belief DESC, neighbour, assertion_id, role DESC
LIMIT $limit
