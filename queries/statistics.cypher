// title = "What is in the graph"
// description = """
// How many nodes and edges of each kind there are: documents, concepts by category, claims by predicate, evidence by stance and certainty, case
// reports, mentions. A kind of which there is none has no row.
// """
// [returns]
// kind = "document, concept, claim, evidence, case report or mention"
// name = "the main category, the predicate, the stance and certainty, or all"
// count = "how many"
// [parameters.limit]
// type = "integer"
// default = 200
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  MATCH (d:Document)
  RETURN 0 AS place, 'document' AS kind, ['all'] AS names, 1 AS weight
  UNION ALL
  MATCH (c:Concept)
  RETURN 1 AS place, 'concept' AS kind, ['all', c.category] AS names, 1 AS weight
  UNION ALL
  MATCH (a:Assertion)
  RETURN 2 AS place, 'claim' AS kind, ['all', a.predicate] AS names, 1 AS weight
  UNION ALL
  MATCH (e:Evidence)
  RETURN 3 AS place, 'evidence' AS kind, ['all', CASE WHEN e.negated THEN 'refutes, ' ELSE 'supports, ' END + e.certainty] AS names, 1 AS weight
  UNION ALL
  MATCH (r:CaseReport)
  RETURN 4 AS place, 'case report' AS kind, ['all'] AS names, 1 AS weight
  UNION ALL
  MATCH (:Document)-[m:MENTIONS]->(:Concept)
  RETURN 5 AS place, 'mention' AS kind, ['all'] AS names, m.count AS weight
}
UNWIND names AS name
WITH place, kind, name, sum(weight) AS count
RETURN kind, name, count
ORDER BY place, CASE name WHEN 'all' THEN 0 ELSE 1 END, count DESC, name
LIMIT $limit
