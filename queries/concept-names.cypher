// title = "Names of several concepts"
// description = """
// The name and the synonyms of each of several concepts.
// """
// [returns]
// id = "id of the concept"
// name = "its name"
// synonyms = "its other names"
// [parameters.ids]
// type = "string list"
// help = "ids of the concepts"
// example = ["HGNC:6000", "HGNC:6059"]
// [parameters.limit]
// type = "integer"
// default = 1000
// minimum = 1
// help = "most rows returned"
// example = 10
MATCH (c:Concept)
WHERE c.id IN $ids
RETURN c.id AS id, c.name AS name, c.synonyms AS synonyms
ORDER BY id
LIMIT $limit
