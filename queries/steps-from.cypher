// title = "Best steps out of several concepts"
// description = """
// For each of several concepts the most believed steps of mechanism-paths that leave it: causal claims and identity (form_of, member_of), without causal_only
// any claim but compared_with. Claims are walked from subject to object; symmetric ones and form_of both ways. At most `breadth` of each kind are
// returned for one concept, the most believed.
// """
// [returns]
// concept_id = "id of the concept that was asked for"
// other_id = "id of the concept at the other end"
// assertion_id = "id of the claim"
// sign = "what more of the one that the step leaves does to the one it enters: 1, -1 or 0; form_of counts as 1"
// belief = "belief in the claim, 0 to 1"
// backward = "whether the step goes from the object of the claim to its subject"
// [parameters.concepts]
// type = "string list"
// help = "ids of the concepts"
// example = ["HGNC:6000", "HGNC:6059"]
// [parameters.causal_only]
// type = "boolean"
// default = true
// help = "only causal claims and identity"
// example = false
// [parameters.with_refuted]
// type = "boolean"
// default = false
// help = "also claims that all evidence refutes"
// example = true
// [parameters.min_belief]
// type = "number"
// default = 0.0
// minimum = 0
// maximum = 1
// help = "least belief of each step, 0 to 1"
// example = 0.1
// [parameters.breadth]
// type = "integer"
// default = 25
// minimum = 1
// help = "most steps of one kind for one concept: walked as claimed or backward, causal or not"
// example = 100
// [parameters.limit]
// type = "integer"
// default = 1000
// minimum = 1
// help = "most rows returned"
// example = 10
UNWIND $concepts AS id
MATCH (n:Concept {id: id})
CALL (n) {
  MATCH (n)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF]->(x:Concept)
  WHERE r.belief >= $min_belief AND ($with_refuted OR NOT r.negated) AND x <> n
  RETURN x.id AS other_id, r.assertion_id AS assertion_id, r.belief AS belief, CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END AS sign, false AS backward
  ORDER BY belief DESC, assertion_id
  LIMIT $breadth
  UNION ALL
  MATCH (n)<-[r:FORM_OF]-(x:Concept)
  WHERE r.belief >= $min_belief AND ($with_refuted OR NOT r.negated) AND x <> n
  RETURN x.id AS other_id, r.assertion_id AS assertion_id, r.belief AS belief, CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END AS sign, true AS backward
  ORDER BY belief DESC, assertion_id
  LIMIT $breadth
  UNION ALL
  WITH n
  WHERE NOT $causal_only
  MATCH (n)-[r:INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH]->(x:Concept)
  WHERE r.belief >= $min_belief AND ($with_refuted OR NOT r.negated) AND x <> n
  RETURN x.id AS other_id, r.assertion_id AS assertion_id, r.belief AS belief, CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END AS sign, false AS backward
  ORDER BY belief DESC, assertion_id
  LIMIT $breadth
  UNION ALL
  WITH n
  WHERE NOT $causal_only
  MATCH (n)<-[r:INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH]-(x:Concept)
  WHERE r.belief >= $min_belief AND ($with_refuted OR NOT r.negated) AND x <> n
  RETURN x.id AS other_id, r.assertion_id AS assertion_id, r.belief AS belief, CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END AS sign, true AS backward
  ORDER BY belief DESC, assertion_id
  LIMIT $breadth
  UNION ALL
  WITH n
  WHERE NOT $causal_only
  MATCH (n)-[r:BIOMARKER_OF]->(x:Concept)
  WHERE r.belief >= $min_belief AND ($with_refuted OR NOT r.negated) AND x <> n
  RETURN x.id AS other_id, r.assertion_id AS assertion_id, r.belief AS belief, CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END AS sign, false AS backward
  ORDER BY belief DESC, assertion_id
  LIMIT $breadth
}
RETURN n.id AS concept_id, other_id, assertion_id, sign, belief, backward
ORDER BY concept_id, belief DESC, assertion_id, backward
LIMIT $limit
