// title = "Best evidence of several claims"
// description = """
// The sentences of each of several claims as in evidence, the best `per_claim` for it and as many against it.
// """
// [returns]
// assertion_id = "id of the claim"
// evidence_id = "id of the evidence"
// stance = "supports or refutes"
// text = "the sentence or sentences"
// certainty = "how sure the authors are"
// negated = "whether it refutes"
// confidence = "the extractor's confidence, 0 to 1"
// probability = "how likely it was read right, measured on annotated corpora, 0 to 1; null in a graph loaded before this was measured"
// document_id = "id of the document"
// document_title = "its title"
// year = "its year, or null"
// section = "section of the document"
// start = "first character in the document"
// end = "character after the last"
// subject_text = "the words for the subject, null where they stand outside the text"
// object_text = "the words for the object, the same way"
// extractor = "what found it"
// negated_by = "the words that deny it, or null"
// doubted_by = "the words that doubt it, or null"
// knowledge = "result (this document's), background or hypothesis"
// run_id = "id of the record of what read the document (litkg query runs), or null"
// compared_text = "the words for what the subject was compared with in a null result, or null"
// retracted = "whether the document was retracted"
// aspect = "what of the claim's object changes, or null"
// subject_aspect = "the state of its subject that it is about, or null"
// [parameters.assertions]
// type = "string list"
// help = "ids of the claims"
// example = ["as:2286488e9d9f4bf0d96e", "as:4fcd457ae50611b357c0"]
// [parameters.per_claim]
// type = "integer"
// default = 3
// minimum = 1
// help = "most sentences for one claim on each side"
// example = 1
// [parameters.limit]
// type = "integer"
// default = 500
// minimum = 1
// help = "most rows returned"
// example = 10
UNWIND $assertions AS wanted
WITH DISTINCT wanted
CALL (wanted) {
  MATCH (a:Assertion {id: wanted})<-[:SUPPORTS]-(e:Evidence)-[:FROM]->(d:Document)
  RETURN a, e, d
  ORDER BY CASE e.certainty WHEN 'asserted' THEN 0 WHEN 'probable' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END, e.confidence DESC, d.id, e.start, e.id
  LIMIT $per_claim
  UNION ALL
  MATCH (a:Assertion {id: wanted})<-[:REFUTES]-(e:Evidence)-[:FROM]->(d:Document)
  RETURN a, e, d
  ORDER BY CASE e.certainty WHEN 'asserted' THEN 0 WHEN 'probable' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END, e.confidence DESC, d.id, e.start, e.id
  LIMIT $per_claim
}
OPTIONAL MATCH (d)-[:READ_IN]->(run:Run)
RETURN a.id AS assertion_id, e.id AS evidence_id, CASE WHEN e.negated THEN 'refutes' ELSE 'supports' END AS stance, e.text AS text, e.certainty AS certainty,
       e.negated AS negated, e.confidence AS confidence, e.probability AS probability, d.id AS document_id, d.title AS document_title, d.year AS year, e.section AS section,
       e.start AS start, e.`end` AS end,
       CASE WHEN e.subject_start >= e.start AND e.subject_end <= e.`end` THEN substring(e.text, e.subject_start - e.start, e.subject_end - e.subject_start) END AS subject_text,
       CASE WHEN e.object_start >= e.start AND e.object_end <= e.`end` THEN substring(e.text, e.object_start - e.start, e.object_end - e.object_start) END AS object_text,
       e.extractor AS extractor, e.negation_text AS negated_by, e.doubt_text AS doubted_by, e.knowledge AS knowledge, run.id AS run_id,
       CASE WHEN e.comparator_start >= e.start AND e.comparator_end <= e.`end` THEN substring(e.text, e.comparator_start - e.start, e.comparator_end - e.comparator_start) END AS compared_text,
       d.retracted AS retracted, a.aspect AS aspect, a.subject_aspect AS subject_aspect
ORDER BY assertion_id, stance DESC, CASE e.certainty WHEN 'asserted' THEN 0 WHEN 'probable' THEN 1 WHEN 'possible' THEN 2 ELSE 3 END, confidence DESC, document_id, start, evidence_id
LIMIT $limit
