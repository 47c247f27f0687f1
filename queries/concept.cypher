// title = "All about one concept"
// description = """
// The concept with its names and ids, how often it is named, and how many claims and case reports are about it.
// """
// [returns]
// id = "its id"
// name = "its name"
// category = "its main category"
// categories = "all its categories"
// synonyms = "its other names"
// xrefs = "its other ids"
// grounded = "whether a known concept stands behind the name"
// documents = "documents that name it"
// mentions = "how often it is named"
// as_subject = "claims about what it does"
// as_object = "claims about what is done to it"
// case_reports = "case reports with it as drug or event"
// [parameters.concept]
// type = "concept"
// help = "the concept"
// example = "IL-1ra"
// [parameters.limit]
// type = "integer"
// default = 1
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (c:Concept {id: $concept})
CALL (c) {
  MATCH (d:Document)-[m:MENTIONS]->(c)
  RETURN count(d) AS documents, sum(m.count) AS mentions
}
CALL (c) {
  MATCH (a:Assertion)-[:SUBJECT]->(c)
  RETURN count(a) AS as_subject
}
CALL (c) {
  MATCH (a:Assertion)-[:OBJECT]->(c)
  RETURN count(a) AS as_object
}
CALL (c) {
  MATCH (r:CaseReport)-[:REPORTS_DRUG|REPORTS_EVENT]->(c)
  RETURN count(r) AS case_reports
}
RETURN c.id AS id, c.name AS name, c.category AS category, c.categories AS categories, c.synonyms AS synonyms, c.xrefs AS xrefs, c.grounded AS grounded,
       documents, mentions, as_subject, as_object, case_reports
ORDER BY id
LIMIT $limit
