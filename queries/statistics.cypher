// title = "What is in the graph"
// description = """
// How many nodes and edges of each kind there are: documents, concepts by category, claims by predicate, evidence by stance and certainty, case reports, mentions.
// """
// [returns]
// kind = "document, concept, claim, evidence, case report or mention"
// name = "the category, predicate, stance and certainty, or all"
// count = "how many"
// [parameters.limit]
// type = "integer"
// default = 200
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  MATCH (d:Document)
  WITH count(d) AS count
  RETURN 0 AS place, 'document' AS kind, 'all' AS name, count
  UNION ALL
  MATCH (c:Concept)
  WITH count(c) AS count
  RETURN 1 AS place, 'concept' AS kind, 'all' AS name, count
  UNION ALL
  MATCH (c:Concept)
  RETURN 2 AS place, 'concept' AS kind, c.category AS name, count(c) AS count
  UNION ALL
  MATCH (a:Assertion)
  WITH count(a) AS count
  RETURN 3 AS place, 'claim' AS kind, 'all' AS name, count
  UNION ALL
  MATCH (a:Assertion)
  RETURN 4 AS place, 'claim' AS kind, a.predicate AS name, count(a) AS count
  UNION ALL
  MATCH (e:Evidence)
  WITH count(e) AS count
  RETURN 5 AS place, 'evidence' AS kind, 'all' AS name, count
  UNION ALL
  MATCH (e:Evidence)
  RETURN 6 AS place, 'evidence' AS kind, CASE WHEN e.negated THEN 'refutes, ' ELSE 'supports, ' END + e.certainty AS name, count(e) AS count
  UNION ALL
  MATCH (r:CaseReport)
  WITH count(r) AS count
  RETURN 7 AS place, 'case report' AS kind, 'all' AS name, count
  UNION ALL
  MATCH (:Document)-[m:MENTIONS]->(:Concept)
  WITH coalesce(sum(m.count), 0) AS count
  RETURN 8 AS place, 'mention' AS kind, 'all' AS name, count
}
WITH place, kind, name, count
ORDER BY place, count DESC, name
LIMIT $limit
RETURN kind, name, count
ORDER BY place, count DESC, name
