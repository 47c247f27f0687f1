// title = "Open discovery: what a concept could act on through one other"
// description = """
// A acts on B, B acts on C, and no claim whatever is between A and C (Swanson 1986). Steps are causal claims with evidence for them. For each C:
// how many B, the summed and the best belief (a route is as believed as its weaker step), and the net sign: 1 or -1 where all routes with a known
// sign agree, 0 where none is known or they differ. From A and from each B only the `breadth` most believed steps are followed.
// """
// [returns]
// target_id = "id of C"
// target = "name of C"
// category = "main category of C"
// score = "sum over B of the weaker of the two beliefs"
// best = "belief of the best route"
// n_via = "number of B"
// net_sign = "what more of A should do to C: 1, -1 or 0"
// shared_documents = "documents that mention both A and C"
// via = "the five best routes: id, name, belief, sign, first (claim A-B), second (claim B-C)"
// [parameters.start]
// type = "concept"
// help = "A, where the routes start"
// example = "IL-1ra"
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
// help = "least belief of each step, 0 to 1"
// example = 0.2
// [parameters.breadth]
// type = "integer"
// default = 200
// minimum = 1
// help = "most steps followed from one concept"
// example = 500
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (a:Concept {id: $start})
CALL (a) {
  MATCH (a)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]->(b:Concept)
  WHERE NOT r.negated AND r.belief >= $min_belief AND b <> a
  RETURN r AS r1, b
  ORDER BY r.belief DESC, r.assertion_id
  LIMIT $breadth
}
CALL (a, b) {
  MATCH (b)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]->(c:Concept)
  WHERE NOT r.negated AND r.belief >= $min_belief AND c <> b AND c <> a
  RETURN r AS r2, c
  ORDER BY r.belief DESC, r.assertion_id
  LIMIT $breadth
}
WITH a, b, c, r1, r2, CASE WHEN r1.belief < r2.belief THEN r1.belief ELSE r2.belief END AS belief
WHERE $category = '' OR $category IN c.categories
WITH a, b, c, r1, r2, belief
ORDER BY belief DESC, r1.assertion_id, r2.assertion_id
WITH a, c, b, collect({id: b.id, name: b.name, belief: belief, sign: r1.sign * r2.sign, first: r1.assertion_id, second: r2.assertion_id}) AS routes
WITH a, c, routes[0] AS best_route, [route IN routes | route.sign] AS route_signs
ORDER BY best_route.belief DESC, best_route.first, best_route.second
WITH a, c, collect(best_route) AS via, collect(route_signs) AS signs_by_via
WHERE NOT EXISTS { (c)--(a) }
WITH a, c, via, signs_by_via, reduce(total = 0.0, route IN via | total + route.belief) AS score
ORDER BY score DESC, via[0].belief DESC, c.name, c.id
LIMIT $limit
CALL (a, c) {
  MATCH (c)<-[:MENTIONS]-(d:Document)-[:MENTIONS]->(a)
  RETURN count(DISTINCT d) AS shared_documents
}
WITH c, via, score, shared_documents, reduce(all_signs = [], signs IN signs_by_via | all_signs + signs) AS signs
RETURN c.id AS target_id, c.name AS target, c.category AS category, score,
       via[0].belief AS best, size(via) AS n_via,
       CASE WHEN 1 IN signs AND -1 IN signs THEN 0 WHEN 1 IN signs THEN 1 WHEN -1 IN signs THEN -1 ELSE 0 END AS net_sign, shared_documents, via[..5] AS via
ORDER BY score DESC, best DESC, target, target_id
LIMIT $limit
