// title = "Several claims, by their ids"
// description = """
// Each claim with its ends and what its evidence amounts to; no row for an id that is no claim's.
// """
// [returns]
// assertion_id = "id of the claim"
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
// negated = "whether all evidence refutes it"
// [parameters.assertions]
// type = "string list"
// help = "ids of the claims"
// example = ["as:2286488e9d9f4bf0d96e", "as:4fcd457ae50611b357c0"]
// [parameters.limit]
// type = "integer"
// default = 1000
// minimum = 1
// help = "most rows returned"
// example = 10
UNWIND $assertions AS wanted
WITH DISTINCT wanted
MATCH (a:Assertion {id: wanted})
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
RETURN a.id AS assertion_id, s.id AS subject_id, s.name AS subject, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect,
       o.id AS object_id, o.name AS object, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute,
       a.negated AS negated
ORDER BY assertion_id
LIMIT $limit
