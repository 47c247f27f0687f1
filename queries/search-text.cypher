// title = "Evidence by words"
// description = """
// The evidence whose text has all the words, each with its claim and document: the shortest text first, which says most of what was asked for.
// A word is what stands between spaces or punctuation, in any case: "IL-6" is "il" and "6" side by side.
// """
// [returns]
// evidence_id = "id of the evidence"
// text = "the sentence or sentences"
// stance = "supports or refutes"
// assertion_id = "id of the claim"
// subject = "name of its subject"
// predicate = "its predicate"
// object = "name of its object"
// certainty = "how sure the authors are"
// probability = "how likely it was read right, 0 to 1; null in a graph loaded before this was measured"
// document_id = "id of the document"
// document_title = "its title"
// year = "its year, or null"
// section = "section of the document"
// start = "first character in the document"
// end = "character after the last"
// [parameters.words]
// type = "words"
// help = "the words"
// example = "IL-6 release"
// [parameters.limit]
// type = "integer"
// default = 25
// minimum = 1
// help = "most rows returned"
// example = 10
CALL db.index.fulltext.queryNodes('litkg_evidence_text_words', $words.search) YIELD node AS e
WITH e
WHERE all(pattern IN $words.patterns WHERE e.text =~ pattern)
WITH e, e.id AS evidence_id
ORDER BY size(e.text), evidence_id
LIMIT $limit
MATCH (e)-[:SUPPORTS|REFUTES]->(a:Assertion)
MATCH (e)-[:FROM]->(d:Document)
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
RETURN evidence_id, e.text AS text, CASE WHEN e.negated THEN 'refutes' ELSE 'supports' END AS stance, a.id AS assertion_id, s.name AS subject,
       a.predicate AS predicate, o.name AS object, e.certainty AS certainty, e.probability AS probability, d.id AS document_id, d.title AS document_title,
       d.year AS year, e.section AS section, e.start AS start, e.`end` AS end
ORDER BY size(text), evidence_id
LIMIT $limit
