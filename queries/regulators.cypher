// title = "What regulates a concept"
// description = """
// The most believed causal claims whose object is the concept, `limit` of them: first what raises it, then what lowers it, then what affects it in a
// direction not known, each by belief.
// """
// best_first = "min_belief"
// [returns]
// effect = "raises, lowers or affects (direction not known)"
// regulator_id = "id of what regulates"
// regulator = "name of what regulates"
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
// [parameters.concept]
// type = "concept"
// help = "the concept that is regulated"
// example = "serotonin"
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
MATCH (c:Concept {id: $concept})<-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]-(s:Concept)
WHERE r.belief >= $min_belief AND ($category = '' OR $category IN s.categories)
WITH s.id AS other, s.name AS name, r.belief AS belief, r.assertion_id AS claim
ORDER BY belief DESC, name, claim
LIMIT $limit
MATCH (s:Concept {id: other})
MATCH (a:Assertion {id: claim})
RETURN CASE a.sign WHEN 1 THEN 'raises' WHEN -1 THEN 'lowers' ELSE 'affects' END AS effect, s.id AS regulator_id, s.name AS regulator,
       s.category AS category, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect, a.sign AS sign, a.belief AS belief, a.certainty AS certainty, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id
ORDER BY CASE effect WHEN 'raises' THEN 0 WHEN 'lowers' THEN 1 ELSE 2 END, belief DESC, regulator, assertion_id
LIMIT $limit
