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
  CALL (a) {
    MATCH (a)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]->(b:Concept)
    WHERE r.belief >= $min_belief AND NOT r.negated AND b <> a
    RETURN b.id AS b_id, r.assertion_id AS first, r.belief AS first_belief, r.sign AS first_sign
    ORDER BY first_belief DESC, first
    LIMIT $breadth
  }
  MATCH (b:Concept {id: b_id})
  CALL (a, b) {
    MATCH (b)-[r:INCREASES|DECREASES|AFFECTS|CAUSES|HAS_ADVERSE_EVENT|WORSENS|TREATS|PREVENTS|PRODUCES|CONVERTS_TO]->(c:Concept)
    WHERE r.belief >= $min_belief AND NOT r.negated AND c <> b AND c <> a
    RETURN c.id AS c_id, r.assertion_id AS second, r.belief AS second_belief, r.sign AS second_sign
    ORDER BY second_belief DESC, second
    LIMIT $breadth
  }
  RETURN c_id, b_id, b.name AS b_name, first, second, CASE WHEN first_belief < second_belief THEN first_belief ELSE second_belief END AS belief,
         first_sign * second_sign AS sign
  ORDER BY belief DESC, first, second
}
WITH a, c_id, b_id, collect({id: b_id, name: b_name, belief: belief, sign: sign, first: first, second: second}) AS routes
WITH a, c_id, routes[0] AS best_route, [route IN routes | route.sign] AS route_signs
ORDER BY best_route.belief DESC, best_route.first, best_route.second
WITH a, c_id, collect(best_route) AS via, collect(route_signs) AS signs_by_via
MATCH (c:Concept {id: c_id})
WHERE ($category = '' OR $category IN c.categories) AND NOT EXISTS { (c)--(a) }
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
