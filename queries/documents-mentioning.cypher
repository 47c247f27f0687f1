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
MATCH (c:Concept {id: $concept})<-[m:MENTIONS]-(d:Document)
WITH c, d.id AS found, m.count AS mentions, coalesce(d.year, -1) AS printed
ORDER BY mentions DESC, printed DESC, found
LIMIT $limit
MATCH (d:Document {id: found})
CALL (d, c) {
  MATCH (d)<-[:FROM]-(e:Evidence)-[:SUPPORTS|REFUTES]->(a:Assertion)
  WITH DISTINCT a, c
  MATCH (a)-[:SUBJECT|OBJECT]->(x:Concept)
  WHERE x = c
  RETURN count(DISTINCT a.id) AS claims
}
RETURN d.id AS document_id, d.title AS document_title, d.year AS year, d.journal AS journal, mentions, claims, d.retracted AS retracted
ORDER BY mentions DESC, coalesce(year, -1) DESC, document_id
LIMIT $limit
