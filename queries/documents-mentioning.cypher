// title = "Documents that mention a concept"
// description = """
// The documents in which a concept is named, those that name it most often first.
// """
// [returns]
// document_id = "id of the document"
// document_title = "its title"
// year = "its year, or null"
// journal = "its journal, or null"
// mentions = "how often it names the concept"
// claims = "how many claims about the concept it has evidence for or against"
// retracted = "whether it was retracted"
// [parameters.concept]
// type = "concept"
// help = "the concept"
// example = "IL-1ra"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (d:Document)-[m:MENTIONS]->(c:Concept {id: $concept})
WITH d, m, c
ORDER BY m.count DESC, coalesce(d.year, -1) DESC, d.id
LIMIT $limit
CALL (d, c) {
  MATCH (d)<-[:FROM]-(e:Evidence)-[:SUPPORTS|REFUTES]->(a:Assertion)
  WITH DISTINCT a, c
  MATCH (a)-[:SUBJECT|OBJECT]->(x:Concept)
  WHERE x = c
  RETURN count(DISTINCT a.id) AS claims
}
RETURN d.id AS document_id, d.title AS document_title, d.year AS year, d.journal AS journal, m.count AS mentions, claims, d.retracted AS retracted
ORDER BY mentions DESC, coalesce(year, -1) DESC, document_id
LIMIT $limit
