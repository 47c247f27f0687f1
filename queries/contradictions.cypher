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
  MATCH (s:Concept)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o:Concept)
  WHERE a.n_support > 0 AND a.n_refute > 0
  RETURN 'refuted' AS kind, s, o, a, a.n_support AS n_for, a.n_refute AS n_against, null AS opposite_predicate, null AS opposite_belief, null AS opposite_id
  UNION ALL
  MATCH (s:Concept)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o:Concept)
  WHERE a.sign = 1 AND a.n_support > 0
  MATCH (s)<-[:SUBJECT]-(b:Assertion)-[:OBJECT]->(o)
  WHERE b.sign = -1 AND b.n_support > 0 AND (a.aspect IS NULL OR b.aspect IS NULL OR a.aspect = b.aspect)
  RETURN 'opposite' AS kind, s, o, a, a.n_support AS n_for, b.n_support AS n_against, b.predicate AS opposite_predicate, b.belief AS opposite_belief,
         b.id AS opposite_id
}
RETURN kind, s.id AS subject_id, s.name AS subject, a.predicate AS predicate, a.aspect AS aspect, o.id AS object_id, o.name AS object, n_for, n_against,
       a.belief AS belief, a.id AS assertion_id, opposite_predicate, opposite_belief, opposite_id
ORDER BY CASE WHEN n_for < n_against THEN n_for ELSE n_against END DESC, n_for + n_against DESC, subject, object, assertion_id, coalesce(opposite_id, '')
LIMIT $limit
