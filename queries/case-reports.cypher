// title = "Case reports, with the answers to the causality criteria"
// description = """
// What single documents tell of a patient, a drug and an event: for each criterion yes, no or unknown, and the dose, time and outcome as printed.
// The words behind each answer are in the answer of adverse-events.
// """
// [returns]
// case_report_id = "id of the case report"
// drug_id = "id of the drug"
// drug = "name of the drug"
// event_id = "id of the event"
// event = "name of the event"
// temporal_order = "whether the event followed the drug"
// dechallenge = "whether it went when the drug was stopped"
// rechallenge = "whether it came back with the drug"
// alternative_cause_ruled_out = "whether other causes were ruled out"
// dose = "the dose, or null"
// time_to_onset = "the time to onset, or null"
// seriousness = "the kinds of seriousness, or null"
// treatment = "how the event was treated, or null"
// outcome = "the outcome, or null"
// alternative_causes = "other causes that the text speaks of, or null"
// alternative_causes_ruled_out = "for each of them whether it is ruled out, or null"
// naranjo_lowest = "lowest Naranjo total that the text leaves open"
// naranjo_highest = "highest Naranjo total that the text leaves open"
// document_id = "id of the document"
// document_title = "title of the document"
// year = "year of the document, or null"
// [parameters.drug]
// type = "concept"
// default = ""
// help = "only this drug; empty for all"
// example = "anakinra"
// [parameters.event]
// type = "concept"
// default = ""
// help = "only this event; empty for all"
// example = "depression"
// [parameters.limit]
// type = "integer"
// default = 50
// minimum = 1
// help = "most rows returned"
// example = 10
CALL {
  MATCH (:Concept {id: $drug})<-[:REPORTS_DRUG]-(r:CaseReport)
  RETURN r
  UNION
  UNWIND CASE WHEN $drug = '' THEN [$event] ELSE [] END AS wanted
  MATCH (:Concept {id: wanted})<-[:REPORTS_EVENT]-(r:CaseReport)
  RETURN r
  UNION
  UNWIND CASE WHEN $drug = '' AND $event = '' THEN ['CaseReport'] ELSE [] END AS everything
  MATCH (r:CaseReport)
  RETURN r
}
MATCH (r)-[:REPORTS_DRUG]->(drug:Concept)
MATCH (r)-[:REPORTS_EVENT]->(event:Concept)
WHERE $event = '' OR event.id = $event
MATCH (r)-[:FROM]->(d:Document)
RETURN r.id AS case_report_id, drug.id AS drug_id, drug.name AS drug, event.id AS event_id, event.name AS event, r.temporal_order AS temporal_order,
       r.dechallenge AS dechallenge, r.rechallenge AS rechallenge, r.alternative_cause_ruled_out AS alternative_cause_ruled_out, r.dose_value AS dose,
       r.time_to_onset_value AS time_to_onset, r.seriousness_value AS seriousness,
       r.treatment_value AS treatment, r.outcome_value AS outcome, r.alternative_causes AS alternative_causes,
       r.alternative_causes_ruled_out AS alternative_causes_ruled_out, r.naranjo_lowest AS naranjo_lowest, r.naranjo_highest AS naranjo_highest, d.id AS document_id, d.title AS document_title, d.year AS year
ORDER BY drug, event, document_id, case_report_id
LIMIT $limit
