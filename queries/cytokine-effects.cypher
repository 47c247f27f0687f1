// title = "What a cytokine raises and lowers"
// description = """
// Causal claims with a known direction whose subject is the concept: first what it raises, then what it lowers, each by belief. What a lack of
// the subject lowers counts as raised by it; subject_aspect tells.
// """
// best_first = "min_belief"
// [returns]
// effect = "raises or lowers"
// object_id = "id of what is changed"
// object = "name of what is changed"
// category = "its main category"
// predicate = "what is claimed"
// aspect = "what of the object changes, or null"
// subject_aspect = "the state of the subject that the claim is about, or null"
// sign = "what more of the subject does to the object: 1, -1 or 0"
// belief = "belief in the claim, 0 to 1"
// certainty = "certainty of the surest evidence"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// [parameters.cytokine]
// type = "concept"
// help = "the cytokine, or any concept that acts"
// example = "IL-1ra"
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
MATCH (c:Concept {id: $cytokine})-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]->(o:Concept)
WHERE r.belief >= $min_belief AND r.sign <> 0
WITH o.id AS other, o.name AS name, r.belief AS belief, r.assertion_id AS claim
ORDER BY belief DESC, name, claim
LIMIT $limit
MATCH (o:Concept {id: other})
MATCH (a:Assertion {id: claim})
RETURN CASE a.sign WHEN 1 THEN 'raises' ELSE 'lowers' END AS effect, o.id AS object_id, o.name AS object, o.category AS category, a.predicate AS predicate,
       a.aspect AS aspect, a.subject_aspect AS subject_aspect, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id
ORDER BY sign DESC, belief DESC, object, assertion_id
LIMIT $limit
