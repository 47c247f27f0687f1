// title = "One claim, by its id or by that of a piece of its evidence"
// description = """
// The claim with its ends and what its evidence amounts to; no row where nothing has the id.
// """
// [returns]
// subject_id = "id of the subject"
// subject = "name of the subject"
// predicate = "what is claimed"
// aspect = "what of the object changes, or null"
// subject_aspect = "the state of the subject that the claim is about, or null"
// object_id = "id of the object"
// object = "name of the object"
// sign = "what more of the subject does to the object: 1, -1 or 0"
// belief = "belief in the claim, 0 to 1"
// certainty = "certainty of the surest evidence"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// n_hedged = "evidences whose certainty is below asserted"
// negated = "whether all evidence refutes it"
// first_year = "year of the first evidence, or null"
// last_year = "year of the last, or null"
// [parameters.id]
// type = "string"
// help = "id of the claim or of an evidence"
// example = "as:2286488e9d9f4bf0d96e"
// [parameters.limit]
// type = "integer"
// default = 1
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  MATCH (a:Assertion {id: $id})
  RETURN a
  UNION
  MATCH (e:Evidence {id: $id})-[:SUPPORTS|REFUTES]->(a:Assertion)
  RETURN a
}
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
RETURN s.id AS subject_id, s.name AS subject, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect,
       o.id AS object_id, o.name AS object, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id,
       a.n_hedged AS n_hedged, a.negated AS negated, a.first_year AS first_year, a.last_year AS last_year
ORDER BY assertion_id
LIMIT $limit
