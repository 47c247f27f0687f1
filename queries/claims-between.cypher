// title = "Claims that one concept is the subject and another the object of"
// description = """
// The claims from one concept to another, the most believed first; claims that are only refuted are shown too.
// """
// [returns]
// assertion_id = "id of the claim"
// sign = "what more of the subject does to the object: 1, -1 or 0"
// belief = "belief in the claim, 0 to 1"
// negated = "whether all evidence refutes it"
// predicate = "what is claimed, in upper case as the relationship between the two is named"
// [parameters.subject]
// type = "concept"
// help = "the subject"
// example = "IL-1ra"
// [parameters.object]
// type = "concept"
// help = "the object"
// example = "IDO1"
// [parameters.limit]
// type = "integer"
// default = 1000
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (s:Concept {id: $subject}), (o:Concept {id: $object})
MATCH (s)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF|COMPARED_WITH]->(o)
RETURN r.assertion_id AS assertion_id, r.sign AS sign, r.belief AS belief, r.negated AS negated, type(r) AS predicate
ORDER BY belief DESC, assertion_id
LIMIT $limit
