// title = "Names that no known concept stands for, by count"
// description = """
// Names found in the documents that could not be grounded: candidates for new terms, or mistakes of recognition.
// """
// [returns]
// concept_id = "id of the node that stands for the name"
// name = "the name"
// category = "category that the text suggests"
// mentions = "how often it is named"
// documents = "in how many documents"
// [parameters.category]
// type = "string"
// default = ""
// help = "only concepts of this category, such as Drug or Cytokine; empty for all"
// example = "Disease"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (d:Document)-[m:MENTIONS]->(c:Concept)
WHERE NOT c.grounded AND ($category = '' OR $category IN c.categories)
WITH c, sum(m.count) AS mentions, count(d) AS documents
RETURN c.id AS concept_id, c.name AS name, c.category AS category, mentions, documents
ORDER BY mentions DESC, documents DESC, name, concept_id
LIMIT $limit
