// title = "Claims about a gene's families, or a family's members"
// description = """
// Claims about the families and complexes that a gene belongs to, and about the members of a family or complex: a question about IL-1
// reaches IL-1beta, and the other way round. That one belongs to the other is the vocabularies' word (FamPlex, HGNC's gene groups), not a paper's;
// the claims themselves are about the relative that each row names, and need not hold for the asked concept.
// """
// [returns]
// relation = "what the relative is to the asked concept: family or member"
// relative_id = "id of the relative"
// relative = "name of the relative"
// said_by = "who says that one belongs to the other"
// role = "what the relative is in the claim: subject or object"
// predicate = "what is claimed"
// aspect = "what of the object changes, or null"
// sign = "what more of the subject does to the object: 1, -1 or 0"
// other_id = "id of the concept at the other end"
// other = "its name"
// belief = "belief in the claim, 0 to 1"
// n_support = "evidences for it"
// n_refute = "evidences against it"
// assertion_id = "id of the claim"
// [parameters.concept]
// type = "concept"
// help = "a gene, or a family or complex"
// example = "IL-1beta"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
OPTIONAL MATCH (c:Concept {id: $concept})
OPTIONAL MATCH (:Family {id: $concept})<-[:IN_FAMILY]-(m:Concept)
WITH coalesce(c.families, []) AS families, collect(m.id) AS members
UNWIND families + members AS id
MATCH (r:Concept {id: id})
MATCH (r)<-[own:SUBJECT|OBJECT]-(a:Assertion)-[far:SUBJECT|OBJECT]->(n:Concept)
WHERE type(own) <> type(far)
RETURN CASE WHEN r.id IN members THEN 'member' ELSE 'family' END AS relation, r.id AS relative_id, r.name AS relative, 'FamPlex or HGNC' AS said_by,
       toLower(type(own)) AS role, a.predicate AS predicate, a.aspect AS aspect, a.sign AS sign, n.id AS other_id, n.name AS other,
       a.belief AS belief, a.n_support AS n_support, a.n_refute AS n_refute, a.id AS assertion_id
ORDER BY relation, relative, belief DESC, other, assertion_id, role DESC
LIMIT $limit
