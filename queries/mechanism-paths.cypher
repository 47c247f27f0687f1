// title = "Mechanism paths between two concepts"
// description = """
// Chains of up to four claims that lead from one concept to another, with the net sign (1 raises, -1 lowers, 0 not known) and the belief of
// the weakest link. No concept comes twice in a chain. Claims that are only refuted are left out unless with_refuted is true. With causal_only,
// the steps are causal claims and identity (form_of, member_of); without it, any claim but compared_with. Claims are walked from subject to
// object; symmetric ones and form_of both ways. The net sign is the product of the signs of the steps; form_of keeps the sign (what a drug's
// parent protein does, the drug does), any other step without a sign makes the net sign 0.
// At each concept only the `breadth` best steps are followed: those that reach the end first, then those to neighbours of the end, then the
// most believed. This keeps concepts with thousands of neighbours in bounds; a longer chain through a less believed step of such a concept
// is found with a larger breadth.
// """
// [returns]
// path = "the chain in one line"
// net_sign = "what more of the start does to the end: 1, -1 or 0"
// weakest_belief = "belief of the least believed step"
// hops = "number of steps"
// names = "names of the concepts along the chain"
// ids = "ids of the concepts along the chain"
// steps = "for each step: assertion_id, predicate, aspect, subject_aspect, sign, belief, certainty, negated, and whether it is walked backward"
// [parameters.start]
// type = "concept"
// help = "where the chains start"
// example = "IL-1ra"
// [parameters.end]
// type = "concept"
// help = "where the chains end"
// example = "depression"
// [parameters.max_hops]
// type = "integer"
// default = 4
// minimum = 1
// maximum = 4
// help = "most steps in a chain, 1 to 4"
// example = 3
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
// help = "most steps followed from one concept"
// example = 100
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most chains returned"
// example = 10
MATCH (a:Concept {id: $start}), (b:Concept {id: $end})
WHERE a.id <> b.id
WITH a, b,
     ['FORM_OF', 'INTERACTS_WITH', 'ASSOCIATED_WITH', 'POSITIVELY_CORRELATED_WITH', 'NEGATIVELY_CORRELATED_WITH'] AS both_ways,
     ['INTERACTS_WITH', 'ASSOCIATED_WITH', 'POSITIVELY_CORRELATED_WITH', 'NEGATIVELY_CORRELATED_WITH', 'BIOMARKER_OF'] AS not_causal
CALL (a, b, both_ways, not_causal) {
  MATCH (a)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF]-(x:Concept)
  WHERE (startNode(r) = a OR type(r) IN both_ways) AND NOT ($causal_only AND type(r) IN not_causal) AND ($with_refuted OR NOT r.negated)
    AND r.belief >= $min_belief AND x <> a
  RETURN r AS r1, x AS x1
  ORDER BY CASE WHEN x = b THEN 0 WHEN EXISTS { (x)--(b) } THEN 1 ELSE 2 END, r.belief DESC, r.assertion_id
  LIMIT $breadth
}
CALL (a, b, both_ways, not_causal, x1) {
  WITH x1 AS reached
  WHERE reached = b
  RETURN null AS r2, reached AS x2
  UNION ALL
  MATCH (x1)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF]-(x:Concept)
  WHERE $max_hops >= 2 AND x1 <> b AND (startNode(r) = x1 OR type(r) IN both_ways) AND NOT ($causal_only AND type(r) IN not_causal) AND ($with_refuted OR NOT r.negated)
    AND r.belief >= $min_belief AND x <> a AND x <> x1
  RETURN r AS r2, x AS x2
  ORDER BY CASE WHEN x = b THEN 0 WHEN EXISTS { (x)--(b) } THEN 1 ELSE 2 END, r.belief DESC, r.assertion_id
  LIMIT $breadth
}
CALL (a, b, both_ways, not_causal, x1, x2) {
  WITH x2 AS reached
  WHERE reached = b
  RETURN null AS r3, reached AS x3
  UNION ALL
  MATCH (x2)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF]-(x:Concept)
  WHERE $max_hops >= 3 AND x2 <> b AND (startNode(r) = x2 OR type(r) IN both_ways) AND NOT ($causal_only AND type(r) IN not_causal) AND ($with_refuted OR NOT r.negated)
    AND r.belief >= $min_belief AND x <> a AND x <> x1 AND x <> x2
    AND (x = b OR (EXISTS { (x)--(b) } AND $max_hops = 4))
  RETURN r AS r3, x AS x3
  ORDER BY CASE WHEN x = b THEN 0 WHEN EXISTS { (x)--(b) } THEN 1 ELSE 2 END, r.belief DESC, r.assertion_id
  LIMIT $breadth
}
CALL (a, b, both_ways, not_causal, x1, x2, x3) {
  WITH x3 AS reached
  WHERE reached = b
  RETURN null AS r4, reached AS x4
  UNION ALL
  MATCH (x3)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO|FORM_OF|MEMBER_OF|INTERACTS_WITH|ASSOCIATED_WITH|POSITIVELY_CORRELATED_WITH|NEGATIVELY_CORRELATED_WITH|BIOMARKER_OF]-(x:Concept)
  WHERE $max_hops >= 4 AND x3 <> b AND (startNode(r) = x3 OR type(r) IN both_ways) AND NOT ($causal_only AND type(r) IN not_causal) AND ($with_refuted OR NOT r.negated)
    AND r.belief >= $min_belief AND x <> a AND x <> x1 AND x <> x2 AND x <> x3
    AND x = b
  RETURN r AS r4, x AS x4
}
WITH x4, b, [r IN [r1, r2, r3, r4] WHERE r IS NOT NULL] AS rs, [a, x1, x2, x3, x4] AS visited
WHERE x4 = b
WITH rs, visited[..size(rs) + 1] AS nodes
WITH rs, nodes,
     reduce(sign = 1, r IN rs | sign * CASE type(r) WHEN 'FORM_OF' THEN 1 ELSE r.sign END) AS net_sign,
     reduce(least = 1.0, r IN rs | CASE WHEN r.belief < least THEN r.belief ELSE least END) AS weakest_belief,
     reduce(key = '', r IN rs | key + r.assertion_id + ' ') AS key
ORDER BY weakest_belief DESC, size(rs), key
LIMIT $limit
UNWIND range(0, size(rs) - 1) AS i
WITH rs, nodes, net_sign, weakest_belief, key, i, rs[i] AS r
MATCH (c:Assertion {id: r.assertion_id})
WITH rs, nodes, net_sign, weakest_belief, key, i, r, c
ORDER BY i
WITH rs, nodes, net_sign, weakest_belief, key,
     collect({assertion_id: c.id, predicate: c.predicate, aspect: c.aspect, subject_aspect: c.subject_aspect, sign: c.sign, belief: c.belief,
              certainty: c.certainty, negated: c.negated, backward: startNode(r) <> nodes[i]}) AS steps
RETURN reduce(path = nodes[0].name, i IN range(0, size(steps) - 1) | path
         + CASE WHEN steps[i].backward THEN ' <-' ELSE ' -' END + steps[i].predicate
         + CASE WHEN steps[i].aspect IS NULL THEN '' ELSE ' ' + steps[i].aspect END
         + CASE WHEN steps[i].subject_aspect IS NULL THEN '' ELSE ' (' + steps[i].subject_aspect + ')' END
         + CASE WHEN steps[i].backward THEN '- ' ELSE '-> ' END + nodes[i + 1].name) AS path,
       net_sign, weakest_belief, size(steps) AS hops, [n IN nodes | n.name] AS names, [n IN nodes | n.id] AS ids, steps
ORDER BY weakest_belief DESC, hops, key
LIMIT $limit
