// title = "Claims that contradict each other"
// description = """
// Two kinds. refuted: one claim with evidence for and against it. opposite: two supported claims of opposite sign on the same pair of concepts whose
// aspects are the same or not given. The most evenly supported come first.
// """
// [returns]
// kind = "refuted or opposite"
// subject_id = "id of the subject"
// subject = "name of the subject"
// predicate = "what is claimed"
// aspect = "what of the object changes, or null"
// object_id = "id of the object"
// object = "name of the object"
// n_for = "evidences for the claim"
// n_against = "evidences against it, or for the opposite claim"
// belief = "belief in the claim, 0 to 1"
// assertion_id = "id of the claim"
// opposite_predicate = "the opposite claim, null for refuted"
// opposite_belief = "its belief, null for refuted"
// opposite_id = "its id, null for refuted"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  MATCH (a:Assertion)
  WHERE a.n_support > 0 AND a.n_refute > 0
  RETURN 'refuted' AS kind, a.id AS claim, a.n_support AS n_for, a.n_refute AS n_against, null AS opposite
  UNION ALL
  MATCH (s:Concept)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]->(o:Concept)
  WHERE r.sign <> 0 AND NOT r.negated
  WITH s.id AS subject_id, o.id AS object_id, collect(CASE r.sign WHEN 1 THEN r.assertion_id END) AS raising, collect(CASE r.sign WHEN -1 THEN r.assertion_id END) AS lowering
  WHERE size(raising) > 0 AND size(lowering) > 0
  UNWIND raising AS claim
  UNWIND lowering AS opposite
  MATCH (a:Assertion {id: claim})
  MATCH (b:Assertion {id: opposite})
  WHERE a.aspect IS NULL OR b.aspect IS NULL OR a.aspect = b.aspect
  RETURN 'opposite' AS kind, claim, a.n_support AS n_for, b.n_support AS n_against, opposite
}
WITH kind, claim, n_for, n_against, opposite
ORDER BY CASE WHEN n_for < n_against THEN n_for ELSE n_against END DESC, n_for + n_against DESC, claim, coalesce(opposite, '')
LIMIT $limit
MATCH (a:Assertion {id: claim})
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
OPTIONAL MATCH (b:Assertion {id: opposite})
RETURN kind, s.id AS subject_id, s.name AS subject, a.predicate AS predicate, a.aspect AS aspect, o.id AS object_id, o.name AS object, n_for, n_against,
       a.belief AS belief, a.id AS assertion_id, b.predicate AS opposite_predicate, b.belief AS opposite_belief, b.id AS opposite_id
ORDER BY CASE WHEN n_for < n_against THEN n_for ELSE n_against END DESC, n_for + n_against DESC, subject, object, assertion_id, coalesce(opposite_id, '')
LIMIT $limit
