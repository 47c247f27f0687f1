// title = "Most supported claims"
// description = """
// The claims with the most supporting evidence, then the most believed.
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
// first_year = "year of the first evidence, or null"
// last_year = "year of the last, or null"
// [parameters.predicate]
// type = "string"
// default = ""
// help = "only claims with this predicate, such as causes; empty for all"
// example = "increases"
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (a:Assertion)
WHERE $predicate = '' OR a.predicate = $predicate
WITH a.id AS claim, a.belief AS belief, a.n_support AS n_support
ORDER BY n_support DESC, belief DESC, claim
LIMIT $limit
MATCH (a:Assertion {id: claim})
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
RETURN s.id AS subject_id, s.name AS subject, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect,
       o.id AS object_id, o.name AS object, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id,
       a.first_year AS first_year, a.last_year AS last_year
ORDER BY n_support DESC, belief DESC, assertion_id
LIMIT $limit
