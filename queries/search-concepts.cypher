// title = "Concepts by words"
// description = """
// The concepts one of whose names has all the words, with the claims about each: the shortest such name first.
// A word is what stands between spaces or punctuation, in any case: "IL-6" is "il" and "6" side by side.
// """
// [returns]
// concept_id = "id of the concept"
// name = "its name"
// matched = "the shortest of its names that has the words"
// category = "its main category"
// grounded = "whether a vocabulary knows it"
// claims = "how many claims speak of it, as subject or object"
// documents = "how many documents mention it"
// [parameters.words]
// type = "words"
// help = "the words"
// example = "IL-1 receptor"
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  CALL db.index.fulltext.queryNodes('litkg_concept_name_words', $words.search) YIELD node
  RETURN node AS c
  UNION
  CALL db.index.fulltext.queryNodes('litkg_concept_synonyms_words', $words.search) YIELD node
  RETURN node AS c
}
UNWIND [c.name] + c.synonyms AS label
WITH c, label
WHERE all(pattern IN $words.patterns WHERE label =~ pattern)
WITH c, label
ORDER BY size(label), label
WITH c, collect(label)[0] AS matched
WITH c, matched, c.id AS concept_id
ORDER BY size(matched), concept_id
LIMIT $limit
OPTIONAL MATCH (c)<-[:SUBJECT|OBJECT]-(a:Assertion)
WITH c, matched, concept_id, count(DISTINCT a) AS claims
OPTIONAL MATCH (c)<-[:MENTIONS]-(d:Document)
WITH c, matched, concept_id, claims, count(DISTINCT d) AS documents
RETURN concept_id, c.name AS name, matched, c.category AS category, c.grounded AS grounded, claims, documents
ORDER BY size(matched), concept_id
LIMIT $limit
